/*
 * Reads a password that is not shown, and then keys until q, as POSIX programs do.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static struct termios before;

static int set(tcflag_t without)
{
    struct termios now = before;

    now.c_lflag &= ~without;
    return tcsetattr(STDIN_FILENO, TCSANOW, &now);
}

static void password(void)
{
    char line[64];

    if (set(ECHO) < 0)
        perror("modes: password");
    printf("password: ");
    fflush(stdout);
    if (!fgets(line, sizeof(line), stdin))
        perror("modes: password");
    else
        printf("%zu characters\n", strcspn(line, "\n"));
}

static void keys(void)
{
    unsigned char key = 0;

    if (set(ECHO | ICANON) < 0)
        perror("modes: keys");
    printf("keys:");
    fflush(stdout);
    while (key != 'q' && read(STDIN_FILENO, &key, 1) == 1) {
        printf(" %02x", key);
        fflush(stdout);
    }
    printf("\n");
}

int main(void)
{
    if (!isatty(STDIN_FILENO) || tcgetattr(STDIN_FILENO, &before) < 0) {
        perror("modes");
        return 1;
    }
    password();
    keys();
    return 0;
}

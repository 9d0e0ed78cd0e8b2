/*
 * A terminal as POSIX sees it: lines, keys, a password; and a thread that is cancelled while it
 * reads. SPDX-License-Identifier: Apache-2.0
 */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

/* Changes flags of the local modes, as ADD and REMOVE say. */
static void modes(tcflag_t add, tcflag_t remove)
{
    struct termios termios;

    if (tcgetattr(0, &termios))
        perror("tcgetattr");
    termios.c_lflag = (termios.c_lflag | add) & ~remove;
    if (tcsetattr(0, TCSANOW, &termios))
        perror("tcsetattr");
}

static void lines(void)
{
    char line[100];
    int number;

    printf("name: ");
    fflush(stdout);
    if (fgets(line, sizeof(line), stdin))
        printf("hello %s", line);
    printf("number: ");
    fflush(stdout);
    if (scanf("%d", &number) == 1)
        printf("twice that is %d\n", number * 2);
    printf("letters, one by one: ");
    fflush(stdout);
    while (getchar() != '\n')
        continue;
    while (read(0, line, 1) == 1 && line[0] != '\n')
        printf("<%c>", line[0]);
    printf("\n");
}

static void password(void)
{
    char line[100];

    printf("password: ");
    fflush(stdout);
    modes(0, ECHO);
    if (fgets(line, sizeof(line), stdin))
        printf("\nit has %zu letters\n", strlen(line) - 1);
    modes(ECHO, 0);
}

static void keys(void)
{
    char bytes[8];
    ssize_t n = 0;

    printf("keys: ");
    fflush(stdout);
    modes(0, ICANON | ECHO);
    do {
        n = read(0, bytes, sizeof(bytes));
        for (ssize_t i = 0; i < n; i++)
            printf("%02x ", (unsigned)(unsigned char)bytes[i]);
        fflush(stdout);
    } while (n > 0 && bytes[n - 1] != 'q');
    modes(ICANON | ECHO, 0);
    printf("\n");
}

static void *read_for_ever(void *unused)
{
    char byte;

    while (read(0, &byte, 1) == 1)
        continue;
    return unused;
}

static void cancelled(void)
{
    pthread_t thread;
    void *result;

    if (pthread_create(&thread, NULL, read_for_ever, NULL))
        return;
    usleep(5000);
    pthread_cancel(thread);
    pthread_join(thread, &result);
    printf("a thread that reads: %s\n", result == PTHREAD_CANCELED ? "cancelled" : "NOT");
}

int main(void)
{
    struct winsize size;

    printf("a terminal: %d, called %s\n", isatty(0), ttyname(0) ? "by a name" : "nothing");
    if (ioctl(1, TIOCGWINSZ, &size) == 0)
        printf("%u lines of %u characters\n", size.ws_row, size.ws_col);
    lines();
    password();
    keys();
    cancelled();
    printf("end of the input: ");
    fflush(stdout);
    printf("%s\n", getchar() == EOF && feof(stdin) ? "seen" : "NOT");
    return 0;
}

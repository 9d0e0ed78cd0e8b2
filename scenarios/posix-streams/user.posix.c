/*
 * Uses its input and output as its argument says; tells on the console, as its error output.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

/* Whoever serves the streams closes them after this. */
static void say_goodbye(void)
{
    fflush(stdout);
    if (write(1, ".\n", 2) != 2)
        perror("goodbye");
}

static void pipe_through(void)
{
    int c;

    fprintf(stderr, "a terminal: %s\n", isatty(0) ? "yes" : strerror(errno));
    while ((c = getchar()) != EOF)
        putchar(toupper(c));
    putchar('\n');
    fprintf(stderr, "end of the input: %s\n", feof(stdin) ? "yes" : "no");
}

static void write_long(void)
{
    static char text[20000];
    ssize_t n;

    memset(text, 'x', sizeof(text));
    n = write(1, text, sizeof(text));
    fprintf(stderr, "one write: %zd bytes\n", n);
}

static void use_terminal(void)
{
    struct winsize size;
    struct termios termios;
    char line[20];

    fprintf(stderr, "a terminal: %d\n", isatty(1));
    if (ioctl(0, TIOCGWINSZ, &size) == 0)
        fprintf(stderr, "%u by %u\n", size.ws_col, size.ws_row);
    tcgetattr(0, &termios);
    termios.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    tcsetattr(0, TCSANOW, &termios);
    termios.c_lflag |= ICANON;
    tcsetattr(0, TCSANOW, &termios);
    if (fgets(line, sizeof(line), stdin))
        printf("read %s", line);
}

static void be_lied_to(void)
{
    char bytes[4];

    fprintf(stderr, "a read that gets too much: %s\n",
            read(0, bytes, sizeof(bytes)) < 0 ? strerror(errno) : "done");
}

/* Nobody serves the streams any more. */
static void be_left(void)
{
    char byte;

    while (write(1, "?", 1) == 1)
        continue;
    fprintf(stderr, "a write to nobody: %s\n", strerror(errno));
    fprintf(stderr, "a read from nobody: %s\n", read(0, &byte, 1) < 0 ? strerror(errno) : "done");
}

int main(int argc, char **argv)
{
    const char *what = argv[argc - 1];

    if (strcmp(what, "pipe") == 0)
        pipe_through();
    else if (strcmp(what, "long") == 0)
        write_long();
    else if (strcmp(what, "terminal") == 0)
        use_terminal();
    else if (strcmp(what, "lied to") == 0)
        be_lied_to();
    say_goodbye();
    if (strcmp(what, "left") == 0)
        signal(SIGPIPE, SIG_IGN);
    if (strcmp(what, "left") == 0 || strcmp(what, "killed") == 0)
        be_left();
    return 0;
}

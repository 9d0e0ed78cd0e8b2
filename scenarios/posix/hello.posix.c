/*
 * What a program of the C library finds: arguments, environment, streams, memory, time, entropy.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Its exit code is 7, or with the argument "end" what the next one brings about.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#define MANY  200
#define LARGE (12 << 20)

extern char **environ;

static void at_exit(void)
{
    printf("and atexit() is called\n");
}

static int end(const char *how)
{
    if (strcmp(how, "exit") == 0) {
        atexit(at_exit);
        printf("a line that is not complete");
        exit(44);
    }
    if (strcmp(how, "_exit") == 0) {
        printf("what is in a buffer then, nobody sees");
        _exit(45);
    }
    if (strcmp(how, "abort") == 0)
        abort();
    if (strcmp(how, "raise") == 0)
        raise(SIGTERM);
    printf("the last line has no end");
    return 3;
}

static void show(int argc, char **argv)
{
    for (int i = 0; i < argc; i++)
        printf("argument %d: %s\n", i, argv[i]);
    for (char **entry = environ; *entry; entry++)
        printf("environment: %s\n", *entry);
    setenv("HOME", "here", 1);
    printf("HOME is set to %s, PATH %s\n", getenv("HOME"), getenv("PATH") ? "is there" : "is not");
}

/* Blocks of all sizes, each filled, grown and given back. */
static void memory(void)
{
    char *blocks[MANY], *block;
    volatile size_t endless = 1ul << 60; /* the compiler warns of it */
    unsigned bad = 0;

    for (int i = 0; i < MANY; i++) {
        blocks[i] = malloc((size_t)i * 37 + 1);
        memset(blocks[i], i, (size_t)i * 37 + 1);
    }
    for (int i = 0; i < MANY; i += 2)
        blocks[i] = realloc(blocks[i], (size_t)i * 50 + 1);
    for (int i = 0; i < MANY; i++) {
        for (int j = 0; j < i * 37 + 1; j++)
            bad += blocks[i][j] != (char)i;
        free(blocks[i]);
    }
    printf("200 blocks of memory: %u bytes are not as they were\n", bad);
    errno = 0;
    block = malloc(LARGE);
    printf("more than the budget has: %s\n", block ? "there" : strerror(errno));
    free(block);
    block = malloc(LARGE / 3);
    printf("a third of that: %s\n", block ? "there" : strerror(errno));
    free(block);
    block = malloc(endless);
    printf("no end of memory: %s\n", block ? "there" : strerror(errno));
    free(block);
}

static void protection(void)
{
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    *(int *)page = 5;
    printf("read only: %d\n", mprotect(page, 4096, PROT_READ));
    printf("writable and executable: %s\n",
           mprotect(page, 4096, PROT_WRITE | PROT_EXEC) ? strerror(errno) : "yes");
    printf("unmapped: %d, again: %d\n", munmap(page, 4096), munmap(page, 4096));
}

static void times(void)
{
    struct timespec before, after, span = {.tv_nsec = 3000000}, day = {1, 1};
    time_t now;

    clock_gettime(CLOCK_MONOTONIC, &before);
    nanosleep(&span, NULL);
    clock_gettime(CLOCK_MONOTONIC, &after);
    printf("3 ms of sleep: %s\n",
           (after.tv_sec - before.tv_sec) * 1000000000 + after.tv_nsec - before.tv_nsec >= 3000000
               ? "not less"
               : "less");
    printf("the time of day: %s", clock_gettime(CLOCK_REALTIME, &day) ? strerror(errno) : "known");
    now = time(NULL);
    printf(", so it is %s", asctime(gmtime(&now)));
}

static void entropy(void)
{
    unsigned char bytes[2000] = {0};
    unsigned zeros = 0;
    ssize_t n = getrandom(bytes, sizeof(bytes), 0);

    for (size_t i = 0; i < sizeof(bytes); i++)
        zeros += bytes[i] == 0;
    printf("%zd random bytes, %s\n", n, zeros < 50 ? "few of them zero" : "too many of them zero");
}

static void streams(void)
{
    char byte;
    struct stat status;
    struct utsname name;

    printf("a long line of %d bytes: %0300d\n", 300, 5);
    fprintf(stderr, "to the error output, at once\n");
    printf("from the input: %s\n", read(0, &byte, 1) < 0 ? strerror(errno) : "a byte");
    printf("to a descriptor that is closed: %s\n", write(9, "x", 1) < 0 ? strerror(errno) : "done");
    printf("fstat: %s device\n", fstat(1, &status) == 0 && S_ISCHR(status.st_mode) ? "a" : "no");
    printf("a terminal: %s\n", isatty(1) ? "yes" : strerror(errno));
    fflush(stdout);
    dprintf(dup(1), "through a duplicate: descriptor %d\n", dup2(1, 20));
    uname(&name);
    printf("%s on %s, process %d\n", name.sysname, name.machine, getpid());
}

static unsigned handled;

static void handle(int signal)
{
    handled = handled * 100 + (unsigned)signal;
}

static void signals(void)
{
    sigset_t set;

    signal(SIGUSR1, handle);
    raise(SIGUSR1);
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigprocmask(SIG_BLOCK, &set, NULL);
    raise(SIGUSR1);
    handled = handled * 100 + 99;
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    signal(SIGUSR1, SIG_IGN);
    raise(SIGUSR1);
    raise(SIGCHLD);
    printf("signals to itself: handled %u\n", handled);
    printf("a signal to another process: %s\n", kill(2, SIGTERM) ? strerror(errno) : "sent");
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "end") == 0)
        return end(argv[2]);
    show(argc, argv);
    memory();
    protection();
    times();
    entropy();
    streams();
    signals();
    return 7;
}

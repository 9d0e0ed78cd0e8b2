/*
 * The life of a process, and how much two get done on two processors.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stddef.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "samples.h"

/* Turns of a loop of a handful of instructions: some tenths of a second. */
#define WORK       60000000
#define WORK_SMALL 1000000
#define ROUNDS     3

uint64_t sample_process(void)
{
    char *const arguments[] = {"/exit", NULL};
    char *const environment[] = {NULL};
    uint64_t from = tsc();
    pid_t child = vfork();

    if (child == 0) {
        execve("/exit", arguments, environment);
        _exit(1);
    }

    int status;

    if (waitpid(child, &status, 0) != child || status != 0)
        _exit(1);
    return tsc() - from;
}

static void work(unsigned turns)
{
    uint64_t state = 1;

    for (unsigned i = 0; i < turns; i++) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        __asm__ volatile("" : "+r"(state));
    }
}

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* How long so many processes take that each do the same work. */
static double work_apart(unsigned n_processes, unsigned turns)
{
    double from = seconds();

    for (unsigned i = 0; i < n_processes; i++) {
        if (fork() == 0) {
            work(turns);
            _exit(0);
        }
    }
    while (wait(NULL) > 0)
        continue;
    return seconds() - from;
}

static double smaller(double a, double b)
{
    return a < b ? a : b;
}

/* Of several times each the shortest: what a busy host adds is no property of the guest. */
void measure_smp(void)
{
    work_apart(2, WORK_SMALL);

    double one = work_apart(1, WORK);
    double two = work_apart(2, WORK);

    for (unsigned i = 1; i < ROUNDS; i++) {
        one = smaller(one, work_apart(1, WORK));
        two = smaller(two, work_apart(2, WORK));
    }
    printf("bench kernel.smp %.3f\n", 2 * one / two);
}

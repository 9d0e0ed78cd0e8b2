/*
 * Requests and answers between processes.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "echo.h"
#include "samples.h"

static uint64_t sample(size_t len)
{
    static struct echo echo;
    static size_t started;

    if (started != len)
        echo = echo_start(len, ANY_CPU);
    started = len;

    uint64_t from = tsc();

    echo_call(&echo, len);
    return tsc() - from;
}

uint64_t sample_call(void)
{
    return sample(64);
}

uint64_t sample_call_1k(void)
{
    return sample(1024);
}

uint64_t sample_call_4k(void)
{
    return sample(4096);
}

uint64_t sample_call_cap(void)
{
    static struct echo echo;

    if (!echo.to)
        echo = echo_start_passing();

    uint64_t from = tsc();

    echo_call_passing(&echo, STDOUT_FILENO);
    return tsc() - from;
}

uint64_t sample_call_session(void)
{
    static struct echo echo;

    if (!echo.to)
        echo = echo_start_credentials();

    uint64_t from = tsc();

    echo_call(&echo, 64);
    return tsc() - from;
}

/* Rings, and waits for the answer. */
static void ring(int done, int bell)
{
    uint64_t value = 1;

    if (write(bell, &value, sizeof(value)) != sizeof(value) ||
        read(done, &value, sizeof(value)) != sizeof(value))
        _exit(1);
}

static _Noreturn void answer_bell(int bell, int done, volatile uint64_t *resumed_at)
{
    uint64_t value;

    if (read(bell, &value, sizeof(value)) != sizeof(value))
        _exit(1);
    for (;;) {
        *resumed_at = tsc();
        ring(bell, done);
    }
}

/* From the write to an eventfd to the next instruction of another process that reads it. */
uint64_t sample_notify(void)
{
    static volatile uint64_t *resumed_at;
    static int bell, done;

    if (!resumed_at) {
        resumed_at = mmap(NULL, sizeof(*resumed_at), PROT_READ | PROT_WRITE,
                          MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        bell = eventfd(0, 0);
        done = eventfd(0, 0);
        if (resumed_at == MAP_FAILED || bell < 0 || done < 0)
            _exit(1);
        if (fork() == 0)
            answer_bell(bell, done, resumed_at);
        ring(done, bell);
    }

    uint64_t from = tsc();

    ring(done, bell);
    return *resumed_at - from;
}

/* --- Two processors --- */

#define PAIR_CALLS   8000
#define PAIR_RUNS    3
#define PAIRS        2
#define ACROSS_CALLS 200

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* A pair stays on a processor of its own: the best that can be had of Linux. */
static double seconds_of_pairs(const struct echo *echoes, int n)
{
    double from = seconds();

    for (int i = 0; i < n; i++) {
        if (fork() == 0) {
            pin(i);
            for (int call = 0; call < PAIR_CALLS; call++)
                echo_call(&echoes[i], 64);
            _exit(0);
        }
    }
    for (int i = 0; i < n; i++)
        wait(NULL);
    return seconds() - from;
}

void measure_pairs(void)
{
    struct echo echoes[PAIRS] = {echo_start(64, 0), echo_start(64, 1)};
    double best[PAIRS] = {1e9, 1e9};

    for (unsigned run = 0; run < PAIR_RUNS; run++) {
        for (int n = 1; n <= PAIRS; n++) {
            double time = seconds_of_pairs(echoes, n);

            if (time < best[n - 1])
                best[n - 1] = time;
        }
    }
    printf("bench ipc.pairs %.3f\n", PAIRS * best[0] / best[1]);
}

void measure_across(void)
{
    struct echo echo = echo_start(64, 1);
    double from;

    pin(0);
    echo_call(&echo, 64);
    from = seconds();
    for (unsigned i = 0; i < ACROSS_CALLS; i++)
        echo_call(&echo, 64);
    printf("bench ipc.across_time %.3f\n", (seconds() - from) * 1e6 / ACROSS_CALLS);
}

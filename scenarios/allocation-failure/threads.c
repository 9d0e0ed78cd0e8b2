/*
 * Threads that end at once.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "steps.h"

#define THREADS 2

static struct thread threads[THREADS];
static bool started[THREADS];

static int end(void *unused)
{
    (void)unused;
    return 0;
}

static void run(void)
{
    for (unsigned i = 0; i < THREADS; i++)
        started[i] = fine(thread_start(&threads[i], end, NULL));
}

static void clean(void)
{
    for (unsigned i = 0; i < THREADS; i++) {
        if (started[i])
            surely(thread_finish(&threads[i], NULL));
        started[i] = false;
    }
}

const struct step step_threads = {.name = "threads", .run = run, .clean = clean};

/*
 * Changing over between threads after the lock is free (kernel/sched/cpu.h, sched/switch.h).
 * SPDX-License-Identifier: Apache-2.0
 *
 * Processors run threads, which wait and are woken at any time. What a thread had computed is in a
 * processor's registers, or saved; whoever runs it next must find it. A thread that ends gives its
 * saved registers' memory back. Mutants: NO_WAIT, NO_END_WAIT, MARK_FIRST.
 */
#define CPUS    2
#define THREADS 3
#define NOBODY  THREADS

#ifndef ENTRIES
#define ENTRIES 3 /* of each processor */
#endif

bool lock;

/* Of each thread. */
bool running[THREADS]; /* some processor's current one */
bool unsaved[THREADS];
bool ended[THREADS];
byte done[THREADS];    /* how far it is */
byte saved[THREADS];   /* what its memory says */

proctype processor(byte me)
{
    byte current = NOBODY, registers = NOBODY, held, next, i, entries;

    do
    :: entries < ENTRIES ->
        entries++;
        /* User mode: the thread gets on, by what is in the registers. */
        if
        :: current != NOBODY ->
            assert(registers == current && held == done[current]);
            done[current] = 1 - done[current];
            held = done[current]
        :: else
        fi;
        atomic { !lock -> lock = true };
        /* It waits, or goes on; then any thread that does not run is chosen, the same one as
         * well. */
        if
        :: current != NOBODY -> running[current] = false; current = NOBODY
        :: true
        fi;
        /* thread_end() of one that does not run. */
        if
        :: atomic { !running[0] && !ended[0] -> ended[0] = true };
            if
            :: registers == 0 -> registers = NOBODY; unsaved[0] = false
#ifndef NO_END_WAIT
            :: else -> !unsaved[0]
#else
            :: else
#endif
            fi;
            saved[0] = 7 /* the memory is somebody else's */
        :: true
        fi;
        if
        :: current == NOBODY ->
            if
            :: !running[0] && !ended[0] -> current = 0
            :: !running[1] -> current = 1
            :: !running[2] -> current = 2
            :: true
            fi
        :: else
        fi;
        if
        :: current != NOBODY -> running[current] = true
        :: else -> /* idles: lets go at once */
            if
            :: registers != NOBODY -> saved[registers] = held; unsaved[registers] = false
            :: else
            fi;
            registers = NOBODY
        fi;
        lock = false;
        if
        :: current != NOBODY && registers != current ->
            if
            :: registers != NOBODY ->
#ifdef MARK_FIRST
                unsaved[registers] = false;
#endif
                assert(saved[registers] != 7);
                saved[registers] = held;
                unsaved[registers] = false
            :: else
            fi;
#ifndef NO_WAIT
            !unsaved[current];
#endif
            unsaved[current] = true;
            registers = current;
            held = saved[current]
        :: else
        fi
    :: else -> break
    od;
    /* In the end each idles. */
    atomic { !lock -> lock = true };
    if
    :: registers != NOBODY -> saved[registers] = held; unsaved[registers] = false
    :: else
    fi;
    if
    :: current != NOBODY -> running[current] = false
    :: else
    fi;
    lock = false
}

init
{
    byte n;

    atomic {
        for (n : 0 .. CPUS - 1) {
            run processor(n)
        }
    }
}

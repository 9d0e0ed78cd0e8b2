/*
 * PARK and UNPARK: compare-and-wait against a changer on another processor, with deadlines and CANCEL (kernel/ring/park.c,
 * ring/call.c).
 * SPDX-License-Identifier: Apache-2.0
 *
 * WAITERS threads wait until a word is 1, as a lock or a condition variable does; one sets it and wakes them.
 * With -DTIMED their operations have deadlines that pass at any time, and a sibling cancels. Mutants: COMPARE_UNLOCKED; with
 * TIMED: NO_WITHDRAW, NO_TIMER_STOP.
 */
#define WAITERS 2
#define PARKS   3 /* operations of each waiter in which a deadline may pass, or a CANCEL come */

bool lock;
byte word;

/* Of each waiter's operation. */
bool parked[WAITERS];    /* it is in the space's tree */
bool in_flight[WAITERS]; /* there is an operation */
bool armed[WAITERS];     /* its timer is set */
byte completions[WAITERS];
byte tries[WAITERS];

inline acquire()
{
    atomic { !lock -> lock = true }
}

inline release()
{
    lock = false
}

/* call_complete(): each operation ends once. */
inline complete(i)
{
    assert(in_flight[i]);
    in_flight[i] = false;
#ifndef NO_TIMER_STOP
    armed[i] = false;
#endif
    completions[i]++
}

proctype waiter(byte me)
{
    byte seen;
    bool waits;

again:
    seen = word;
    if
    :: seen == 1 -> goto finished
    :: else
    fi;
    /* PARK expects what was seen. */
#ifdef COMPARE_UNLOCKED
    waits = word == seen;
    acquire();
#else
    acquire();
    waits = word == seen;
#endif
    if
    :: waits ->
        assert(!in_flight[me] && !parked[me]);
        in_flight[me] = true;
#ifdef TIMED
        if
        :: tries[me] < PARKS -> armed[me] = true; tries[me]++
        :: else
        fi;
#endif
        parked[me] = true
    :: else -> completions[me]++ /* ERR_MISMATCH, at once */
    fi;
    release();
    atomic { completions[me] > 0 -> completions[me]-- };
    assert(completions[me] == 0);
    goto again;
finished:
    skip
}

/* Changes the word, then wakes all. */
active proctype changer()
{
    byte i;

    word = 1;
    acquire();
    for (i : 0 .. WAITERS - 1) {
        if
        :: parked[i] ->
            parked[i] = false;
            complete(i)
        :: else
        fi
    }
    release()
}

/* call_withdraw(), by the timer's interrupt or by CANCEL. */
inline withdraw(i)
{
#ifndef NO_WITHDRAW
    parked[i] = false;
#endif
    complete(i)
}

#ifdef TIMED
active proctype timers()
{
    byte i;

end_idle:
    do
    :: atomic {
            !lock && (armed[0] || armed[1]) ->
            lock = true;
            if
            :: armed[0] -> i = 0
            :: armed[1] -> i = 1
            fi
        };
        armed[i] = false; /* it fires once */
        withdraw(i);
        release()
    od
}

active proctype canceller()
{
    byte i, cancels = 0;

    do
    :: cancels < 2 ->
        select(i : 0 .. WAITERS - 1);
        cancels++;
        acquire();
        if
        :: in_flight[i] -> withdraw(i)
        :: else
        fi;
        release()
    :: break
    od
}
#endif

init
{
    atomic {
        run waiter(0);
        run waiter(1)
    }
}

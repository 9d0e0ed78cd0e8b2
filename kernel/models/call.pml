/*
 * Calls between processes: CALL, RECV and RETURN against all that ends either side
 * (kernel/ring/deliver.h, ring/answer.h, ring/call.c, object/reply.c, object/endpoint.c).
 * SPDX-License-Identifier: Apache-2.0
 *
 * CALLERS threads of one session call; a server receives, answers and receives again. Whatever the
 * lock covers is one step. Meanwhile a call may be cancelled, its caller die, the session end, the
 * endpoint be closed, the server die. Mutants: NO_DETACH, NO_DROP, NO_RECHECK, KEEP_RESERVED,
 * ANSWER_AGAIN, ADMIT_CLOSED.
 */
#define CALLERS 2
#define CALLS   2 /* of each */
#define NONE    CALLERS

mtype = {nowhere, in_line, served};

/* Of each caller: its one operation, and itself. */
mtype where[CALLERS] = nowhere;
bool in_flight[CALLERS], dead[CALLERS];
byte completions[CALLERS], submitted[CALLERS], ended[CALLERS];

bool stale;  /* the session has ended */
bool closed; /* the endpoint */

/* The server's. */
bool receiving;     /* a RECV waits, with a reserved reply */
bool shown;         /* the server holds a reply */
byte answers = NONE; /* the call behind it; NONE: withdrawn */
byte replies;       /* that are charged */

inline complete(i)
{
    assert(in_flight[i] && !dead[i]);
    in_flight[i] = false;
    where[i] = nowhere;
    completions[i]++;
    ended[i]++
}

/* call->kind->withdraw */
inline withdraw(i)
{
#ifndef NO_DETACH
    if
    :: where[i] == served && answers == i -> answers = NONE
    :: else
    fi;
#endif
    where[i] = nowhere
}

/* A call in line meets the RECV that waits. */
inline meet(i)
{
    if
    :: receiving && where[i] == in_line && stale -> complete(i) /* nothing is delivered */
    :: receiving && where[i] == in_line && !stale ->
        receiving = false;
        assert(!shown && answers == NONE);
        shown = true;
        answers = i;
        where[i] = served
    :: else
    fi
}

proctype caller(byte me)
{
    do
    :: submitted[me] < CALLS && !dead[me] ->
        atomic {
            if
            :: dead[me] -> goto finished
            :: else
            fi;
            submitted[me]++;
            in_flight[me] = true;
            if
#ifdef ADMIT_CLOSED
            :: stale -> complete(me)
            :: else -> where[me] = in_line; meet(me)
#else
            :: stale || closed -> complete(me)
            :: else -> where[me] = in_line; meet(me)
#endif
            fi
        };
        /* cap_enter() waits. */
        atomic { completions[me] > 0 || dead[me] ->
            if
            :: dead[me] -> goto finished
            :: else -> completions[me]--; assert(completions[me] == 0 && !in_flight[me])
            fi
        }
    :: else -> break
    od;
finished:
    skip
}

/* CANCEL, or a deadline. */
proctype canceller(byte whom)
{
    atomic {
        if
        :: in_flight[whom] -> withdraw(whom); complete(whom)
        :: true
        fi
    }
}

/* calls_drop(): without a completion. */
proctype killer(byte whom)
{
    atomic {
        if
        :: in_flight[whom] -> withdraw(whom); in_flight[whom] = false; ended[whom]++; dead[whom] = true
        :: !in_flight[whom] -> dead[whom] = true
        :: true
        fi
    }
}

proctype logout()
{
    if
    :: stale = true
    :: true
    fi
}

/* close(), and the steps of endpoint->rest: one call at a time. */
proctype closer()
{
    byte i;

    closed = true;
    for (i : 0 .. CALLERS - 1) {
        atomic {
            if
            :: where[i] == in_line -> complete(i)
            :: else
            fi
        }
    }
    atomic {
        if
        :: receiving ->
            receiving = false;
#ifndef KEEP_RESERVED
            replies--
#endif
        :: else
        fi
    }
}

/* RETURN: the answer, if there is anybody to have it. */
inline give_answer(last)
{
    if
    :: answers == NONE /* -ERR_CANCELLED */
    :: answers != NONE ->
        last = answers;
#ifndef ANSWER_AGAIN
        answers = NONE;
#endif
#ifndef NO_RECHECK
        has_content = !stale;
#else
        has_content = true;
#endif
        assert(!(has_content && stale));
        complete(last)
    fi
}

/* RECV with a reply that is reserved. */
inline wait_for_call()
{
    if
    :: closed -> replies--
    :: else ->
        receiving = true;
        meet(0);
        meet(1)
    fi
}

proctype server()
{
    byte last;
    bool has_content;

    atomic {
        if
        :: !closed -> replies++; wait_for_call()
        :: else -> goto finished
        fi
    };
    do
    :: atomic { shown ->
            give_answer(last);
            if
            :: shown = false; wait_for_call()   /* THEN_RECV: the reply goes on */
            :: shown = false; replies--; break  /* dies, after it has answered */
            fi
        }
    :: atomic { shown ->                        /* dies, or drops the reply: dropped() tells the caller */
            shown = false;
            replies--;
#ifndef NO_DROP
            if
            :: answers != NONE -> last = answers; answers = NONE; complete(last)
            :: else
            fi;
#else
            answers = NONE;
#endif
            break
        }
#ifdef ANSWER_AGAIN
    :: atomic { !shown && answers != NONE -> give_answer(last); answers = NONE }
#endif
    :: atomic { receiving ->                    /* dies: its RECV is withdrawn */
            receiving = false;
#ifndef KEEP_RESERVED
            replies--;
#endif
            break
        }
    :: atomic { !shown && !receiving -> break }
    od;
finished:
    run closer() /* its last capability to the endpoint */
}

init
{
    byte i;

    atomic {
        for (i : 0 .. CALLERS - 1) {
            run caller(i);
            run canceller(i)
        }
        run killer(0);
        run logout();
        run server();
        if
        :: run closer()
        :: true
        fi
    };
    _nr_pr == 1;
    for (i : 0 .. CALLERS - 1) {
        assert(!in_flight[i] && where[i] == nowhere);
        assert(ended[i] == submitted[i])
    };
    assert(!receiving && !shown && answers == NONE && replies == 0)
}

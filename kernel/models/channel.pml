/*
 * Channels in shared memory: putting, taking, and the three phases of waiting
 * (userspace/lib/channel/channel.c), by way of PARK and UNPARK (kernel/ring/park.c).
 * SPDX-License-Identifier: Apache-2.0
 *
 * A producer puts MESSAGES numbers into SLOTS slots, publishes when it likes and when it has to,
 * and closes. A consumer takes all of them. Each line is one access to memory; a full barrier is
 * the order of two lines. Mutants: NO_LOOK, LOOK_FIRST, INDEX_LATE, BELL_LATE, WAKE_FIRST,
 * SILENT_CLOSE, INDEX_EARLY, CLOSED_LATE.
 */
#define SLOTS    2
#define MESSAGES 4

#define PRODUCER 0
#define CONSUMER 1

byte slots[SLOTS];

/* What each side shows the other one. */
byte index[2];
byte request[2];
byte bell[2];
bool closed;

bool parked[2];

/* Each side's own. */
byte own[2];
byte answered[2];

inline park(me, expected)
{
    atomic {
        if
        :: bell[1 - me] == expected -> parked[me] = true
        :: else
        fi
    };
    !parked[me]
}

inline ring_bell(me)
{
#ifdef WAKE_FIRST
    parked[1 - me] = false;
    bell[me]++
#else
    bell[me]++;
    parked[1 - me] = false
#endif
}

inline publish(me, seen)
{
#ifdef INDEX_LATE
    seen = request[1 - me];
    index[me] = own[me];
#else
    index[me] = own[me];
    seen = request[1 - me];
#endif
    if
    :: seen != answered[me] ->
        answered[me] = seen;
        ring_bell(me)
    :: else
    fi
}

active proctype producer()
{
    byte seen, expected, i;

    for (i : 1 .. MESSAGES) {
again:
        if
        :: own[PRODUCER] - index[CONSUMER] < SLOTS -> goto put
        :: else
        fi;
        if
        :: own[PRODUCER] != index[PRODUCER] -> publish(PRODUCER, seen)
        :: else
        fi;
        expected = bell[CONSUMER];
        request[PRODUCER]++;
        seen = index[CONSUMER];
        if
        :: own[PRODUCER] - seen == SLOTS -> park(PRODUCER, expected)
        :: else
        fi;
        goto again;
put:
        slots[own[PRODUCER] % SLOTS] = i;
        own[PRODUCER]++;
        if
        :: publish(PRODUCER, seen)
        :: skip
        fi
    }
    if
    :: own[PRODUCER] != index[PRODUCER] -> publish(PRODUCER, seen)
    :: else
    fi;
    closed = true;
#ifndef SILENT_CLOSE
    ring_bell(PRODUCER)
#endif
}

/* The other side's index, behind its close. */
inline look(ended, seen)
{
#ifdef CLOSED_LATE
    seen = index[PRODUCER];
    ended = closed
#else
    ended = closed;
    seen = index[PRODUCER]
#endif
}

active proctype consumer()
{
    byte seen, expected, got;
    bool ended;

again:
    look(ended, seen);
    do
    :: own[CONSUMER] < seen ->
#ifdef INDEX_EARLY
        index[CONSUMER] = own[CONSUMER] + 1;
#endif
        got = slots[own[CONSUMER] % SLOTS];
        own[CONSUMER]++;
        assert(got == own[CONSUMER])
    :: else -> break
    od;
    if
    :: own[CONSUMER] != index[CONSUMER] -> publish(CONSUMER, seen)
    :: else
    fi;
    if
    :: ended -> goto finished
    :: else
    fi;
#ifndef BELL_LATE
    expected = bell[PRODUCER];
#endif
#ifdef LOOK_FIRST
    look(ended, seen);
    request[CONSUMER]++;
#else
    request[CONSUMER]++;
#ifdef NO_LOOK
    seen = own[CONSUMER];
    ended = false;
#else
    look(ended, seen);
#endif
#endif
#ifdef BELL_LATE
    expected = bell[PRODUCER];
#endif
    if
    :: own[CONSUMER] == seen && !ended -> park(CONSUMER, expected)
    :: else
    fi;
    goto again;
finished:
    assert(own[CONSUMER] == MESSAGES)
}

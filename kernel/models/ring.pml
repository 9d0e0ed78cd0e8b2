/*
 * The ring: submissions, credits, completions, waiting, and threads that lie (kernel/ring/ring.c, sched/entry.c).
 * SPDX-License-Identifier: Apache-2.0
 *
 * One thread and the kernel, in which another processor completes operations in flight. With -DLYING a sibling writes
 * the thread's two indices at any time, as any value. Mutants: NO_CREDIT, TAIL_FIRST, NO_WAKE, CHECK_UNLOCKED; with LYING:
 * LIE_AS_CREDIT, NO_TAIL_CHECK.
 */
#define QUEUE   2 /* entries of each queue */
#define INDICES 8 /* indices run modulo this, as they run modulo 2^32 in the kernel */
#ifdef LYING
#define TOTAL 3
#else
#define TOTAL 5 /* operations that the thread asks for */
#endif
#define EMPTY   255

#define MINUS(a, b) ((INDICES + (a) - (b)) % INDICES)
#define NEXT(a)     (((a) + 1) % INDICES)

/* The shared page. */
byte sq[QUEUE] = EMPTY, cq[QUEUE] = EMPTY;
byte sq_tail, cq_head, sq_head, cq_tail;

/* The kernel's own, under its lock. */
bool lock;
byte own_sq_head, own_cq_tail, in_flight;
bool flying[TOTAL]; /* operation N is in flight */
bool waiting;
byte min_complete;

/* What the thread got. */
bool got[TOTAL];
byte n_got;
byte n_posted;

inline acquire()
{
    atomic { !lock -> lock = true }
}

inline release()
{
    lock = false
}

inline post(id)
{
#ifndef LYING
    assert(MINUS(own_cq_tail, cq_head) < QUEUE); /* room by promise */
#endif
#ifdef TAIL_FIRST
    own_cq_tail = NEXT(own_cq_tail);
    cq_tail = own_cq_tail;
    cq[MINUS(own_cq_tail, 1) % QUEUE] = id;
#else
    cq[own_cq_tail % QUEUE] = id;
    own_cq_tail = NEXT(own_cq_tail);
    cq_tail = own_cq_tail;
#endif
    n_posted++;
#ifndef NO_WAKE
    if
    :: waiting && (MINUS(own_cq_tail, cq_head) > QUEUE || MINUS(own_cq_tail, cq_head) >= min_complete) ->
        waiting = false
    :: else
    fi
#endif
}

/* The credit is looked up once for each submission; a sibling may lie in between. */
inline look_for_credit()
{
    available = MINUS(own_cq_tail, cq_head);
#if defined(NO_CREDIT)
    credit = true
#elif defined(LIE_AS_CREDIT)
    /* -1, taken for a number, makes one operation in flight look like none */
    credit = (available <= QUEUE && in_flight + available < QUEUE) ||
             (available > QUEUE && in_flight >= 1 && in_flight - 1 < QUEUE)
#else
    credit = available <= QUEUE && in_flight + available < QUEUE
#endif
}

inline take()
{
    tail = sq_tail;
    taken = 0;
    stuck = false;
    if
#ifndef NO_TAIL_CHECK
    :: MINUS(tail, own_sq_head) > QUEUE || MINUS(own_cq_tail, cq_head) > QUEUE -> skip
#endif
    :: else ->
        do
        :: own_sq_head != tail ->
            look_for_credit();
            if
            :: !credit -> stuck = true; break
            :: else
            fi;
            id = sq[own_sq_head % QUEUE];
            own_sq_head = NEXT(own_sq_head);
            taken++;
            assert(taken <= QUEUE);
            if
            :: post(id) /* ends at once */
            :: id < TOTAL && !flying[id] ->
                in_flight++;
                assert(in_flight <= QUEUE);
                flying[id] = true
            fi
        :: else -> break
        od;
        sq_head = own_sq_head
    fi;
    d_step { tail = 0; taken = 0; id = 0; available = 0; credit = false } /* fewer states */
}

/* Submits, enters, consumes, in any order; ends when it has a completion of each. */
active proctype thread()
{
    byte next = 0, tail, taken, id, available, want;
    bool credit, stuck;

    do
    :: next < TOTAL && MINUS(sq_tail, sq_head) < QUEUE ->
        d_step { sq[sq_tail % QUEUE] = next; next++ };
        sq_tail = NEXT(sq_tail)
    :: cq_head != cq_tail -> /* also without entering: another processor may be at work on the queue */
#ifndef LYING
        d_step {
            id = cq[cq_head % QUEUE];
            assert(id != EMPTY && !got[id]);
            cq[cq_head % QUEUE] = EMPTY; /* the model's: a completion that is not written yet shows */
            got[id] = true;
            n_got++;
            id = 0
        }
#endif
        cq_head = NEXT(cq_head)
    :: n_got < TOTAL ->
        acquire();
        take();
        /* It waits for no more than can come, or it would sleep for ever by its own fault. */
        if
        :: want = 0
        :: in_flight + MINUS(own_cq_tail, cq_head) >= 1 -> want = 1
        :: in_flight + MINUS(own_cq_tail, cq_head) >= 2 -> want = 2
        fi;
        if
        :: stuck -> want = 0 /* the thread is to consume, not to wait */
        :: else
        fi;
#ifdef CHECK_UNLOCKED
        available = MINUS(own_cq_tail, cq_head);
        release();
        acquire();
        if
        :: available < want ->
#else
        if
        :: MINUS(own_cq_tail, cq_head) <= QUEUE && MINUS(own_cq_tail, cq_head) < want ->
#endif
            min_complete = want;
            waiting = true;
            release();
#ifdef LYING
end_lied:   /* the sibling's fault */
#endif
            !waiting
        :: else -> release()
        fi
    :: n_got == TOTAL -> break
#ifdef LYING
    :: next == TOTAL -> break
#endif
    od;
#ifndef LYING
    acquire();
    assert(in_flight == 0 && n_posted == TOTAL);
    release()
#endif
}

/* Another processor: completes what is in flight, in any order. */
active proctype completer()
{
    byte id;

end_idle:
    do
    :: atomic { in_flight > 0 && !lock -> lock = true };
        if
        :: flying[0] -> id = 0
        :: flying[1] -> id = 1
        :: flying[2] -> id = 2
#ifndef LYING
        :: flying[3] -> id = 3
        :: flying[4] -> id = 4
#endif
        fi;
        flying[id] = false;
        in_flight--;
        post(id);
        id = 0;
        release()
    od
}

#ifdef LYING
active proctype liar()
{
    byte value, lies = 0;

    do
    :: atomic {
            lies < 2 ->
            lies++;
            select(value : 0 .. INDICES - 1);
            if
            :: sq_tail = value
            :: cq_head = value
            fi;
            value = 0
        }
    :: break
    od
}
#endif

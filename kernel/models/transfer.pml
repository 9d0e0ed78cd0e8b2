/*
 * Capabilities that move with a call: reserved at the sender, taken over by the receiver, or given
 * back (kernel/ring/transfer.c, cap/table.c, ring/call.c).
 * SPDX-License-Identifier: Apache-2.0
 *
 * A process sends its two capabilities in one call, while a thread of its own writes into the array
 * that names them, and releases them; the receiver may have no room at any entry; the call may be
 * cancelled, and either process may die at any time. Each capability is held once or was dropped by
 * its holder, and both arrive or none. Mutants: NO_ROLLBACK, USE_RESERVED, DOUBLE, TRUST_ARRAY,
 * COMMIT_EACH, NO_UNRESERVE.
 */
#define CAPS  2
#define CALLS 3 /* of the sender */

bool lock;
byte array[CAPS]; /* in the sender's arena: writable by its threads at any time */

/* Each capability's entry in the sender's table, and how many entries of the receiver's hold it. */
mtype = { NONE, USED, MOVING };
mtype source[CAPS] = USED;
byte held[CAPS];
bool dropped[CAPS];
byte reserved; /* entries of the receiver's */

/* The call: in line with its chain of reserved sources, or ended. */
bool in_line, completed;
byte chain[CAPS];
bool sender_dead, receiver_dead;

inline acquire()
{
    atomic { !lock -> lock = true }
}

/* What holds whenever nobody is in the kernel. */
inline release_lock()
{
    atomic {
        assert((source[0] != NONE) + held[0] + dropped[0] == 1);
        assert((source[1] != NONE) + held[1] + dropped[1] == 1);
        assert(in_line || (source[0] != MOVING && source[1] != MOVING));
        assert(reserved == 0);
        lock = false
    }
}

/* call_complete() and calls_drop(): the end of a call, however it comes. */
inline end_call()
{
#ifndef NO_ROLLBACK
    for (j : 0 .. CAPS - 1) {
        if
        :: source[chain[j]] == MOVING -> source[chain[j]] = USED
        :: else
        fi
    }
#endif
    in_line = false;
    completed = true
}

active proctype sender()
{
    byte i, j, calls = 0;
    bool ok;

    do
    :: calls < CALLS ->
        calls++;
        array[0] = 0;
        array[1] = 1;
        acquire();
        ok = !sender_dead;
        completed = false;
        i = 0;
        do
        :: ok && i < CAPS ->
            chain[i] = array[i];
            if
#ifdef DOUBLE
            :: source[chain[i]] != NONE -> source[chain[i]] = MOVING; i++
#else
            :: source[chain[i]] == USED -> source[chain[i]] = MOVING; i++
#endif
            :: else -> ok = false
            fi
        :: else -> break
        od;
        if
        :: ok -> in_line = true
        :: else -> /* -ERR_BAD_HANDLE or -ERR_RESERVED, and what was reserved is as before */
            for (j : 0 .. CAPS - 1) {
                if
                :: j < i -> source[chain[j]] = USED
                :: else
                fi
            }
            completed = true
        fi;
        release_lock();
        completed || sender_dead
    :: else -> break
    od
}

/* Another thread of the sender's. */
active proctype sibling()
{
    byte k;

    select(k : 0 .. CAPS - 1);
    array[k] = 1 - k;
    acquire();
    if
#ifdef USE_RESERVED
    :: source[k] != NONE && !sender_dead -> source[k] = NONE; dropped[k] = true
#else
    :: source[k] == USED && !sender_dead -> source[k] = NONE; dropped[k] = true
#endif
    :: true
    fi;
    release_lock()
}

/* RECV, or RETURN's RECV: one delivery at a time. */
active proctype receiver()
{
    byte i, j, copy[CAPS];
    bool ok;

end_idle:
    do
    :: atomic { !lock && in_line && !receiver_dead -> lock = true };
        copy[0] = array[0];
        copy[1] = array[1];
#ifdef TRUST_ARRAY
        ok = true;
#else
        ok = copy[0] == chain[0] && copy[1] == chain[1];
#endif
        i = 0;
        do
        :: ok && i < CAPS -> /* the table, its frames and its ledger have room, or not */
            if
#ifdef COMMIT_EACH
            :: source[copy[i]] = NONE; held[copy[i]]++; i++
#else
            :: reserved++; i++
#endif
            :: ok = false
            fi
        :: else -> break
        od;
#ifndef COMMIT_EACH
        if
        :: ok ->
            reserved = 0;
            for (j : 0 .. CAPS - 1) {
                source[copy[j]] = NONE;
                held[copy[j]]++
            }
#ifndef NO_UNRESERVE
        :: else -> reserved = 0
#else
        :: else
#endif
        fi;
#endif
        assert(held[0] == held[1] || dropped[0] || dropped[1]);
        end_call();
        release_lock()
    od
}

/* CANCEL, or the deadline. */
active proctype canceller()
{
    byte j;

    acquire();
    if
    :: in_line -> end_call()
    :: else
    fi;
    release_lock()
}

/* Threads first, then the table. */
active proctype sender_end()
{
    byte j;

    acquire();
    sender_dead = true;
    if
    :: in_line -> end_call()
    :: else
    fi;
    release_lock();
    acquire();
    for (j : 0 .. CAPS - 1) {
        assert(source[j] != MOVING);
        if
        :: source[j] == USED -> source[j] = NONE; dropped[j] = true
        :: else
        fi
    }
    release_lock()
}

active proctype receiver_end()
{
    byte j;

    acquire();
    receiver_dead = true;
    for (j : 0 .. CAPS - 1) {
        if
        :: held[j] -> held[j]--; dropped[j] = true
        :: else
        fi
    }
    if
    :: in_line -> end_call() /* disconnected */
    :: else
    fi;
    release_lock()
}

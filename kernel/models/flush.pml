/*
 * Forgetting translations before a frame goes elsewhere (kernel/mem/space.c space_flush(),
 * sched/entry.c, sched/cpu.c).
 * SPDX-License-Identifier: Apache-2.0
 *
 * CPUS processors run threads of one space, in which each may take pages away. A processor may load
 * a translation into its buffer whenever the tables that it has loaded hold it, also in the kernel,
 * and uses it only in user mode. It loads other tables, of this space or of another one, when the
 * lock is free again. Mutants: NO_WAIT, NO_INTERRUPT, NO_SETTLE, ONLY_THIS_PAGE, LATE_FLAG,
 * NO_RESIDENT, NO_CURRENT, ALWAYS_ALONE.
 */
#define PAGES   2
#ifndef ENTRIES
#define ENTRIES 3 /* times that each processor enters the kernel by itself */
#endif

#ifndef CPUS
#define CPUS 2
#endif

bool lock;
bool present[PAGES] = true; /* the page tables */
bool freed[PAGES];          /* the frame is somebody else's */
byte generation;

/* Of each processor. */
bool in_user[CPUS] = true;
bool interrupted[CPUS];
bool resident[CPUS] = true; /* the space's tables are loaded, or about to be */
byte seen[CPUS];     /* space_generation */

typedef translations {
    bool page[PAGES]
};
translations buffer[CPUS];

inline forget(me)
{
    atomic {
        for (i : 0 .. PAGES - 1) {
            buffer[me].page[i] = false
        }
        i = 0
    }
}

inline flush_here(me, which)
{
    generation++;
    if
    :: !resident[me]
    :: else ->
#ifdef ONLY_THIS_PAGE
        buffer[me].page[which] = false;
#else
        if
        :: seen[me] + 1 != generation -> forget(me)
        :: else -> buffer[me].page[which] = false
        fi;
#endif
        seen[me] = generation
    fi
}

/* Interrupts all others that are in user mode, and waits for them. */
inline drive_out(me)
{
    for (other : 0 .. CPUS - 1) {
        if
        :: other != me && resident[other] && in_user[other] ->
#ifndef NO_INTERRUPT
            interrupted[other] = true;
#endif
            wait_for[other] = true
        :: else
        fi
    }
#ifndef NO_WAIT
    for (other : 0 .. CPUS - 1) {
        if
        :: wait_for[other] -> !in_user[other]
        :: else
        fi
    }
#endif
    atomic {
        for (other : 0 .. CPUS - 1) {
            wait_for[other] = false
        }
        other = 0
    }
}

inline look_elsewhere(me)
{
    atomic {
        for (other : 0 .. CPUS - 1) {
            if
            :: other != me && resident[other] -> elsewhere = true
            :: else
            fi
        }
        other = 0
    }
}

/* space_drop() of one page. */
inline drop(me, which)
{
    look_elsewhere(me);
#ifdef ALWAYS_ALONE
    elsewhere = false;
#endif
    present[which] = false;
    if
    :: elsewhere ->
        flush_here(me, which);
        drive_out(me);
        freed[which] = true
    :: else ->
        freed[which] = true;
        flush_here(me, which)
    fi;
    elsewhere = false
}

/* cpu_let_go(): the kernel's tables alone. */
inline let_go(me)
{
    loaded = false;
    forget(me);
    resident[me] = false
}

/* switch_to(), without the lock. */
inline load(me)
{
    loaded = true;
    forget(me);
#ifdef NO_RESIDENT
    resident[me] = false
#else
    resident[me] = true
#endif
}

proctype processor(byte me)
{
    byte i, other, entries = 0;
    bool loaded = true, comes = false, leaves = false, elsewhere = false, wait_for[CPUS];

user:
    /* A program touches its pages, until something takes it into the kernel. */
end_user:
    do
    :: atomic { present[0] && !buffer[me].page[0] -> buffer[me].page[0] = true }
    :: atomic { present[1] && !buffer[me].page[1] -> buffer[me].page[1] = true }
    :: d_step { buffer[me].page[0] -> assert(!freed[0]) }
    :: d_step { buffer[me].page[1] -> assert(!freed[1]) }
    :: entries < ENTRIES -> goto kernel
    :: interrupted[me] -> goto kernel
    od;

kernel:
#ifndef LATE_FLAG
    in_user[me] = false;
#endif
    /* Speculation goes on while the lock is not ours. */
    if
    :: loaded && present[0] -> buffer[me].page[0] = true
    :: loaded && present[1] -> buffer[me].page[1] = true
    :: true
    fi;
    atomic { !lock -> lock = true };
#ifdef LATE_FLAG
    in_user[me] = false;
#endif
    if
    :: interrupted[me] -> interrupted[me] = false
    :: else -> entries++
    fi;
    if
    :: present[0] -> drop(me, 0)
    :: present[1] -> drop(me, 1)
    :: true
    fi;
    /* schedule_next() */
    if
    :: !loaded -> comes = true
    :: loaded
    :: loaded && entries < ENTRIES -> /* idles, until it is wanted again */
        let_go(me);
        lock = false;
        goto kernel
    :: loaded && entries < ENTRIES -> leaves = true /* for somebody of another space */
    fi;
    /* switch_settle_space() */
#ifndef NO_CURRENT
    if
    :: comes -> resident[me] = true
    :: else
    fi;
#endif
#ifndef NO_SETTLE
    if
    :: !comes && !leaves && seen[me] != generation -> forget(me)
    :: else
    fi;
#endif
    seen[me] = generation;
    in_user[me] = true;
    lock = false;
    if
    :: comes -> comes = false; load(me)
    :: leaves -> leaves = false; let_go(me); goto away
    :: else
    fi;
    goto user;

    /* User mode of another space. */
away:
end_away:
    if
    :: entries < ENTRIES -> goto kernel
    :: interrupted[me] -> goto kernel
    fi
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

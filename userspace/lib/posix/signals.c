/*
 * Signals that a process sends to itself.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Nothing interrupts a thread: a handler runs when its thread has sent the signal itself, or
 * unblocks it, or comes out of its next system call after another thread has sent it. What the
 * default action ends, ends with the code 128 + signal. Faults of the processor end the process and
 * are no signals.
 */
#include "posix/dispatch.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

#define SIGNALS     64
#define SIGCANCEL   33 /* musl's own: pthread_cancel() */
#define UNBLOCKABLE (bit(SIGKILL) | bit(SIGSTOP))

/* Linux's layout, with which musl calls. */
struct action {
    union {
        void (*handler)(int);
        void (*info_handler)(int, siginfo_t *, void *); /* SA_SIGINFO */
    };
    unsigned long flags;
    void (*restorer)(void);
    uint64_t mask;
};

/* Guarded by the lock; by signal. */
static struct posix_lock actions_lock;
static struct action actions[SIGNALS + 1];

static uint64_t bit(int signal)
{
    return 1ull << (signal - 1);
}

static bool is_signal(long signal)
{
    return signal >= 1 && signal <= SIGNALS;
}

static struct action action_of(int signal)
{
    struct action action;

    posix_lock_take(&actions_lock);
    action = actions[signal];
    posix_lock_give(&actions_lock);
    return action;
}

static bool is_ignored(int signal, const struct action *action)
{
    return action->handler == SIG_IGN ||
           (action->handler == SIG_DFL &&
            (signal == SIGCHLD || signal == SIGCONT || signal == SIGURG || signal == SIGWINCH));
}

static void handle(int signal, const struct action *action)
{
    uint64_t mask = posix_self.signal_mask;
    siginfo_t info = {.si_signo = signal, .si_code = SI_USER};

    if (action->flags & SA_RESETHAND) {
        posix_lock_take(&actions_lock);
        actions[signal].handler = SIG_DFL;
        posix_lock_give(&actions_lock);
    }
    posix_self.signal_mask |= action->mask | (action->flags & SA_NODEFER ? 0 : bit(signal));
    if (action->flags & SA_SIGINFO)
        action->info_handler(signal, &info, NULL);
    else
        action->handler(signal);
    posix_self.signal_mask = mask;
}

void signals_deliver(void)
{
    uint64_t due;

    while ((due = __atomic_load_n(&posix_self.signal_pending, __ATOMIC_ACQUIRE) &
                  ~posix_self.signal_mask)) {
        int signal = __builtin_ctzll(due) + 1;
        struct action action = action_of(signal);

        __atomic_fetch_and(&posix_self.signal_pending, ~bit(signal), __ATOMIC_RELAXED);
        if (is_ignored(signal, &action))
            continue;
        if (action.handler == SIG_DFL)
            posix_exit(128 + (uint32_t)signal);
        handle(signal, &action);
    }
}

void signals_raise(int signal)
{
    __atomic_fetch_or(&posix_self.signal_pending, bit(signal), __ATOMIC_RELAXED);
}

/* (signal, new, old, size of a mask) */
long signals_rt_sigaction(const long *arguments)
{
    const struct action *new = (const struct action *)arguments[1];
    struct action *old = (struct action *)arguments[2];
    long signal = arguments[0];

    if (!is_signal(signal) || arguments[3] != sizeof(uint64_t) ||
        (new && (bit((int)signal) & UNBLOCKABLE)))
        return -EINVAL;
    posix_lock_take(&actions_lock);
    if (old)
        *old = actions[signal];
    if (new)
        actions[signal] = *new;
    posix_lock_give(&actions_lock);
    return 0;
}

/* (how, new, old, size of a mask) */
long signals_rt_sigprocmask(const long *arguments)
{
    const uint64_t *new = (const uint64_t *)arguments[1];
    uint64_t *old = (uint64_t *)arguments[2], mask = posix_self.signal_mask;

    if (arguments[3] != sizeof(uint64_t))
        return -EINVAL;
    if (new &&arguments[0] == SIG_BLOCK)
        posix_self.signal_mask |= *new;
    else if (new &&arguments[0] == SIG_UNBLOCK)
        posix_self.signal_mask &= ~*new;
    else if (new &&arguments[0] == SIG_SETMASK)
        posix_self.signal_mask = *new;
    else if (new)
        return -EINVAL;
    posix_self.signal_mask &= ~UNBLOCKABLE;
    if (old)
        *old = mask;
    return 0;
}

/* (to, size of a mask) */
long signals_rt_sigpending(const long *arguments)
{
    *(uint64_t *)arguments[0] = posix_self.signal_pending & posix_self.signal_mask;
    return 0;
}

/* musl's own signals want a thread stopped at any instruction; only to be cancelled can it wait. */
static long send_to(struct posix_thread *thread, long signal)
{
    if (signal == SIGCANCEL) {
        interrupt_send(thread);
        return 0;
    }
    if (signal == SIGCANCEL - 1 || signal == SIGCANCEL + 1)
        return -ENOSYS;
    if (signal) {
        __atomic_fetch_or(&thread->signal_pending, bit((int)signal), __ATOMIC_RELEASE);
        if (thread != &posix_self)
            interrupt_send(thread);
    }
    return 0;
}

/* (tid, signal) */
long signals_tkill(const long *arguments)
{
    struct posix_thread *thread;
    long result;

    if (arguments[1] && !is_signal(arguments[1]))
        return -EINVAL;
    thread = posix_thread_get((int)arguments[0]);
    if (!thread)
        return -ESRCH;
    result = send_to(thread, arguments[1]);
    posix_thread_put();
    return result;
}

/* (process, tid, signal) */
long signals_tgkill(const long *arguments)
{
    if (arguments[0] != identity_getpid(arguments))
        return -ESRCH;
    return signals_tkill((const long[]){arguments[1], arguments[2]});
}

/* (process, signal): the process knows no other; the thread that calls gets it. */
long signals_kill(const long *arguments)
{
    if (arguments[0] > 0 && arguments[0] != identity_getpid(arguments))
        return -ESRCH;
    return signals_tkill((const long[]){posix_self.tid, arguments[1]});
}

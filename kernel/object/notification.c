/*
 * Notification, Signaller and NotificationFactory (kernel.capnp): 64 bits to wait for.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "object/notification.h"

#include "abi/kernel.capnp.h"
#include "mem/pool.h"
#include "ring/call_fast.h"
#include "ring/invocation.h"
#include "ring/take.h"
#include "sched/work.h"

struct notification {
    struct object object;
    uint64_t bits;
    struct list waiters; /* calls, in the order of arrival */
    uint32_t n_waiters;
};

static struct pool notifications = POOL("notification", struct notification);

static struct notification *notification_of(struct object *object)
{
    return (struct notification *)object;
}

static void withdraw(struct call *call)
{
    list_unlink(&call->in_queue);
    notification_of(call->object)->n_waiters--;
}

static const struct call_kind waiting = {withdraw};

/* --- The two operations --- */

/* Takes what MASK has of the bits. */
static uint64_t take(struct notification *notification, uint64_t mask)
{
    uint64_t bits = notification->bits & mask;

    notification->bits &= ~bits;
    return bits;
}

/* Inline in the ring's operation below; a function of its own for the kernel. */
__attribute__((always_inline)) inline void notification_signal(struct object *object, uint64_t bits)
{
    struct notification *notification = notification_of(object);
    struct list *at = notification->waiters.next;

    notification->bits |= bits;
    while (notification->bits && at != &notification->waiters) {
        struct call *call = LIST_ENTRY(at, struct call, in_queue);
        uint64_t taken;

        at = at->next;
        work_add(WORK_PROBE);
        if (call_is_revoked(call)) {
            call_withdraw(call, ERR_REVOKED);
            continue;
        }
        taken = take(notification, call->mask);
        if (!taken)
            continue;
        withdraw(call);
        call_complete_fast(call, 0, 0, taken, 0);
    }
}

/* A signaller is the same object as its notification, under another interface. */
uint32_t take_signal(struct thread *thread, const struct ring_submission *submission)
{
    struct object *object;
    err_t error = uses(submission, 0, CAP | ARGUMENT)
                      ? find_either(thread, submission->cap, INTERFACE_SIGNALLER,
                                    INTERFACE_NOTIFICATION, &object)
                      : ERR_BAD_FLAGS;

    if (error)
        return error;
    if (!submission->argument)
        return ERR_BAD_ARGUMENT;
    notification_signal(object, submission->argument);
    ring_post(thread, submission->user_data, RING_SIGNAL, 0, 0, 0, 0);
    return STARTED;
}

/* Nothing of the mask is set. */
static inline err_t wait(struct thread *thread, const struct ring_submission *submission,
                         struct object *object)
{
    struct notification *notification = notification_of(object);
    struct call *call;
    err_t error =
        notification->n_waiters == NOTIFICATION_WAITERS_MAX
            ? ERR_IN_USE
            : call_begin_fast(thread, submission, &waiting, object, submission->deadline, &call);

    if (error)
        return error;
    call->mask = submission->argument;
    list_insert(&notification->waiters, &call->in_queue);
    notification->n_waiters++;
    return ERR_OK;
}

uint32_t take_wait(struct thread *thread, const struct ring_submission *submission)
{
    struct object *object;
    uint64_t bits;
    err_t error = uses(submission, 0, CAP | DEADLINE | ARGUMENT)
                      ? find_object(thread, submission->cap, INTERFACE_NOTIFICATION, &object)
                      : ERR_BAD_FLAGS;

    if (error)
        return error;
    if (!submission->argument)
        return ERR_BAD_ARGUMENT;
    bits = take(notification_of(object), submission->argument);
    if (!bits)
        return started(wait(thread, submission, object));
    ring_post(thread, submission->user_data, RING_WAIT, 0, 0, bits, 0);
    return STARTED;
}

static void destroy(struct object *object)
{
    pool_free(&notifications, notification_of(object));
}

/* A Signaller is one more capability to the same object, which bears another interface. */
const struct object_type notification_type = {
    .name = "notification",
    .interface_id = INTERFACE_NOTIFICATION,
    .destroy = destroy,
};

/* --- The factory --- */

static err_t new_notification(struct ledger *ledger, struct notification **notification)
{
    struct object *object;
    err_t error = object_create(&notifications, &notification_type, ledger, &object);

    if (error)
        return error;
    *notification = notification_of(object);
    list_init(&(*notification)->waiters);
    return ERR_OK;
}

static err_t create(struct invocation *invocation)
{
    struct notification *notification;
    uint32_t waiter, signaller;
    err_t error = new_notification(invocation->process->ledger, &notification);

    if (error)
        return error;
    error = invocation_give_object(invocation, &notification->object, &waiter);
    if (!error)
        error = invocation_give(
            invocation, &notification->object,
            &(struct cap_rights){.interface_id = INTERFACE_SIGNALLER, .first_hand = true},
            &signaller);
    if (!error) {
        struct notifications_create_results_builder results =
            notifications_create_results_init_root(&invocation->results);

        notifications_create_results_set_notification(results, waiter);
        notifications_create_results_set_signaller(results, signaller);
    }
    object_put(&notification->object); /* the capabilities keep it */
    return error;
}

static const struct method factory_methods[NOTIFICATIONS_METHODS] = {
    [NOTIFICATIONS_CREATE] = {create, RESULT_WORDS(NOTIFICATIONS_CREATE), 2},
};

static const struct object_type factory_type = {
    .name = "notification factory",
    .interface_id = INTERFACE_NOTIFICATIONS,
    .methods = factory_methods,
    .n_methods = NOTIFICATIONS_METHODS,
};

struct object notification_factory = {.type = &factory_type, .refs = 1};

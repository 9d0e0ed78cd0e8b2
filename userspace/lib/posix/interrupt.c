/*
 * Waits that another thread can end: how a cancelled thread leaves its cancellation point.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Beside the operation it waits for, the thread parks at a word of its own, which whoever
 * interrupts it sets before waking. The kernel compares the word when it takes the PARK, so an
 * interruption that comes before the wait is not lost. The PARK stays in flight from one wait to
 * the next.
 */
#include "posix/posix.h"

#include "capos/park.h"

/* ERR_OK: the thread also waits for its interruption. */
static err_t park_at_word(struct ring_client *client, struct posix_interrupt *interrupt)
{
    struct ring_submission park = {
        .opcode = RING_PARK,
        .user_data = ring_next_id(client),
        .cap = posix_grant("park", INTERFACE_PARK_SPACE),
        .argument = (uint64_t)&interrupt->word,
    };

    if (interrupt->waiting)
        return ERR_OK;
    if (ring_credit(client) <= ring_pending(client) || !ring_submit(client, &park))
        return ERR_NO_CALLS;
    interrupt->id = park.user_data;
    interrupt->waiting = true;
    return ERR_OK;
}

/* Takes the operation back; its completion may still be a good one. */
static err_t withdraw(struct ring_client *client, uint64_t user_data, struct ring_completion *out)
{
    err_t error = ring_cancel(client, user_data);

    if (error && error != ERR_NOT_FOUND)
        return error;
    return ring_wait(client, user_data, out);
}

err_t interrupt_wait(struct ring_client *client, uint64_t user_data, struct ring_completion *out)
{
    struct posix_interrupt *interrupt = &posix_self.interrupt;
    struct ring_completion ended;

    if (!interrupt->wanted || !posix_is_threaded() || park_at_word(client, interrupt))
        return ring_finish(client, user_data, out);
    for (;;) {
        uint32_t held = ring_held(client);

        if (ring_take(client, user_data, out))
            return ERR_OK;
        if (ring_take(client, interrupt->id, &ended)) {
            interrupt->waiting = false;
            __atomic_store_n(&interrupt->word, 0, __ATOMIC_RELAXED);
            return withdraw(client, user_data, out);
        }
        if (held >= RING_COMPLETIONS)
            return ERR_NO_CALLS;
        if (ring_enter(client, held + 1, RING_NEVER) < 0)
            return ERR_BAD_RING;
    }
}

struct outcome interrupt_operate(struct ring_submission *submission)
{
    struct ring_client *client = ring_mine();
    struct ring_completion completion;
    err_t error;

    submission->user_data = ring_next_id(client);
    if (!ring_submit(client, submission))
        return outcome_transport(ERR_NO_CALLS);
    error = interrupt_wait(client, submission->user_data, &completion);
    return error ? outcome_transport(error) : outcome_read(client, &completion, NULL);
}

struct outcome interrupt_call(struct call *call, uint32_t result_len)
{
    struct ring_completion completion;
    uint64_t id = ring_next_id(call->client);
    err_t error = call_submit(call, result_len, id);

    if (!error)
        error = interrupt_wait(call->client, id, &completion);
    return error ? outcome_transport(error) : call_read(call, &completion);
}

void interrupt_send(struct posix_thread *thread)
{
    /* Release: what the interrupted thread is to see, before the word that makes it look. */
    __atomic_store_n(&thread->interrupt.word, 1, __ATOMIC_RELEASE);
    park_wake(posix_grant("park", INTERFACE_PARK_SPACE), &thread->interrupt.word, 1, NULL);
}

/*
 * Calls of capabilities that an earlier call has yet to bring.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/promise.h"

#include "capos/ring_queues.h"

cap_t call_promise(struct call *earlier, uint32_t index)
{
    struct ring_client *client = earlier->client;

    if (index >= RING_TRANSFERS_MAX)
        return CAP_NONE;
    if (earlier->number == 0) {
        client->last_promise += client->last_promise == UINT32_MAX ? 2 : 1; /* never 0 */
        earlier->number = client->last_promise;
        earlier->next_promising = client->promising;
        client->promising = earlier;
    }
    return (uint64_t)earlier->number << 32 | PROMISE_MARK | index;
}

void promise_close(struct call *call)
{
    struct call **at = &call->client->promising;

    while (*at && *at != call)
        at = &(*at)->next_promising;
    if (*at)
        *at = call->next_promising;
    call->number = 0;
}

/* What CALL's promise is of. NULL: it is closed, another thread's, or never was. */
static struct call *earlier_of(const struct call *call)
{
    struct call *earlier = call->client->promising;

    while (earlier && earlier->number != call->promise >> 32)
        earlier = earlier->next_promising;
    return earlier;
}

/* The completion of a call that has ended, if nobody has read it; NULL. */
static const struct ring_completion *completion_of(const struct call *call)
{
    uint32_t index;

    if (!call->under_way || !queue_find(call->client->ring, call->submission.user_data, &index))
        return NULL;
    return queue_at(call->client->ring, index);
}

static bool is_refused_promise(const struct call *call, const struct ring_completion *completion)
{
    return completion->status == -ERR_NOT_FOUND && call->submission.flags & RING_PROMISED;
}

/* The capabilities of the earlier call, read or not; none while it is under way, or when it
 * failed. */
static struct caps_received caps_of(const struct call *earlier)
{
    const struct ring_completion *ended = completion_of(earlier);
    uint8_t *result;

    if (!earlier->under_way)
        return earlier->received;
    if (!ended || ended->status != 0)
        return (struct caps_received){0};
    result = ring_at(earlier->client, earlier->submission.result);
    return caps_received(result + ended->result_len, ended->n_caps);
}

static void revive(struct call *);

static err_t resolve(struct call *call)
{
    struct ring_submission *submission = &call->submission;
    struct call *earlier = earlier_of(call);
    uint32_t index = call->promise & (PROMISE_MARK - 1);
    struct caps_received caps;

    if (!earlier || index >= RING_TRANSFERS_MAX)
        return ERR_BROKEN_PROMISE;
    revive(earlier);
    if (earlier->under_way && !completion_of(earlier)) {
        submission->flags = RING_PROMISED;
        submission->cap = earlier->submission.user_data;
        submission->promised = (uint16_t)index;
        return ERR_OK;
    }
    caps = caps_of(earlier);
    if (index >= caps.n)
        return ERR_BROKEN_PROMISE;
    submission->flags = 0;
    submission->cap = caps.caps[index].cap;
    submission->promised = 0;
    return ERR_OK;
}

err_t promise_resolve(struct call *call)
{
    call->promise = call->submission.cap;
    call->asked_again = false;
    return earlier_of(call) ? resolve(call) : ERR_OK;
}

/* To ask once more for an earlier call that the kernel did not know is of use if that has itself
 * gone on. Otherwise its completion was taken and never read. */
static err_t go_on(struct call *call)
{
    err_t err = resolve(call);

    if (err)
        return err;
    if (call->submission.flags && call->asked_again)
        return ERR_BROKEN_PROMISE;
    call->asked_again = call->submission.flags != 0;
    if (!ring_submit(call->client, &call->submission))
        return ERR_NO_CALLS;
    call->under_way = true;
    return ERR_OK;
}

/* An earlier call that has to go on itself does so first. If it can not, it ends when it is
 * read. */
static void revive(struct call *earlier)
{
    const struct ring_completion *ended = completion_of(earlier);
    struct ring_completion refusal;

    if (ended && is_refused_promise(earlier, ended) && go_on(earlier) == ERR_OK)
        ring_take(earlier->client, earlier->submission.user_data, &refusal);
}

struct outcome promise_broken(const struct call *call)
{
    const struct call *earlier = earlier_of(call);
    const struct ring_completion *ended = earlier ? completion_of(earlier) : NULL;

    if (!ended || ended->status == 0)
        return outcome_exception(ERR_BROKEN_PROMISE);
    if (is_refused_promise(earlier, ended))
        return promise_broken(earlier);
    if (ended->status < 0)
        return outcome_exception((err_t)-ended->status);
    return outcome_read(call->client, ended, ring_at(earlier->client, earlier->submission.result));
}

struct outcome promise_again(struct call *call)
{
    switch (go_on(call)) {
    case ERR_OK:
        return outcome_done();
    case ERR_BROKEN_PROMISE:
        return promise_broken(call);
    default:
        return outcome_transport(ERR_NO_CALLS);
    }
}

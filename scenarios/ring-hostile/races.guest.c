/*
 * Calls while another thread rewrites the parameters and the submissions.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The kernel may see either value of each word, but must not be led astray by seeing both: every
 * call is done, refused, or malformed in one of the ways that a rewritten word can have.
 */
#include "capos/capos.h"

#define CALLS    20000
#define CONTENTS 0x1122334455667788

/* What the first thread shows the second one. */
static struct target {
    uint64_t *root, *address, *pages; /* words of the message */
    struct ring_submission *submissions;
    uint64_t page;
    uint32_t stop, stopped;
} target;

static uint64_t random_next(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

#define WRITE(place, value) __atomic_store_n(place, value, __ATOMIC_RELAXED)

/* Rewrites one word with something right or wrong. */
static void rewrite(uint64_t random)
{
    bool right = random & 1;
    struct ring_submission *submission = &target.submissions[random >> 8 & (RING_SUBMISSIONS - 1)];

    switch (random >> 1 & 3) {
    case 0:
        WRITE(target.root, right ? 0x0000000200000000 : 0x00007fff7ffffffc);
        break;
    case 1:
        WRITE(target.address, right ? target.page : 0xffffffff80000000);
        break;
    case 2:
        WRITE(target.pages, right ? 1 | 2ull << 32 : 0xffffffff);
        break;
    default:
        WRITE(&submission->params_len, right ? 24 : 0xfffffff8);
        break;
    }
}

static int rewrite_all(void *unused)
{
    uint64_t state = 0x9e3779b97f4a7c15;

    (void)unused;
    while (!__atomic_load_n(&target.stop, __ATOMIC_ACQUIRE))
        rewrite(random_next(&state));
    __atomic_store_n(&target.stopped, 1, __ATOMIC_RELEASE);
    return 0;
}

/* A call that makes the page readable and writable, which it is. */
static struct ring_submission protect_open(struct call *call)
{
    call_open(call, capos_cap("memory"), INTERFACE_VM, VM_PROTECT, 3);
    capnp_init_root(&call->params, 2, 0);
    check(call_prepare(call, 256) == ERR_OK, "room in the arena");
    target.root = call->params.words;
    target.address = target.root + 1;
    target.pages = target.root + 2;
    target.submissions = ring_mine()->ring->sq;
    *target.address = target.page;
    *target.pages = 1 | (uint64_t)ACCESS_READ_WRITE << 32;
    return call->submission;
}

/* A word may be copied in parts: half an address is one where nothing is. */
static bool is_possible(err_t code)
{
    return code == ERR_OK || code == ERR_BAD_ADDRESS || code == ERR_BAD_ARGUMENT ||
           code == ERR_BAD_MESSAGE || code == ERR_BAD_ARENA || code == ERR_NOT_MAPPED;
}

static void call_once(struct ring_submission *submission)
{
    struct ring_client *client = ring_mine();
    struct ring_completion completion;
    struct outcome outcome;

    check(ring_do(client, submission, &completion) == ERR_OK, "a completion");
    check(completion.opcode == RING_CALL && completion.n_caps == 0, "a completion of the call");
    outcome = outcome_read(client, &completion, ring_at(client, submission->result));
    check(is_possible(outcome.code), "an end that is possible, not: %s", outcome_sentence(outcome));
}

static uint64_t page_make(void)
{
    uint64_t at;

    check(outcome_is_done(vm_map(capos_cap("memory"), 0, 1, ACCESS_READ_WRITE, &at)), "a page");
    *(volatile uint64_t *)at = CONTENTS;
    return at;
}

static void page_check(void)
{
    check(outcome_is_done(vm_protect(capos_cap("memory"), target.page, 1, ACCESS_READ_WRITE)),
          "the page");
    check(*(volatile uint64_t *)target.page == CONTENTS, "what stands in it");
}

/* Its last rewriting is over: it would spoil the submission that joins it, too. */
static void await_stopped(void)
{
    __atomic_store_n(&target.stop, 1, __ATOMIC_RELEASE);
    while (!__atomic_load_n(&target.stopped, __ATOMIC_ACQUIRE))
        __builtin_ia32_pause();
}

int main(void)
{
    struct call call;
    struct thread thread;
    struct ring_submission submission;

    target.page = page_make();
    submission = protect_open(&call);
    check(outcome_is_done(thread_start(&thread, rewrite_all, NULL)), "a thread");
    for (unsigned i = 0; i < CALLS; i++)
        call_once(&submission);
    await_stopped();
    check(outcome_is_done(thread_finish(&thread, NULL)), "its end");
    call_close(&call);
    page_check();
    console_printf("%u calls while another thread rewrites them: each ends as it may", CALLS);
    return 0;
}

/*
 * Tests ring.c against a small kernel that completes in any order.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The kernel here keeps its own head and tail, takes submissions as long as it can promise
 * completions, and ends what is in flight in random order: at least one each time it is entered.
 */
#include "capos/ring.h"

#include <stdlib.h>

#include "capos/syscall.h"
#include "harness/test/check.h"

#define ROUNDS 20000

static union {
    struct ring ring;
    uint8_t bytes[3 * 4096];
} region __attribute__((aligned(4096)));

static struct kernel {
    uint32_t sq_head, cq_tail;
    uint32_t n_flying;
    uint64_t flying[RING_COMPLETIONS];
    bool stuck; /* nothing ends */
    bool lost;  /* a promise was broken */
} kernel;

static void kernel_complete(uint32_t index)
{
    struct ring *ring = &region.ring;

    if (kernel.cq_tail - ring->cq_head >= RING_COMPLETIONS)
        kernel.lost = true;
    ring->cq[kernel.cq_tail % RING_COMPLETIONS] = (struct ring_completion){
        .user_data = kernel.flying[index],
        .value = kernel.flying[index] * 3,
    };
    kernel.flying[index] = kernel.flying[--kernel.n_flying];
    ring->cq_tail = ++kernel.cq_tail;
}

static uint32_t kernel_held(void)
{
    return kernel.cq_tail - region.ring.cq_head;
}

int64_t syscall_cap_enter(uint64_t submit, uint64_t min_complete, uint64_t deadline)
{
    struct ring *ring = &region.ring;
    int64_t taken = 0;

    (void)deadline;
    if (min_complete > RING_COMPLETIONS)
        return -ERR_BAD_ARGUMENT;
    for (; submit > 0 && kernel.n_flying + kernel_held() < RING_COMPLETIONS; submit--, taken++)
        kernel.flying[kernel.n_flying++] = ring->sq[kernel.sq_head++ % RING_SUBMISSIONS].user_data;
    ring->sq_head = kernel.sq_head;
    while (!kernel.stuck && kernel.n_flying > 0 && (kernel_held() < min_complete || rand() % 2))
        kernel_complete((uint32_t)rand() % kernel.n_flying);
    return taken;
}

static struct ring_client start(void)
{
    struct ring_client client;

    memset(&region, 0, sizeof(region));
    memset(&kernel, 0, sizeof(kernel));
    region.ring.arena_len = 2 * 4096;
    ring_init(&client, &region.ring);
    return client;
}

/* One operation from its submission to its end. */
static bool do_one(struct ring_client *client, uint64_t *n_done)
{
    struct ring_submission nop = {0};
    struct ring_completion completion;

    ++*n_done;
    return !ring_do(client, &nop, &completion) && completion.user_data == nop.user_data &&
           completion.value == nop.user_data * 3;
}

/* Operations of a random number at a time, waited for in random order, and some by themselves among
 * them: each comes once. */
static void test_any_order(void)
{
    struct ring_client client = start();
    uint64_t waiting[RING_COMPLETIONS], next = 1, n_done = 0;
    uint32_t n = 0;
    bool ok = true;

    for (unsigned round = 0; round < ROUNDS && ok; round++) {
        if (n < RING_COMPLETIONS - 1 && rand() % 2) {
            waiting[n++] = next;
            ok = ring_submit(&client, &(struct ring_submission){.user_data = next++});
        } else if (n > 0) {
            uint32_t which = (uint32_t)rand() % n;
            struct ring_completion completion;

            ok = !ring_wait(&client, waiting[which], &completion) &&
                 completion.user_data == waiting[which] && completion.value == waiting[which] * 3;
            waiting[which] = waiting[--n];
        } else {
            ok = do_one(&client, &n_done);
        }
        if (ok && n < RING_COMPLETIONS && rand() % 4 == 0)
            ok = do_one(&client, &n_done);
    }
    check("alone and among others", n_done > ROUNDS / 10, "%lu times", n_done);
    check("each completion comes once", ok && !kernel.lost, "after %lu", next);
}

/* What nobody asked for keeps its order. */
static void test_order_kept(void)
{
    struct ring_client client = start();
    struct ring_completion completion;
    bool ok = true;

    for (uint64_t i = 0; i < 10; i++)
        region.ring.cq[i] = (struct ring_completion){.user_data = i};
    region.ring.cq_tail = kernel.cq_tail = 10;
    ok = ring_take(&client, 4, &completion) && ring_take(&client, 0, &completion) &&
         ring_take(&client, 9, &completion) && !ring_take(&client, 4, &completion);
    for (uint64_t i = 1; i < 9; i++)
        ok = ok && (i == 4 || (ring_poll(&client, &completion) && completion.user_data == i));
    check("the others keep their order", ok && ring_held(&client) == 0, "they do not");
}

/* With all that is promised in flight, nothing more is taken. */
static void test_all_in_flight(void)
{
    struct ring_client client = start();
    struct ring_completion completion;
    struct ring_submission nop = {0};

    kernel.n_flying = RING_COMPLETIONS;
    kernel.stuck = true;
    region.ring.sq_head = region.ring.sq_tail = kernel.sq_head = RING_COMPLETIONS;
    check("all in flight", ring_do(&client, &nop, &completion) == ERR_NO_CALLS, "one more");
    check("not queued", ring_pending(&client) == 0, "%u pending", ring_pending(&client));
}

/* With the queue full of completions nothing more is promised, and nothing stays queued. */
static void test_no_credit(void)
{
    struct ring_client client = start();
    struct ring_completion completion;
    struct ring_submission nop = {0};

    region.ring.cq_tail = kernel.cq_tail = RING_COMPLETIONS;
    region.ring.sq_head = region.ring.sq_tail = kernel.sq_head = RING_COMPLETIONS;
    check("no credit", ring_do(&client, &nop, &completion) == ERR_NO_CALLS, "there was");
    check("not queued", ring_pending(&client) == 0, "%u pending", ring_pending(&client));
    check("nothing to wait for", ring_wait(&client, 1, &completion) == ERR_NO_CALLS, "waited");
    ring_poll(&client, &completion);
    check("credit again", ring_do(&client, &nop, &completion) == ERR_OK, "there was none");
}

static void test_full(void)
{
    struct ring_client client = start();
    uint32_t n = 0;

    while (ring_submit(&client, &(struct ring_submission){0}))
        n++;
    check("the queue is full", n == RING_SUBMISSIONS, "after %u", n);
}

int main(void)
{
    test_any_order();
    test_order_kept();
    test_all_in_flight();
    test_no_credit();
    test_full();
    return check_done();
}

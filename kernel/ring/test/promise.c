/*
 * Tests ring/promise.c in a kernel without its architecture: random calls, answers and ends,
 * against promise_model.h.
 * SPDX-License-Identifier: Apache-2.0
 *
 * One program calls and waits for what answers will bring, another one serves. After each step all
 * completions and deliveries must be those of the model, in its order; what was to move must be
 * with who has it; and the kernel's books must be right.
 */
#include "ring/promise.h"

#include "abi/kernel.capnp.h"
#include "abi/syscall.h"
#include "object/endpoint.h"
#include "object/system_info.h"
#include "process/process.h"
#include "ring/fuzz/verify.h"
#include "ring/fuzz/world.h"
#include "ring/test/promise_model.h"
#include "sched/cpu.h"
#include "sched/entry.h"
#include "sched/lock.h"
#include "sched/thread.h"
#include "test/check.h"
#include "test/fake_machine.h"
#include "test/random.h"

#define WORLDS        40
#define STEPS         300
#define N_NODES       4
#define RECEIVERS_MAX 8
#define SERVED_MAX    64
#define CAPS_MAX      3
#define NODE_ID       0x1234 /* of the world's endpoint */
#define CODES         0x5000 /* of the server's exceptions */

/* Places in the arenas. */
#define PARAMS    0x1000
#define TRANSFERS 0x1800
#define ANSWER    0x2000
#define RESULTS   0x4000
#define ROOM      256u

static uint64_t seed;

static struct side {
    struct process *process;
    struct thread *thread;
    struct ring *page;
    unsigned cpu;
} client, server;

/* The server's, for answers; the client's own node; the endpoint. */
static cap_t nodes[N_NODES], objects[KINDS], own_node, endpoint;

/* Submissions by number: what they need until they end. */
static uint64_t last_number;
static struct {
    uint64_t number;
    cap_t moves; /* 0: nothing */
} slots[RING_COMPLETIONS];

static struct {
    uint64_t number;
    cap_t reply;
} served[SERVED_MAX];
static unsigned n_served, n_receiving;
static uint32_t next_receiver;
static int32_t own_status; /* of what the server has just done */

static uint32_t below(uint32_t n)
{
    return random_below(&seed, n);
}

/* --- The world --- */

static void find_side(struct side *side, const char *name)
{
    for (unsigned id = 0; id < WORLD_CPUS; id++) {
        struct thread *thread = cpu_at(id)->current;

        if (thread && strcmp(thread->process->name, name) == 0)
            *side = (struct side){thread->process, thread, thread->ring.page, id};
    }
}

static const struct cap *cap_by_id(const struct side *side, uint64_t interface_id, cap_t *handle)
{
    for (unsigned i = 0;; i++) {
        const struct cap *cap;

        *handle = world_cap(side->process, i);
        cap = cap_find(&side->process->caps, *handle);
        if (cap->rights.interface_id == interface_id)
            return cap;
    }
}

static cap_t give(struct side *side, struct object *object, struct cap_rights rights)
{
    cap_t handle = 0;

    cap_insert(&side->process->caps, object, &rights, &handle);
    return handle;
}

static cap_t give_token(void)
{
    return give(&client, &system_info, (struct cap_rights){.interface_id = INTERFACE_SYSTEM});
}

static void start(void)
{
    const struct cap *cap;

    world_start();
    find_side(&client, "second");
    find_side(&server, "first");
    cap = cap_by_id(&client, NODE_ID, &own_node);
    for (unsigned i = 0; i < N_NODES; i++) {
        struct cap_rights rights = cap->rights;

        rights.cookie = i;
        nodes[i] = give(&server, cap->object, rights);
    }
    cap_by_id(&server, INTERFACE_ENDPOINT, &endpoint);
    cap_by_id(&server, INTERFACE_SYSTEM, &objects[SYSTEM]);
    cap_by_id(&server, INTERFACE_ENDPOINTS, &objects[FACTORY]);
    memset(slots, 0, sizeof(slots));
    n_served = n_receiving = 0;
    model_start();
}

static void enter(struct side *side, unsigned n)
{
    fake_cpu_choose(side->cpu);
    entry_syscall(n, 0, 0, SYSCALL_CAP_ENTER);
}

static void push(struct side *side, struct ring_submission submission)
{
    side->page->sq[side->page->sq_tail++ % RING_SUBMISSIONS] = submission;
}

static void release(struct side *side, cap_t handle)
{
    kernel_lock();
    cap_release(&side->process->caps, handle);
    kernel_unlock();
}

static bool has(const struct side *side, cap_t handle)
{
    return cap_find(&side->process->caps, handle) != NULL;
}

/* --- What comes out --- */

static unsigned slot_of(uint64_t number)
{
    unsigned i = 0;

    while (slots[i].number != number)
        i++;
    return i;
}

/* Capabilities that came are dropped at once: calls that go on do not need them. */
static void drop_results(const struct ring_completion *entry, const uint8_t *results, unsigned made)
{
    const struct ring_cap *caps = (const struct ring_cap *)(results + entry->result_len);

    for (unsigned i = entry->n_caps; i > 0; i--)
        release(&client, caps[i - 1].cap);
    if (made)
        model_close(made);
}

/* What was to move is back; of a call that the server has got, it is not: the server has. */
static int check_end(unsigned slot, const struct ring_completion *entry, unsigned made)
{
    const uint8_t *results = client.thread->ring.arena + RESULTS + slot * ROOM;
    cap_t moves = slots[slot].moves;

    if (entry->status == RING_STATUS_EXCEPTION && entry->value >= CODES)
        CHECK(*(const uint64_t *)results == entry->value * 3);
    if (moves) {
        CHECK(has(&client, moves));
        release(&client, moves);
    }
    slots[slot].number = 0;
    drop_results(entry, results, made);
    PASS;
}

static int check_completions(void)
{
    struct model_completion expected;
    unsigned made;

    while (model_next_completion(&expected, &made)) {
        struct ring *page = client.page;
        const struct ring_completion *entry = &page->cq[page->cq_head % RING_COMPLETIONS];

        CHECK(page->cq_head != page->cq_tail);
        CHECK(entry->user_data == expected.number && entry->status == expected.status);
        CHECK(entry->status < 0 || entry->value == expected.value || entry->opcode != RING_CALL);
        page->cq_head++;
        if (entry->opcode == RING_CALL && !check_end(slot_of(expected.number), entry, made))
            return 0;
    }
    CHECK(client.page->cq_head == client.page->cq_tail);
    PASS;
}

static int check_delivery(const struct ring_delivery *delivery,
                          const struct model_delivery *expected)
{
    const uint64_t *message = (const uint64_t *)(delivery + 1);
    const struct ring_cap *cap = (const struct ring_cap *)(message + 2);
    unsigned slot = slot_of(expected->number);

    CHECK(message[1] == expected->number && delivery->cookie == expected->cookie);
    CHECK(delivery->n_caps == expected->moves);
    if (expected->moves) {
        CHECK(!has(&client, slots[slot].moves) && has(&server, cap->cap));
        release(&server, cap->cap);
        slots[slot].moves = 0;
    }
    served[n_served].number = expected->number;
    served[n_served++].reply = delivery->reply;
    PASS;
}

/* The server's completions: first of receptions, in their order, whose user_data is their place;
 * then of its own step. */
static int check_server(void)
{
    struct ring *page = server.page;
    struct model_delivery expected;

    for (; page->cq_head != page->cq_tail; page->cq_head++) {
        const struct ring_completion *entry = &page->cq[page->cq_head % RING_COMPLETIONS];

        if (entry->opcode != RING_RECV) {
            CHECK(entry->status == own_status);
            continue;
        }
        CHECK(entry->status == 0 && model_next_delivery(&expected));
        n_receiving--;
        if (!check_delivery(
                (const struct ring_delivery *)(server.thread->ring.arena + entry->user_data),
                &expected))
            return 0;
    }
    CHECK(!model_next_delivery(&expected));
    PASS;
}

/* --- The client's steps --- */

static const struct {
    uint64_t interface_id;
    uint16_t method;
} wanted[KINDS] = {
    [NODE] = {NODE_ID, 0},
    [SYSTEM] = {INTERFACE_SYSTEM, SYSTEM_SYSTEM},
    [FACTORY] = {INTERFACE_ENDPOINTS, ENDPOINTS_CREATE},
    [MADE] = {INTERFACE_ENDPOINT, ENDPOINT_CLOSE},
};

/* A call of WANTS: its message has one word, its number; for a factory, the interface of nodes. */
static struct ring_submission new_call(enum kind wants, bool moves)
{
    unsigned slot = slot_of(0);
    struct ring_submission call = {
        .opcode = RING_CALL,
        .user_data = ++last_number,
        .interface_id = wanted[wants].interface_id,
        .method = wanted[wants].method,
        .params = PARAMS + slot * 16,
        .params_len = 16,
        .result = RESULTS + slot * ROOM,
        .result_len = ROOM,
    };
    uint64_t *message = (uint64_t *)(client.thread->ring.arena + call.params);
    struct ring_transfer *transfer =
        (struct ring_transfer *)(client.thread->ring.arena + TRANSFERS + slot * 16);

    message[0] = 1ull << 32;
    message[1] = wants == FACTORY ? NODE_ID : last_number;
    slots[slot].number = last_number;
    slots[slot].moves = moves ? give_token() : 0;
    if (moves) {
        *transfer = (struct ring_transfer){slots[slot].moves, RING_MOVE, 0};
        call.transfers = TRANSFERS + slot * 16;
        call.n_transfers = 1;
    }
    return call;
}

static void push_call(void)
{
    bool moves = below(4) == 0;
    struct ring_submission call = new_call(NODE, moves);

    call.cap = own_node;
    push(&client, call);
    model_call(call.user_data, 7, moves);
}

static void push_promise(void)
{
    enum kind wants = below(2) ? NODE : below(KINDS);
    uint64_t earlier = below(12) ? model_number(below(MODEL_CALLS_MAX)) : last_number + 100;
    bool moves = below(4) == 0;
    struct ring_submission call = new_call(wants, moves);

    call.flags = RING_PROMISED;
    call.cap = earlier;
    call.promised = (uint16_t)below(CAPS_MAX);
    push(&client, call);
    model_promise(call.user_data, earlier, call.promised, wants, moves);
}

static void push_cancel(void)
{
    uint64_t cancelled = below(6) ? model_number(below(MODEL_CALLS_MAX)) : last_number + 100;

    push(&client, (struct ring_submission){
                      .opcode = RING_CANCEL, .user_data = ++last_number, .argument = cancelled});
    model_cancel(last_number, cancelled);
}

/* Several submissions in one stay in the kernel. */
static void step_client(void)
{
    unsigned n = below(6);

    model_enter();
    for (unsigned i = 0; i < n; i++) {
        if (below(6) == 0)
            push_cancel();
        else if (model_count() < MODEL_CALLS_MAX - 6 && below(3) == 0)
            push_call();
        else if (model_count() < MODEL_CALLS_MAX - 6)
            push_promise();
    }
    enter(&client, RING_SUBMISSIONS);
}

/* --- The server's steps --- */

static void step_receive(void)
{
    if (n_receiving == RECEIVERS_MAX || n_served + n_receiving == SERVED_MAX)
        return;
    push(&server, (struct ring_submission){.opcode = RING_RECV,
                                           .user_data = RESULTS + next_receiver * ROOM,
                                           .cap = endpoint,
                                           .result = RESULTS + next_receiver * ROOM,
                                           .result_len = ROOM});
    next_receiver = (next_receiver + 1) % RECEIVERS_MAX;
    n_receiving++;
    model_receive();
    enter(&server, 1);
}

/* One of the capabilities that answers bring. */
static struct model_cap take_cap(cap_t *handle)
{
    unsigned kind = below(2) ? NODE : below(MADE), node = below(N_NODES);

    *handle = kind == NODE ? nodes[node] : objects[kind];
    return (struct model_cap){kind, kind == NODE ? node : 0, 0};
}

/* The answer to one of the calls, whichever came first. */
static void step_answer(void)
{
    struct ring_submission answer = {.opcode = RING_RETURN, .params = ANSWER, .params_len = 24};
    struct ring_transfer *transfers =
        (struct ring_transfer *)(server.thread->ring.arena + TRANSFERS);
    uint64_t *message = (uint64_t *)(server.thread->ring.arena + ANSWER);
    struct model_cap caps[CAPS_MAX];
    unsigned which, n = below(CAPS_MAX + 1);

    if (n_served == 0)
        return;
    which = below(n_served);
    answer.cap = served[which].reply;
    if (below(5) == 0) {
        answer.flags = RING_EXCEPTION;
        answer.value = CODES + below(100);
        message[0] = answer.value * 3ull; /* capabilities that come with it are no promises' */
    }
    for (unsigned i = 0; i < n; i++) {
        transfers[i] = (struct ring_transfer){.mode = RING_COPY};
        caps[i] = take_cap(&transfers[i].cap);
    }
    answer.transfers = n ? TRANSFERS : 0;
    answer.n_transfers = n;
    if (!model_answer(served[which].number, answer.value, caps, n))
        own_status = -ERR_CANCELLED;
    served[which] = served[--n_served];
    push(&server, answer);
    enter(&server, 1);
}

static void step_drop(void)
{
    unsigned which;

    if (n_served == 0)
        return;
    which = below(n_served);
    push(&server, (struct ring_submission){.opcode = RING_RELEASE, .cap = served[which].reply});
    model_answer(served[which].number, ERR_DISCONNECTED, NULL, 0);
    served[which] = served[--n_served];
    enter(&server, 1);
}

/* --- The test --- */

TEST(calls_end_as_the_model_says)
{
    seed = 0x9e3779b97f4a7c15;
    for (unsigned i = 0; i < WORLDS; i++) {
        start();
        for (unsigned step = 0; step < STEPS; step++) {
            unsigned which = below(10);

            own_status = 0;
            if (which < 4)
                step_client();
            else if (which < 7)
                step_receive();
            else if (which < 9)
                step_answer();
            else
                step_drop();
            if (!check_server() || !check_completions() || !check_server())
                return 0;
            verify();
        }
        world_end();
    }
    PASS;
}

int main(void)
{
    RUN(calls_end_as_the_model_says);
    TESTS_END;
}

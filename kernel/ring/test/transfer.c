/*
 * Tests ring/transfer.c and cap/table.c against a list of who should hold what, with random
 * messages.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Three processes pass capabilities around. Messages wait between their submission and their
 * delivery, while handles are released, arrays are written over, and other messages come and go;
 * allocations fail and ledgers run out. The model says what each step must answer, and after each
 * step what every table, ledger and object must say.
 */
#include "ring/transfer.h"

#include <stdlib.h>

#include "abi/kernel.capnp.h"
#include "mem/frames.h"
#include "process/process.h"
#include "sched/thread.h"
#include "session/reference.h"
#include "session/session.h"
#include "test/check.h"
#include "test/fake_memory.h"
#include "test/random.h"

#define N_PROCESSES 3
#define N_OBJECTS   4
#define N_MESSAGES  4
#define HELD_MAX    70 /* the ledger's limit of a process */
#define SENT_MAX    6  /* capabilities of a message */
#define STEPS       100000

/* An entry as it should be. */
struct held {
    cap_t handle;
    unsigned object;
    uint64_t interface_id, cookie;
    enum cap_scope scope;
    bool first_hand;
    bool moves; /* with a message that waits */
};

struct peer {
    struct process process;
    struct thread thread;
    struct held held[HELD_MAX];
    unsigned n;
    _Alignas(8) uint8_t arena[PAGE_SIZE];
};

/* A message that waits; each has a place of its own in its sender's arena. */
struct message {
    struct peer *sender; /* NULL: none */
    uint32_t n, moving;
    cap_t moves[SENT_MAX]; /* as submitted, in their order */
    unsigned n_moves;
};

static const struct object_type type = {.name = "test"};
static struct object objects[N_OBJECTS];
static struct peer peers[N_PROCESSES];
static struct session sessions[2]; /* of the first two, and of the third */
static struct message messages[N_MESSAGES];
static uint64_t state;
static cap_t last_gone; /* some handle that is stale */

/* No client is among them. */
void reference_get(uint64_t endpoint_id, uint64_t session_id, uint64_t reference[2])
{
    (void)endpoint_id, (void)session_id, (void)reference;
    abort();
}

static unsigned below(unsigned n)
{
    return random_below(&state, n);
}

static uint32_t offset_of(const struct message *message)
{
    return (uint32_t)(message - messages) * 1024;
}

static struct ring_transfer *array_of(const struct message *message)
{
    return (struct ring_transfer *)(message->sender->arena + offset_of(message));
}

static struct held *held_find(struct peer *peer, cap_t handle)
{
    for (unsigned i = 0; i < peer->n; i++) {
        if (peer->held[i].handle == handle)
            return &peer->held[i];
    }
    return NULL;
}

static void held_remove(struct peer *peer, struct held *held)
{
    last_gone = held->handle;
    *held = peer->held[--peer->n];
}

/* --- What must hold after each step --- */

TEST(check_peer)
{
    for (unsigned p = 0; p < N_PROCESSES; p++) {
        const struct peer *peer = &peers[p];
        const struct cap_table *table = &peer->process.caps;

        CHECK(table->used == peer->n && peer->process.ledger->used[LEDGER_CAPS] == peer->n);
        for (unsigned i = 0; i < peer->n; i++) {
            const struct held *held = &peer->held[i];
            const struct cap *cap = cap_at(table, (uint32_t)held->handle);

            CHECK(cap_handle(cap, (uint32_t)held->handle) == held->handle);
            CHECK(cap->state == (held->moves ? CAP_MOVING : CAP_USED));
            CHECK(cap_find(table, held->handle) == (held->moves ? NULL : cap));
            CHECK(cap->object == &objects[held->object]);
            CHECK(cap->rights.interface_id == held->interface_id);
            CHECK(cap->rights.cookie == held->cookie && cap->rights.scope == held->scope);
            CHECK(cap->rights.first_hand == held->first_hand);
        }
    }
    PASS;
}

TEST(check_objects)
{
    uint32_t n[N_OBJECTS] = {0};

    for (unsigned p = 0; p < N_PROCESSES; p++) {
        for (unsigned i = 0; i < peers[p].n; i++)
            n[peers[p].held[i].object]++;
    }
    for (unsigned i = 0; i < N_OBJECTS; i++)
        CHECK(objects[i].refs == n[i] + 1 && objects[i].n_caps[FACET_OBJECT] == n[i]);
    PASS;
}

/* --- Steps --- */

TEST(step_insert)
{
    struct peer *peer = &peers[below(N_PROCESSES)];
    struct held held = {
        .object = below(N_OBJECTS),
        .interface_id = below(8) ? random_next(&state) : INTERFACE_REPLY,
        .cookie = random_next(&state),
        .scope = below(4) ? CAP_SHAREABLE : below(CAP_SCOPES),
        .first_hand = below(2),
    };
    const struct cap_rights rights = {.interface_id = held.interface_id,
                                      .cookie = held.cookie,
                                      .scope = (uint8_t)held.scope,
                                      .first_hand = held.first_hand};

    if (peer->n == HELD_MAX) {
        CHECK(cap_insert(&peer->process.caps, &objects[held.object], &rights, &held.handle) ==
              ERR_NO_CAPS);
        PASS;
    }
    CHECK(cap_insert(&peer->process.caps, &objects[held.object], &rights, &held.handle) == ERR_OK);
    peer->held[peer->n++] = held;
    PASS;
}

TEST(step_release)
{
    struct peer *peer = &peers[below(N_PROCESSES)];
    struct held *held = peer->n ? &peer->held[below(peer->n)] : NULL;

    if (!held)
        PASS;
    CHECK(cap_release(&peer->process.caps, held->handle) == (held->moves ? ERR_RESERVED : ERR_OK));
    if (!held->moves)
        held_remove(peer, held);
    PASS;
}

/* Mostly one of the sender's; else the same as before, a stale one, or one that another process may
 * have. */
static cap_t any_handle(const struct peer *peer, cap_t before)
{
    const struct peer *other = &peers[below(N_PROCESSES)];

    switch (below(40)) {
    case 0:
        return before;
    case 1:
        return last_gone;
    case 2:
        return other->n ? other->held[below(other->n)].handle : 0;
    default:
        return peer->n ? peer->held[below(peer->n)].handle : 0;
    }
}

static void write_array(const struct message *message)
{
    struct ring_transfer *array = array_of(message);
    cap_t handle = 0;

    for (unsigned i = 0; i < message->n; i++) {
        handle = any_handle(message->sender, handle);
        array[i] = (struct ring_transfer){.cap = handle, .mode = below(2)};
    }
    if (message->n && below(40) == 0)
        array[below(message->n)].mode = 2 + below(3);
    if (message->n && below(40) == 0)
        array[below(message->n)].reserved = 1;
}

static err_t expect_form(struct ring_transfer transfer)
{
    if (transfer.mode > RING_MOVE)
        return ERR_BAD_ARGUMENT;
    return transfer.reserved ? ERR_BAD_FLAGS : ERR_OK;
}

static err_t expect_usable(struct peer *peer, cap_t handle)
{
    const struct held *held = held_find(peer, handle);

    if (!held)
        return ERR_BAD_HANDLE;
    if (held->moves)
        return ERR_RESERVED;
    return held->interface_id == INTERFACE_REPLY ? ERR_NOT_PERMITTED : ERR_OK;
}

/* What moves is named once. */
static bool is_doubled(const struct ring_transfer *array, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t k = 0; k < n; k++) {
            if (i != k && array[i].cap == array[k].cap && array[i].mode == RING_MOVE)
                return true;
        }
    }
    return false;
}

static err_t expect_begin(struct peer *peer, const struct ring_transfer *array, uint32_t n)
{
    err_t error = ERR_OK;

    for (uint32_t i = 0; i < n && !error; i++) {
        error = expect_form(array[i]);
        if (!error)
            error = expect_usable(peer, array[i].cap);
    }
    return error || !is_doubled(array, n) ? error : ERR_RESERVED;
}

TEST(step_begin)
{
    struct message *message = &messages[below(N_MESSAGES)];
    err_t error, expected;

    if (message->sender)
        PASS;
    *message = (struct message){.sender = &peers[below(N_PROCESSES)], .n = 1 + below(SENT_MAX)};
    write_array(message);
    expected = expect_begin(message->sender, array_of(message), message->n);
    error =
        transfers_begin(&message->sender->thread, offset_of(message), message->n, &message->moving);
    CHECK(error == expected);
    for (unsigned i = 0; i < message->n && !error; i++) {
        const struct ring_transfer *transfer = &array_of(message)[i];

        if (transfer->mode != RING_MOVE)
            continue;
        held_find(message->sender, transfer->cap)->moves = true;
        message->moves[message->n_moves++] = transfer->cap;
    }
    CHECK(error || (message->moving == NO_CAP) == (message->n_moves == 0));
    if (error)
        message->sender = NULL;
    PASS;
}

/* The sender's threads write where they like. */
TEST(step_tamper)
{
    struct message *message = &messages[below(N_MESSAGES)];
    struct ring_transfer *transfer;

    if (!message->sender)
        PASS;
    transfer = &array_of(message)[below(message->n)];
    if (below(3))
        transfer->cap = any_handle(message->sender, 0);
    if (below(3))
        transfer->mode = below(5) % 3;
    PASS;
}

static void end(struct message *message)
{
    for (unsigned i = 0; i < message->n_moves; i++) {
        struct held *held = held_find(message->sender, message->moves[i]);

        if (held)
            held->moves = false;
    }
    message->sender = NULL;
}

TEST(step_cancel)
{
    struct message *message = &messages[below(N_MESSAGES)];

    if (!message->sender)
        PASS;
    transfers_give_back(&message->sender->process.caps, message->moving);
    end(message);
    PASS;
}

static err_t expect_scope(const struct peer *from, const struct held *held, const struct peer *to)
{
    if (held->first_hand || held->scope == CAP_SHAREABLE)
        return ERR_OK;
    return held->scope == CAP_SAME_SESSION && from->process.session == to->process.session
               ? ERR_OK
               : ERR_SCOPE;
}

/* But for what the receiver lacks. */
static err_t expect_deliver(const struct message *message, const struct peer *to)
{
    const struct ring_transfer *array = array_of(message);
    err_t error = ERR_OK;
    unsigned n_moves = 0;

    for (uint32_t i = 0; i < message->n && !error; i++) {
        error = expect_form(array[i]);
        if (error)
            break;
        if (array[i].mode == RING_COPY)
            error = expect_usable(message->sender, array[i].cap);
        else if (n_moves == message->n_moves || message->moves[n_moves++] != array[i].cap)
            error = ERR_BAD_HANDLE;
        if (!error)
            error = expect_scope(message->sender, held_find(message->sender, array[i].cap), to);
    }
    return error || n_moves == message->n_moves ? error : ERR_BAD_HANDLE;
}

/* The model's receiver gets what the array says; what moved is the sender's no more. */
static int take_over(const struct message *message, struct peer *to, const struct ring_cap *out)
{
    struct held come[SENT_MAX] = {{0}};

    for (unsigned i = 0; i < message->n; i++) {
        struct ring_transfer transfer = array_of(message)[i];
        struct held *held = held_find(message->sender, transfer.cap);

        come[i] = *held;
        come[i].handle = out[i].cap;
        come[i].first_hand = come[i].moves = false;
        CHECK(out[i].interface_id == held->interface_id);
    }
    for (unsigned i = 0; i < message->n_moves; i++)
        held_remove(message->sender, held_find(message->sender, message->moves[i]));
    for (unsigned i = 0; i < message->n; i++)
        to->held[to->n++] = come[i];
    PASS;
}

/* All or nothing, whatever fails at the receiver. */
TEST(step_deliver)
{
    struct message *message = &messages[below(N_MESSAGES)];
    struct peer *to = &peers[below(N_PROCESSES)];
    struct ring_cap out[RING_TRANSFERS_MAX];
    uint32_t moving = message->moving;
    bool fails = below(4) == 0;
    err_t error, expected;

    if (!message->sender)
        PASS;
    expected = expect_deliver(message, to);
    if (!expected && to->n + message->n > HELD_MAX)
        expected = ERR_NO_CAPS;
    fake_memory_fails_after = fails ? (int)below(2) : -1;
    error = transfers_deliver(&message->sender->thread, offset_of(message), message->n,
                              &message->moving, &to->process, out);
    fake_memory_fails_after = -1;
    CHECK(error == expected || (fails && error == ERR_NO_MEMORY));
    if (error) {
        CHECK(message->moving == moving);
        if (below(2)) {
            transfers_give_back(&message->sender->process.caps, message->moving);
            end(message);
        }
        PASS;
    }
    CHECK(message->moving == NO_CAP);
    CHECK(take_over(message, to, out));
    message->sender = NULL;
    PASS;
}

/* The process is gone: its messages first, then its table. */
TEST(step_clear)
{
    struct peer *peer = &peers[below(N_PROCESSES)];

    for (unsigned i = 0; i < N_MESSAGES; i++) {
        if (messages[i].sender == peer) {
            transfers_give_back(&peer->process.caps, messages[i].moving);
            end(&messages[i]);
        }
    }
    while (cap_table_clear_step(&peer->process.caps))
        ;
    CHECK(peer->process.ledger->used[LEDGER_CAPS] == 0);
    CHECK(peer->process.ledger->used[LEDGER_FRAMES] == 0);
    cap_table_init(&peer->process.caps, peer->process.ledger);
    peer->n = 0;
    PASS;
}

/* As spawn does: what moves is dropped when others have got it. */
TEST(step_hand_out)
{
    struct peer *peer = &peers[below(N_PROCESSES)];
    struct message message = {.sender = peer, .n = 1 + below(SENT_MAX)};
    struct transfers transfers;
    uint32_t moving = NO_CAP;
    err_t error;

    if (messages[0].sender)
        PASS;
    messages[0] = message; /* its place in the arena */
    write_array(&messages[0]);
    error = transfers_read(&peer->thread, 0, message.n, &transfers);
    if (!error)
        error = transfers_hold(&transfers, &moving);
    CHECK(error == expect_begin(peer, array_of(&messages[0]), message.n));
    if (!error)
        transfers_drop(&peer->process.caps, moving);
    for (unsigned i = 0; i < message.n && !error; i++) {
        if (array_of(&messages[0])[i].mode == RING_MOVE)
            held_remove(peer, held_find(peer, array_of(&messages[0])[i].cap));
    }
    messages[0].sender = NULL;
    PASS;
}

static void start(void)
{
    static const struct budget budget = {{[LEDGER_FRAMES] = 10, [LEDGER_CAPS] = HELD_MAX}};
    err_t error;

    state = 0x7654321;
    for (unsigned i = 0; i < N_OBJECTS; i++)
        objects[i] = (struct object){.type = &type, .refs = 1};
    for (unsigned p = 0; p < N_PROCESSES; p++) {
        struct peer *peer = &peers[p];

        peer->process.ledger = ledger_create(NULL, &budget, &error);
        cap_table_init(&peer->process.caps, peer->process.ledger);
        peer->process.session = &sessions[p == N_PROCESSES - 1];
        peer->thread.process = &peer->process;
        peer->thread.ring.arena = peer->arena;
        peer->thread.ring.arena_len = sizeof(peer->arena);
    }
}

TEST(nothing_left)
{
    for (unsigned i = 0; i < N_MESSAGES; i++) {
        if (messages[i].sender)
            transfers_give_back(&messages[i].sender->process.caps, messages[i].moving);
    }
    for (unsigned p = 0; p < N_PROCESSES; p++) {
        while (cap_table_clear_step(&peers[p].process.caps))
            ;
        ledger_close(peers[p].process.ledger);
    }
    for (unsigned i = 0; i < N_OBJECTS; i++)
        CHECK(objects[i].refs == 1);
    CHECK(frames_free() == frames_total());
    PASS;
}

TEST(random_messages)
{
    start();
    for (unsigned i = 0; i < STEPS; i++) {
        unsigned what = below(1000);
        bool grows = i / 2000 % 2 == 0;

        if (what < (grows ? 300 : 150))
            CHECK(step_insert());
        else if (what < 500)
            CHECK(step_release());
        else if (what < 700)
            CHECK(step_begin());
        else if (what < 750)
            CHECK(step_tamper());
        else if (what < 800)
            CHECK(step_cancel());
        else if (what < 970)
            CHECK(step_deliver());
        else if (what < 998)
            CHECK(step_hand_out());
        else
            CHECK(step_clear());
        CHECK(check_peer() && check_objects());
    }
    return nothing_left();
}

TEST(form)
{
    struct thread *thread = &peers[0].thread;
    struct transfers transfers;
    uint32_t moving;

    start();
    CHECK(transfers_read(thread, 0, 0, &transfers) == ERR_OK && transfers.n == 0);
    CHECK(transfers_begin(thread, 8, 0, &moving) == ERR_BAD_FLAGS);
    CHECK(transfers_begin(thread, 0, RING_TRANSFERS_MAX + 1, &moving) == ERR_BAD_ARGUMENT);
    CHECK(transfers_begin(thread, 4, 1, &moving) == ERR_BAD_ARENA);
    CHECK(transfers_read(thread, 8, 0, &transfers) == ERR_BAD_FLAGS);
    CHECK(transfers_read(thread, 0, RING_TRANSFERS_MAX + 1, &transfers) == ERR_BAD_ARGUMENT);
    CHECK(transfers_read(thread, 4, 1, &transfers) == ERR_BAD_ARENA);
    CHECK(transfers_read(thread, PAGE_SIZE - 8, 1, &transfers) == ERR_BAD_ARENA);
    CHECK(transfers_read(thread, 1u << 31, 1, &transfers) == ERR_BAD_ARENA);
    return nothing_left();
}

int main(void)
{
    fake_memory_start();
    RUN(form);
    RUN(random_messages);
    TESTS_END;
}

/*
 * Uses handles that are stale, forged, or released already.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"

static cap_t memory_new(void)
{
    cap_t memory;

    check(outcome_is_done(frames_allocate(capos_cap("frames"), 1, &memory)), "a page");
    return memory;
}

static void try_stale(void)
{
    cap_t memory = memory_new(), next;
    uint32_t pages;

    attempt("releasing a handle", cap_release(memory), ERR_OK);
    attempt("releasing it once more", cap_release(memory), ERR_BAD_HANDLE);
    attempt("a handle after its release", memory_info(memory, &pages), ERR_BAD_HANDLE);
    next = memory_new();
    check(next != memory, "another handle for another capability");
    attempt("a handle whose place has a new tenant", memory_info(memory, &pages), ERR_BAD_HANDLE);
    attempt("releasing the new tenant by it", cap_release(memory), ERR_BAD_HANDLE);
    attempt("the new tenant", memory_info(next, &pages), ERR_OK);
    cap_release(next);
}

/* The same place again and again: no handle comes twice. */
static void try_reuse(void)
{
    cap_t last = CAP_NONE;

    for (unsigned i = 0; i < 1000; i++) {
        cap_t memory = memory_new();

        check(memory != last, "a handle that was never there before");
        check(outcome_is_done(cap_release(memory)), "its release");
        check(cap_release(last).code == ERR_BAD_HANDLE, "the one before to be stale");
        last = memory;
    }
    console_printf("1000 capabilities in one place: no handle comes twice");
}

static void try_forged(void)
{
    cap_t console = capos_cap("console");
    uint32_t found = 0;

    for (unsigned bit = 0; bit < 64; bit++) {
        cap_t forged = console ^ 1ull << bit;
        struct outcome outcome =
            capos_call(forged, INTERFACE_CONSOLE, CONSOLE_METHODS, NULL, 0, NULL, 0);

        check(outcome.code == ERR_BAD_HANDLE || outcome.code == ERR_BAD_INTERFACE,
              "bit %u to lead nowhere, not to: %s", bit, outcome_sentence(outcome));
        found += outcome.code == ERR_BAD_INTERFACE;
    }
    check(found <= 5, "no more than its own neighbours, not %u", found);
    console_printf("the console's handle with each bit flipped: at most another one of its own");
}

/* A capability does what its interface says, under no other name. */
static void try_interfaces(void)
{
    cap_t memory = memory_new();
    uint32_t pages;
    uint64_t now;

    attempt("the console as a timer", timer_now(capos_cap("console"), &now), ERR_BAD_INTERFACE);
    attempt("a timer as memory", memory_info(capos_cap("timer"), &pages), ERR_BAD_INTERFACE);
    attempt("memory as a process", process_terminate(memory), ERR_BAD_INTERFACE);
    attempt("memory as an endpoint", endpoint_close(memory), ERR_BAD_INTERFACE);
    attempt("memory as a reply", capos_answer(memory, NULL, 0), ERR_BAD_INTERFACE);
    cap_release(memory);
}

/* Capabilities that go along with a call: of spawn(), the method that takes some. */
static struct outcome spawn_with(uint32_t offset, uint32_t n, struct ring_transfer transfer)
{
    struct ring_client *client = ring_mine();
    uint32_t at = arena_alloc(client, sizeof(transfer));
    struct call call;
    struct outcome outcome;

    memcpy(ring_at(client, at), &transfer, sizeof(transfer));
    call_open(&call, capos_cap("processes"), INTERFACE_PROCESSES, PROCESSES_SPAWN, 8);
    capnp_set_text(capnp_init_root(&call.params, 1, 4), 0, capnp_text("nobody"));
    call.submission.transfers = at + offset;
    call.submission.n_transfers = n;
    outcome = call_make(&call, 64);
    call_close(&call);
    arena_free(client, at);
    return outcome;
}

static void try_transfers(void)
{
    struct ring_transfer right = {.cap = capos_cap("console"), .mode = RING_COPY};
    struct ring_transfer forged = {.cap = 0xdeadbeef, .mode = RING_COPY};
    struct ring_transfer mode = {.cap = right.cap, .mode = RING_TRANSFER_MODES};
    struct ring_transfer reserved = {.cap = right.cap, .mode = RING_COPY, .reserved = 1};

    attempt("passing on a forged handle", spawn_with(0, 1, forged), ERR_BAD_HANDLE);
    attempt("passing on in an unknown mode", spawn_with(0, 1, mode), ERR_BAD_ARGUMENT);
    attempt("passing on with a reserved word set", spawn_with(0, 1, reserved), ERR_BAD_FLAGS);
    attempt("passing on 33 capabilities", spawn_with(0, 33, right), ERR_BAD_ARGUMENT);
    attempt("passing on 2^32 - 1 capabilities", spawn_with(0, UINT32_MAX, right), ERR_BAD_ARGUMENT);
    attempt("passing on from outside the arena", spawn_with(0x40000, 1, right), ERR_BAD_ARENA);
    attempt("passing on from an odd offset", spawn_with(4, 1, right), ERR_BAD_ARENA);
    attempt("passing on to a program that is not there", spawn_with(0, 1, right), ERR_NOT_FOUND);
}

int main(void)
{
    try_stale();
    try_reuse();
    try_forged();
    try_interfaces();
    try_transfers();
    return 0;
}

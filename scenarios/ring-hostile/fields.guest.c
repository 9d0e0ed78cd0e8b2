/*
 * Submits entries with one field out of range, or set where it is reserved.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each begins as a submission that is right, has one field changed, and must be refused with the
 * error beside it. A CALL is TIMER_NOW, the others do what they do with nothing in particular.
 */
#include "capos/capos.h"

#define PARAMS     1024 /* where in the arena */
#define RESULT     2048
#define RESULT_LEN 256

#define KERNEL 0xffffffff80000000

static cap_t notification, signaller;

/* What a submission has that is right for its opcode. */
static struct ring_submission right(uint8_t opcode)
{
    static uint32_t word = 1;
    struct ring_submission submission = {.opcode = opcode};

    if (opcode == RING_CALL) {
        submission.cap = capos_cap("timer");
        submission.interface_id = INTERFACE_TIMER;
        submission.method = TIMER_NOW;
        submission.result = RESULT;
        submission.result_len = RESULT_LEN;
    } else if (opcode == RING_PARK || opcode == RING_UNPARK) {
        submission.cap = capos_cap("park");
        submission.argument = (uint64_t)&word;
    } else if (opcode == RING_SIGNAL || opcode == RING_WAIT) {
        submission.cap = notification;
        submission.argument = 1;
    }
    return submission;
}

#define FIELD(name) \
    offsetof(struct ring_submission, name), sizeof(((struct ring_submission *)0)->name)

struct lie {
    const char *words;
    uint8_t opcode;
    uint8_t offset, len; /* of the field */
    uint64_t value;
    err_t expected;
};

/* clang-format off */
static const struct lie lies[] = {
    {"NOP with flags",        RING_NOP, FIELD(flags),        1, ERR_BAD_FLAGS},
    {"NOP with a method",     RING_NOP, FIELD(method),       1, ERR_BAD_FLAGS},
    {"NOP with a value",      RING_NOP, FIELD(value),        1, ERR_BAD_FLAGS},
    {"NOP with a capability", RING_NOP, FIELD(cap),          1, ERR_BAD_FLAGS},
    {"NOP with an interface", RING_NOP, FIELD(interface_id), 1, ERR_BAD_FLAGS},
    {"NOP with parameters",   RING_NOP, FIELD(params),       8, ERR_BAD_FLAGS},
    {"NOP with the length of parameters", RING_NOP, FIELD(params_len), 8, ERR_BAD_FLAGS},
    {"NOP with results",      RING_NOP, FIELD(result),       8, ERR_BAD_FLAGS},
    {"NOP with the length of results",    RING_NOP, FIELD(result_len), 8, ERR_BAD_FLAGS},
    {"NOP with a deadline",   RING_NOP, FIELD(deadline),     1, ERR_BAD_FLAGS},

    {"first opcode that is none", RING_NOP, FIELD(opcode), RING_OPCODES, ERR_BAD_OPCODE},
    {"last opcode that is none",  RING_NOP, FIELD(opcode), UINT8_MAX, ERR_BAD_OPCODE},

    {"CALL with flags",                RING_CALL, FIELD(flags), 1, ERR_BAD_FLAGS},
    {"CALL with all flags",            RING_CALL, FIELD(flags), UINT8_MAX, ERR_BAD_FLAGS},
    {"CALL with a value above what it discloses", RING_CALL, FIELD(value), 0x10000, ERR_BAD_FLAGS},
    {"CALL of handle 0",               RING_CALL, FIELD(cap), 0, ERR_BAD_HANDLE},
    {"CALL of the highest handle",     RING_CALL, FIELD(cap), UINT64_MAX, ERR_BAD_HANDLE},
    {"CALL as a console", RING_CALL, FIELD(interface_id), INTERFACE_CONSOLE, ERR_BAD_INTERFACE},
    {"CALL as no interface",           RING_CALL, FIELD(interface_id), 0, ERR_BAD_INTERFACE},
    {"CALL of a method after the last", RING_CALL, FIELD(method), TIMER_METHODS, ERR_BAD_METHOD},
    {"CALL of the highest method",     RING_CALL, FIELD(method), UINT16_MAX, ERR_BAD_METHOD},
    {"CALL with parameters not aligned", RING_CALL, FIELD(params), PARAMS + 4, ERR_BAD_ARENA},
    {"CALL with parameters of 12 bytes", RING_CALL, FIELD(params_len), 12, ERR_BAD_ARENA},
    {"CALL with parameters beyond the arena", RING_CALL, FIELD(params), 0x40008, ERR_BAD_ARENA},
    {"CALL with parameters at the last place", RING_CALL, FIELD(params), 0xfffffff8, ERR_BAD_ARENA},
    {"CALL with parameters of 4 GiB",  RING_CALL, FIELD(params_len), 0xfffffff8, ERR_BAD_ARENA},
    {"CALL with parameters of 4104 bytes", RING_CALL, FIELD(params_len), 4104, ERR_BAD_LENGTH},
    {"CALL with results not aligned",  RING_CALL, FIELD(result), RESULT + 1, ERR_BAD_ARENA},
    {"CALL with results of 255 bytes", RING_CALL, FIELD(result_len), 255, ERR_BAD_ARENA},
    {"CALL with results beyond the arena", RING_CALL, FIELD(result), 0x40008, ERR_BAD_ARENA},
    {"CALL with results at the last place", RING_CALL, FIELD(result), 0xfffffff8, ERR_BAD_ARENA},
    {"CALL with results of 4 GiB",     RING_CALL, FIELD(result_len), 0xfffffff8, ERR_BAD_ARENA},
    {"CALL with no room for results",  RING_CALL, FIELD(result_len), 0, ERR_NO_ROOM},
    {"CALL with 8 bytes for 16",       RING_CALL, FIELD(result_len), 8, ERR_NO_ROOM},

    {"RECV at no endpoint",     RING_RECV, FIELD(value), 0, ERR_BAD_HANDLE},
    {"RECV with a method",      RING_RECV, FIELD(method), 1, ERR_BAD_FLAGS},
    {"RECV with parameters",    RING_RECV, FIELD(params), 8, ERR_BAD_FLAGS},
    {"RETURN without a reply",  RING_RETURN, FIELD(value), 0, ERR_BAD_HANDLE},
    {"RETURN with unknown flags", RING_RETURN, FIELD(flags), 0x80, ERR_BAD_FLAGS},
    {"RETURN with a method",    RING_RETURN, FIELD(method), 1, ERR_BAD_FLAGS},
    {"RELEASE of nothing",      RING_RELEASE, FIELD(cap), 0, ERR_BAD_HANDLE},
    {"RELEASE with an argument", RING_RELEASE, FIELD(argument), 1, ERR_BAD_FLAGS},
    {"RELEASE with results",    RING_RELEASE, FIELD(result), RESULT, ERR_BAD_FLAGS},
    {"CANCEL of nothing",       RING_CANCEL, FIELD(argument), 12345, ERR_NOT_FOUND},
    {"CANCEL with a capability", RING_CANCEL, FIELD(cap), 1, ERR_BAD_FLAGS},

    {"PARK with another value than the word's", RING_PARK, FIELD(value), 2, ERR_MISMATCH},
    {"PARK without a ParkSpace",    RING_PARK, FIELD(cap), 0, ERR_BAD_HANDLE},
    {"PARK at null",                RING_PARK, FIELD(argument), 0, ERR_BAD_ADDRESS},
    {"PARK at an odd address",      RING_PARK, FIELD(argument), 0x400002, ERR_BAD_ADDRESS},
    {"PARK where nothing is",       RING_PARK, FIELD(argument), 0x700000000000, ERR_BAD_ADDRESS},
    {"PARK in the kernel",          RING_PARK, FIELD(argument), KERNEL, ERR_BAD_ADDRESS},
    {"PARK beyond the program's half", RING_PARK, FIELD(argument), USER_END, ERR_BAD_ADDRESS},
    {"PARK at the last word of all", RING_PARK, FIELD(argument), UINT64_MAX - 3, ERR_BAD_ADDRESS},
    {"PARK with results",           RING_PARK, FIELD(result), RESULT, ERR_BAD_FLAGS},
    {"PARK with an interface", RING_PARK, FIELD(interface_id), INTERFACE_PARK_SPACE, ERR_BAD_FLAGS},
    {"UNPARK at an odd address",    RING_UNPARK, FIELD(argument), 0x400001, ERR_BAD_ADDRESS},
    {"UNPARK in the kernel",        RING_UNPARK, FIELD(argument), KERNEL, ERR_BAD_ADDRESS},
    {"UNPARK with a deadline",      RING_UNPARK, FIELD(deadline), 1, ERR_BAD_FLAGS},

    {"SIGNAL with a value",         RING_SIGNAL, FIELD(value), 1, ERR_BAD_FLAGS},
    {"SIGNAL with a deadline",      RING_SIGNAL, FIELD(deadline), 1, ERR_BAD_FLAGS},
    {"SIGNAL of handle 0",          RING_SIGNAL, FIELD(cap), 0, ERR_BAD_HANDLE},
    {"SIGNAL of no bit",            RING_SIGNAL, FIELD(argument), 0, ERR_BAD_ARGUMENT},
    {"WAIT with a value",           RING_WAIT, FIELD(value), 1, ERR_BAD_FLAGS},
    {"WAIT with results",           RING_WAIT, FIELD(result), RESULT, ERR_BAD_FLAGS},
    {"WAIT with an interface", RING_WAIT, FIELD(interface_id), INTERFACE_NOTIFICATION, ERR_BAD_FLAGS},
    {"WAIT at handle 0",            RING_WAIT, FIELD(cap), 0, ERR_BAD_HANDLE},
    {"WAIT for no bit",             RING_WAIT, FIELD(argument), 0, ERR_BAD_ARGUMENT},
};
/* clang-format on */

/* Submits it, and sees that exactly one completion comes, for it, with nothing in it. */
static struct outcome submit(const struct ring_submission *submission)
{
    struct ring_client *client = ring_mine();
    struct ring_completion completion;

    check(ring_submit(client, submission), "room in the queue");
    check(ring_enter(client, 1, RING_NEVER) == 1, "one submission to be taken");
    check(ring_poll(client, &completion) && ring_held(client) == 0, "one completion");
    check(completion.user_data == submission->user_data, "its user_data");
    check(completion.n_caps == 0 && completion.result_len == 0, "nothing in it");
    return outcome_read(client, &completion, NULL);
}

static void tell(const struct lie *lie)
{
    struct ring_submission submission = right(lie->opcode);

    memcpy((uint8_t *)&submission + lie->offset, &lie->value, lie->len);
    submission.user_data = lie->value ^ 0x5555555555555555;
    attempt(lie->words, submit(&submission), lie->expected);
}

/* Places in the arena that are right at its very end, and one step behind it. */
static void try_edges(void)
{
    uint32_t len = ring_mine()->arena_len;
    struct ring_submission call = right(RING_CALL);
    struct ring_completion completion;

    call.result = len - RESULT_LEN + 8;
    attempt("CALL with results 8 bytes over the end", submit(&call), ERR_BAD_ARENA);
    call.result = len - RESULT_LEN;
    check(ring_do(ring_mine(), &call, &completion) == ERR_OK && completion.status == 0, "a call");
    console_printf("CALL with results at the very end: done");
}

/* Parameters whose bytes are no message. */
static void try_messages(void)
{
    static const struct {
        const char *words;
        uint64_t root;
    } roots[] = {
        {"CALL with a root outside the message", 0x0001000000000100},
        {"CALL with a root before the message", 0x00010000fffffff0},
        {"CALL with a root that is longer than the message", 0x0000ffff00000000},
        {"CALL with a far pointer as its root", 0x0000000000000002},
        {"CALL with a list as its root", 0x0000000700000001},
        {"CALL with a capability as its root", 0x0000000000000003},
    };
    struct ring_submission call = right(RING_CALL);

    call.params = PARAMS;
    call.params_len = 16;
    for (unsigned i = 0; i < sizeof(roots) / sizeof(roots[0]); i++) {
        memcpy(ring_at(ring_mine(), PARAMS), &roots[i].root, sizeof(roots[i].root));
        attempt(roots[i].words, submit(&call), ERR_BAD_MESSAGE);
    }
}

int main(void)
{
    check(outcome_is_done(
              notifications_create(capos_cap("notifications"), &notification, &signaller)),
          "a notification");
    for (unsigned i = 0; i < sizeof(lies) / sizeof(lies[0]); i++)
        tell(&lies[i]);
    try_edges();
    try_messages();
    return 0;
}

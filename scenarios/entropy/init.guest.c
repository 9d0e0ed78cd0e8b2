/*
 * Reads unpredictable bytes, as many as may be and more, or none where there is no source of them.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <cpuid.h>

#include "capos/capos.h"
#include "capos/format.h"
#include "capos/program.h"

#define BYTES_MAX 1024
#define READS     1000
#define UNTOUCHED 0xa5

static uint8_t bytes[BYTES_MAX];

static struct outcome read(void *to, uint32_t len)
{
    uint32_t got;
    struct outcome outcome = entropy_read(capos_cap("entropy"), len, to, len, &got);

    check(got == (outcome_is_done(outcome) ? len : 0), "all bytes or none, not %u", got);
    return outcome;
}

static bool is_filled(const uint8_t *at, size_t len, uint8_t byte)
{
    for (size_t i = 0; i < len; i++) {
        if (at[i] != byte)
            return false;
    }
    return true;
}

/* --- Where there is a source --- */

static void lengths(void)
{
    static const uint32_t good[] = {0, 1, 7, 8, 9, 31, 32, 33, 64, 1023, 1024};
    static const uint32_t bad[] = {1025, 4096, 1u << 31, UINT32_MAX};

    for (unsigned i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        char what[32];

        format_text(what, sizeof(what), "%u bytes", good[i]);
        memset(bytes, UNTOUCHED, sizeof(bytes));
        attempt(what, read(bytes, good[i]), ERR_OK);
        check(is_filled(bytes + good[i], sizeof(bytes) - good[i], UNTOUCHED), "no byte more");
        check(good[i] < 31 || !is_filled(bytes, good[i], UNTOUCHED), "bytes that came");
    }
    for (unsigned i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        uint64_t params = bad[i];
        char what[32];

        format_text(what, sizeof(what), "%u bytes", bad[i]);
        attempt(
            what,
            capos_call(capos_cap("entropy"), INTERFACE_ENTROPY, ENTROPY_READ, &params, 1, NULL, 0),
            ERR_BAD_ARGUMENT);
    }
}

/* A call for LEN bytes with ROOM bytes for its results, exactly; the room is at AT. */
static struct outcome read_into(uint32_t len, uint32_t room, const uint8_t **at)
{
    struct call call;
    struct ring_completion completion;
    struct outcome outcome;

    call_open(&call, capos_cap("entropy"), INTERFACE_ENTROPY, ENTROPY_READ, 2);
    capnp_set_u32(capnp_init_root(&call.params, 1, 0), 0, len);
    check(call_prepare(&call, 2 * BYTES_MAX) == ERR_OK, "room in the arena");
    call.submission.result_len = room;
    memset(ring_at(call.client, call.submission.result), UNTOUCHED, 2 * BYTES_MAX);
    check(ring_do(call.client, &call.submission, &completion) == ERR_OK, "a completion");
    *at = ring_at(call.client, call.submission.result);
    outcome = outcome_read(call.client, &completion, *at);
    call_close(&call);
    return outcome;
}

/* What lies behind the room is looked at before anything else uses the arena. */
static struct outcome read_64(uint32_t room)
{
    const uint8_t *at;
    struct outcome outcome = read_into(64, room, &at);

    check(is_filled(at + room, 2 * BYTES_MAX - room, UNTOUCHED), "nothing behind the room");
    return outcome;
}

static void no_room(void)
{
    attempt("64 bytes, with room for 56 and the message around them", read_64(72), ERR_NO_ROOM);
    attempt("64 bytes, with just enough room", read_64(80), ERR_OK);
}

/* By chance once in 2^109 runs. */
static void all_different(void)
{
    static uint8_t reads[READS][16];

    for (unsigned i = 0; i < READS; i++) {
        check(outcome_is_done(read(reads[i], sizeof(reads[i]))), "16 bytes");
        for (unsigned k = 0; k < i; k++)
            check(memcmp(reads[i], reads[k], sizeof(reads[i])) != 0, "bytes that differ");
    }
    console_printf("1000 times 16 bytes: no two alike");
}

static int count_ones(uint8_t byte)
{
    int n = 0;

    for (; byte; byte &= byte - 1)
        n++;
    return n;
}

/* Half of the bits are set, but for 14 standard deviations; each value of a byte comes. */
static void balanced(void)
{
    const int n = 64 * BYTES_MAX * 8;
    static uint32_t seen[256];
    int ones = 0;

    for (unsigned i = 0; i < 64; i++) {
        check(outcome_is_done(read(bytes, sizeof(bytes))), "1024 bytes");
        for (unsigned k = 0; k < sizeof(bytes); k++) {
            ones += count_ones(bytes[k]);
            seen[bytes[k]]++;
        }
    }
    check(ones > n / 2 - n / 100 && ones < n / 2 + n / 100, "about %d ones, not %d", n / 2, ones);
    for (unsigned i = 0; i < 256; i++)
        check(seen[i] > 128 && seen[i] < 512, "about 256 bytes of %u, not %u", i, seen[i]);
    console_printf("65536 bytes: half of the bits are ones, no value of a byte is rare");
}

/* Each ends with 32 bits of its own; alike by chance once in 2^32 runs. */
static void two_processes(void)
{
    struct process_end one = program_run("reader", NULL, 0, BUDGET_SMALL);
    struct process_end other = program_run("reader", NULL, 0, BUDGET_SMALL);

    check(one.reason == PROCESS_REASON_EXITED && other.reason == PROCESS_REASON_EXITED,
          "two exits");
    check(one.code != other.code, "codes that differ");
    console_printf("two processes: each has bytes of its own");
}

/* --- Where there is none --- */

static void none(void)
{
    memset(bytes, UNTOUCHED, sizeof(bytes));
    attempt("32 bytes", read(bytes, 32), ERR_NO_ENTROPY);
    attempt("1 byte", read(bytes, 1), ERR_NO_ENTROPY);
    attempt("1025 bytes", read_into(BYTES_MAX + 1, 1040, &(const uint8_t *){NULL}),
            ERR_BAD_ARGUMENT);
    for (unsigned i = 0; i < 100; i++) {
        const uint8_t *at;

        check(read_into(BYTES_MAX, BYTES_MAX + 16, &at).code == ERR_NO_ENTROPY, "a refusal");
        check(is_filled(at + 128, 2 * BYTES_MAX - 128, UNTOUCHED), "nothing but the refusal");
    }
    check(is_filled(bytes, sizeof(bytes), UNTOUCHED), "no byte");
    console_printf("100 attempts: no byte has come");
}

/* Intel SDM volume 2, CPUID */
static bool has_source(void)
{
    uint32_t a, b, c, d, features;

    __cpuid(1, a, b, features, d);
    __cpuid_count(7, 0, a, b, c, d);
    return features & bit_RDRND || b & bit_RDSEED;
}

int main(void)
{
    if (!has_source()) {
        none();
        return 0;
    }
    lengths();
    no_room();
    all_different();
    balanced();
    two_processes();
    return 0;
}

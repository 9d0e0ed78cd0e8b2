/*
 * Uses its streams in every way that is wrong, and then in a right one.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"

#include "interfaces/stdio.calls.h"

#define TOO_LONG 4001

static uint8_t bytes[TOO_LONG];

/* A message that is no ByteStream's: random pointers, and a method number. */
static struct outcome call_raw(cap_t stream, uint16_t method, uint64_t word)
{
    struct call call;
    struct outcome outcome;

    call_open(&call, stream, INTERFACE_BYTE_STREAM, method, 4);
    capnp_init_root(&call.params, 0, 3);
    for (uint32_t i = 0; i < 4; i++)
        call.params.words[i] = word;
    outcome = call_make(&call, 4096);
    return call_end(&call, outcome);
}

static void wrong_calls(void)
{
    cap_t in = capos_cap("stdin"), out = capos_cap("stdout");
    uint32_t len;

    attempt("reading nothing", byte_stream_read(in, 0, bytes, 8, &len), ERR_BAD_ARGUMENT);
    attempt("reading 4001 bytes", byte_stream_read(in, TOO_LONG, bytes, 8, &len), ERR_BAD_ARGUMENT);
    attempt("reading from stdout", byte_stream_read(out, 8, bytes, 8, &len), ERR_UNSUPPORTED);
    attempt("writing to stdin", byte_stream_write(in, capnp_data("x", 1)), ERR_UNSUPPORTED);
    attempt("writing 4001 bytes", byte_stream_write(out, capnp_data(bytes, TOO_LONG)),
            ERR_BAD_LENGTH);
    attempt("a mode that does not exist", byte_stream_set_mode(in, 7), ERR_BAD_ARGUMENT);
    attempt("a method that does not exist", call_raw(in, 9, 0), ERR_BAD_METHOD);
    attempt("a root that points nowhere", call_raw(out, BYTE_STREAM_WRITE, 0x7ffffffffffffffc),
            ERR_BAD_MESSAGE);
    attempt("a far pointer", call_raw(out, BYTE_STREAM_WRITE, 0xfffffffffffffffa), ERR_BAD_MESSAGE);
    attempt("the stream as a timer", timer_now(out, NULL), ERR_BAD_INTERFACE);
}

static void read_begin(struct call *call, uint64_t id)
{
    byte_stream_read_params_set_max_len(byte_stream_read_open(call, capos_cap("stdin"), 0), 8);
    check(call_submit(call, 64, id) == ERR_OK, "a read to submit");
    check(ring_enter(ring_mine(), 0, 0) >= 0, "a read under way");
}

/* Two reads at once: the first is refused, the second cancelled, and the stream works as before. */
static void two_reads(void)
{
    struct call first, second;

    read_begin(&first, 1);
    read_begin(&second, 2);
    attempt("a read that waits when another one comes", call_wait(&first), ERR_IN_USE);
    check(call_cancel(&second) == ERR_OK, "a read to cancel");
    attempt("a read that is cancelled", call_wait(&second), ERR_CANCELLED);
    call_close(&first);
    call_close(&second);
}

int main(void)
{
    static const char prompt[] = "a line: ";
    uint32_t len;

    wrong_calls();
    two_reads();
    attempt("writing",
            byte_stream_write(capos_cap("stdout"), capnp_data(prompt, sizeof(prompt) - 1)), ERR_OK);
    attempt("reading", byte_stream_read(capos_cap("stdin"), 8, bytes, 8, &len), ERR_OK);
    console_printf("%u bytes: \"%.*s\"", len, (int)len, (const char *)bytes);
    return 0;
}

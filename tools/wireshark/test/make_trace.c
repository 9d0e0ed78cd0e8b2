/*
 * Writes a ring tap, as the kernel would, to standard output, for ringtap_test.sh: a small one, or
 * with the argument "names" one that has every operation and every error.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "abi/err.h"
#include "abi/kernel.capnp.h"
#include "abi/ringtap.h"

#include <stdio.h>
#include <string.h>

#define MS 1000000ull

/* draft-ietf-opsawg-pcapng, sections 4.1 to 4.3 */
#define BLOCK_SECTION   0x0a0d0d0a
#define BLOCK_INTERFACE 1
#define BLOCK_PACKET    6
#define BYTE_ORDER      0x1a2b3c4d

static uint64_t now = 1000 * MS; /* since boot */
static uint64_t thread = 4;

static void word(uint32_t value)
{
    fwrite(&value, sizeof(value), 1, stdout);
}

static void write_start(void)
{
    const uint32_t section[] = {BLOCK_SECTION, 28, BYTE_ORDER, 1, UINT32_MAX, UINT32_MAX, 28};
    const uint32_t nanoseconds[] = {9 | 1 << 16, 9};
    const uint32_t interface[] = {
        BLOCK_INTERFACE, 32, RINGTAP_LINKTYPE, 0, nanoseconds[0], nanoseconds[1], 0, 32};

    fwrite(section, sizeof(section), 1, stdout);
    fwrite(interface, sizeof(interface), 1, stdout);
}

/* LEN is a multiple of four. */
static void write_packet(const void *bytes, uint32_t len)
{
    word(BLOCK_PACKET);
    word(len + 32);
    word(0);
    word((uint32_t)(now >> 32));
    word((uint32_t)now);
    word(len);
    word(len);
    fwrite(bytes, len, 1, stdout);
    word(len + 32);
    now += 12345;
}

static void write_record(struct ringtap_header header, const void *entry, size_t len)
{
    uint8_t packet[sizeof(header) + sizeof(struct ring_submission)];

    header.process_id = 2;
    header.thread_id = thread;
    memcpy(packet, &header, sizeof(header));
    memcpy(packet + sizeof(header), entry, len);
    write_packet(packet, (uint32_t)(sizeof(header) + len));
}

static void submit(struct ring_submission submission)
{
    write_record(
        (struct ringtap_header){.version = RINGTAP_VERSION, .kind = RINGTAP_SUBMISSION, .cpu = 1},
        &submission, sizeof(submission));
}

static void complete(struct ring_completion completion)
{
    write_record(
        (struct ringtap_header){.version = RINGTAP_VERSION, .kind = RINGTAP_COMPLETION, .cpu = 1},
        &completion, sizeof(completion));
}

#define SUBMIT(...)   submit((struct ring_submission){__VA_ARGS__})
#define COMPLETE(...) complete((struct ring_completion){__VA_ARGS__})

/* One of each operation, answered. */
static void write_operations(void)
{
    const uint64_t cap = 1ull << 32 | 5, endpoint = 3ull << 32 | 9, reply = 7ull << 32 | 10;

    SUBMIT(.opcode = RING_NOP, .user_data = 1, .argument = 0x1234);
    COMPLETE(.opcode = RING_NOP, .user_data = 1, .value = 0x1234);
    SUBMIT(.opcode = RING_CALL, .user_data = 2, .cap = cap, .interface_id = INTERFACE_TIMER,
           .method = TIMER_SLEEP, .params = 0x40, .params_len = 16, .result = 0x80,
           .result_len = 32, .deadline = now + 5 * MS);
    COMPLETE(.opcode = RING_CALL, .user_data = 2, .result_len = 16);
    SUBMIT(.opcode = RING_CALL, .user_data = 2, .cap = cap, .interface_id = INTERFACE_PROCESSES,
           .method = PROCESSES_SPAWN, .transfers = 0x100, .n_transfers = 2, .deadline = RING_NEVER);
    COMPLETE(.opcode = RING_CALL, .user_data = 2, .result_len = 16, .n_caps = 1);
    SUBMIT(.opcode = RING_RECV, .user_data = 3, .cap = endpoint, .result = 0x200,
           .result_len = 256);
    COMPLETE(.opcode = RING_RECV, .user_data = 3, .result_len = 64, .n_caps = 2);
    SUBMIT(.opcode = RING_RETURN, .flags = RING_THEN_RECV, .user_data = 3, .cap = reply,
           .endpoint = endpoint, .result = 0x200, .result_len = 256);
    COMPLETE(.opcode = RING_RETURN, .user_data = 3, .result_len = 64);
    SUBMIT(.opcode = RING_RETURN, .flags = RING_EXCEPTION, .value = ERR_NOT_PERMITTED,
           .cap = reply);
    COMPLETE(.opcode = RING_RETURN);
    SUBMIT(.opcode = RING_RELEASE, .cap = reply);
    COMPLETE(.opcode = RING_RELEASE);
    SUBMIT(.opcode = RING_UNPARK, .cap = cap, .argument = 0x400010, .value = 1);
    COMPLETE(.opcode = RING_UNPARK, .value = 1);
}

/* All with the same user data: a park that is cancelled, two that end before it, and one of another
 * thread. */
static void write_out_of_order(void)
{
    SUBMIT(.opcode = RING_PARK, .user_data = 8, .cap = 6, .argument = 0x400010, .value = 0xffffffff,
           .deadline = now - 1);
    SUBMIT(.opcode = RING_NOP, .user_data = 8);
    thread = 5;
    SUBMIT(.opcode = RING_NOP, .user_data = 8);
    thread = 4;
    SUBMIT(.opcode = RING_NOP, .user_data = 8);
    COMPLETE(.opcode = RING_NOP, .user_data = 8);
    COMPLETE(.opcode = RING_NOP, .user_data = 8);
    thread = 5;
    COMPLETE(.opcode = RING_NOP, .user_data = 8);
    thread = 4;
    SUBMIT(.opcode = RING_CANCEL, .user_data = 9, .argument = 8);
    COMPLETE(.opcode = RING_PARK, .user_data = 8, .status = -ERR_CANCELLED);
    COMPLETE(.opcode = RING_CANCEL, .user_data = 9);
}

static void write_errors(void)
{
    SUBMIT(.opcode = RING_CALL, .cap = 77, .interface_id = 0x1122334455667788, .method = 3);
    COMPLETE(.opcode = RING_CALL, .status = -ERR_BAD_HANDLE);
    SUBMIT(.opcode = RING_CALL, .cap = 5, .interface_id = INTERFACE_CONSOLE, .method = 99);
    COMPLETE(.opcode = RING_CALL, .status = RING_STATUS_EXCEPTION, .result_len = 40);
    SUBMIT(.opcode = RING_CALL, .cap = 5, .interface_id = INTERFACE_CONSOLE);
    COMPLETE(.opcode = RING_CALL, .status = RING_STATUS_TRUNCATED, .value = ERR_NO_FRAMES);
    SUBMIT(.opcode = 200);
    COMPLETE(.opcode = 200, .status = -ERR_BAD_OPCODE);
    SUBMIT(.opcode = RING_NOP, .flags = 0x80, .params = 8);
    COMPLETE(.opcode = RING_NOP, .status = -ERR_BAD_FLAGS);
    COMPLETE(.opcode = RING_NOP, .user_data = 0xabcdef, .status = -12345);
    COMPLETE(.opcode = RING_NOP, .user_data = 0xabcdef, .status = 12345);
}

static void write_notifications(void)
{
    SUBMIT(.opcode = RING_SIGNAL, .cap = 5, .argument = 0x22);
    COMPLETE(.opcode = RING_SIGNAL);
    SUBMIT(.opcode = RING_WAIT, .cap = 5, .argument = 0x3, .deadline = now + 5 * MS);
    COMPLETE(.opcode = RING_WAIT, .value = 0x2);
}

static void write_promises(void)
{
    SUBMIT(.opcode = RING_CALL, .user_data = 2, .cap = 5, .interface_id = INTERFACE_SYSTEM);
    SUBMIT(.opcode = RING_CALL, .flags = RING_PROMISED, .promised = 1, .user_data = 3, .cap = 2,
           .interface_id = INTERFACE_TIMER, .method = TIMER_NOW);
    SUBMIT(.opcode = RING_CALL, .promised = 1, .user_data = 4, .cap = 2,
           .interface_id = INTERFACE_TIMER);
    COMPLETE(.opcode = RING_CALL, .user_data = 4, .status = -ERR_BAD_FLAGS);
    COMPLETE(.opcode = RING_CALL, .user_data = 2);
    COMPLETE(.opcode = RING_CALL, .user_data = 3, .status = RING_STATUS_EXCEPTION,
             .value = ERR_BROKEN_PROMISE);
}

static void write_malformed(void)
{
    const struct ringtap_header version = {.version = 9, .kind = RINGTAP_SUBMISSION};
    const struct ringtap_header kind = {.version = RINGTAP_VERSION, .kind = 9};
    const struct ringtap_header cut = {.version = RINGTAP_VERSION, .kind = RINGTAP_COMPLETION};
    const struct ring_completion entry = {0};

    write_record(version, &entry, sizeof(entry));
    write_record(kind, &entry, sizeof(entry));
    write_record(cut, &entry, sizeof(entry) - 4);
    write_packet(&cut, 8);
}

/* Each operation, and each error. */
static void write_names(void)
{
    for (unsigned opcode = 0; opcode < RING_OPCODES; opcode++)
        SUBMIT(.opcode = (uint8_t)opcode);
#define COMPLETE_WITH(name, number, sentence) COMPLETE(.opcode = RING_NOP, .status = -(number));
    ERR_LIST(COMPLETE_WITH)
}

int main(int argc, char **argv)
{
    write_start();
    if (argc > 1 && strcmp(argv[1], "names") == 0) {
        write_names();
    } else {
        write_operations();
        write_out_of_order();
        write_errors();
        write_malformed();
        write_notifications();
        write_promises();
    }
    return ferror(stdout);
}

/*
 * The ring tap (abi/ringtap.h): writes each submission and completion as a packet.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Block layouts are those of draft-ietf-opsawg-pcapng, sections 4.1 to 4.3; all lengths here are
 * multiples of four.
 */
#include "ring/tap.h"

#include "abi/ringtap.h"
#include "arch/arch.h"
#include "process/process.h"
#include "sched/cpu.h"
#include "sched/thread.h"

#define BLOCK_SECTION   0x0a0d0d0a
#define BLOCK_INTERFACE 1
#define BLOCK_PACKET    6
#define BYTE_ORDER      0x1a2b3c4d
#define LENGTH_UNKNOWN  UINT64_MAX

#define OPTION_END      0
#define OPTION_TSRESOL  9
#define RESOLUTION_NANO 9

struct section_block {
    uint32_t type, len, byte_order;
    uint16_t major, minor;
    uint64_t section_len;
    uint32_t len_again;
} __attribute__((packed));
_Static_assert(sizeof(struct section_block) == 28, "section 4.1");

struct interface_block {
    uint32_t type, len;
    uint16_t linktype, reserved;
    uint32_t snap_len;
    uint16_t resolution_code, resolution_len;
    uint32_t resolution;
    uint16_t end_code, end_len;
    uint32_t len_again;
} __attribute__((packed));
_Static_assert(sizeof(struct interface_block) == 32, "section 4.2");

struct packet_block {
    uint32_t type, len;
    uint32_t interface, time_high, time_low;
    uint32_t captured_len, original_len;
} __attribute__((packed));
_Static_assert(sizeof(struct packet_block) == 28, "section 4.3");

HOT bool tap_is_on;

static void write_bytes(const void *bytes, size_t len)
{
    arch_port_write(RINGTAP_PORT, bytes, len);
}

void tap_open(void)
{
    static const struct section_block section = {
        .type = BLOCK_SECTION,
        .len = sizeof(section),
        .byte_order = BYTE_ORDER,
        .major = 1,
        .section_len = LENGTH_UNKNOWN,
        .len_again = sizeof(section),
    };
    static const struct interface_block interface = {
        .type = BLOCK_INTERFACE,
        .len = sizeof(interface),
        .linktype = RINGTAP_LINKTYPE,
        .resolution_code = OPTION_TSRESOL,
        .resolution_len = 1,
        .resolution = RESOLUTION_NANO,
        .end_code = OPTION_END,
        .len_again = sizeof(interface),
    };

    write_bytes(&section, sizeof(section));
    write_bytes(&interface, sizeof(interface));
    tap_is_on = true;
}

static void write_packet(const struct thread *thread, enum ringtap_kind kind, const void *entry,
                         uint32_t entry_len)
{
    uint64_t now = arch_time_ns();
    struct ringtap_header header = {
        .version = RINGTAP_VERSION,
        .kind = (uint8_t)kind,
        .cpu = (uint16_t)cpu_self()->id,
        .process_id = thread->process->id,
        .thread_id = thread->id,
    };
    uint32_t len = sizeof(header) + entry_len;
    struct packet_block packet = {
        .type = BLOCK_PACKET,
        .len = (uint32_t)sizeof(packet) + len + (uint32_t)sizeof(uint32_t),
        .time_high = (uint32_t)(now >> 32),
        .time_low = (uint32_t)now,
        .captured_len = len,
        .original_len = len,
    };

    write_bytes(&packet, sizeof(packet));
    write_bytes(&header, sizeof(header));
    write_bytes(entry, entry_len);
    write_bytes(&packet.len, sizeof(packet.len));
}

void tap_write_submission(struct thread *thread, const struct ring_submission *submission)
{
    if (thread->ring.tapped != thread->ring.sq_head)
        return;
    thread->ring.tapped++;
    write_packet(thread, RINGTAP_SUBMISSION, submission, sizeof(*submission));
}

void tap_write_completion(const struct thread *thread, const struct ring_completion *completion)
{
    write_packet(thread, RINGTAP_COMPLETION, completion, sizeof(*completion));
}

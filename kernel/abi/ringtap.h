/*
 * The ring tap: each submission and completion as a packet of a pcapng stream.
 * SPDX-License-Identifier: Apache-2.0
 *
 * With the kernel's option ringtap=yes the kernel writes a pcapng stream (draft-ietf-opsawg-pcapng:
 * a section header, one interface of LINKTYPE_USER0 with times in nanoseconds since boot, an enhanced
 * packet for each record) to the debug port RINGTAP_PORT. A packet is struct ringtap_header followed
 * by the entry as it stood in the ring, both little-endian. That is metadata: no message, no line of
 * a terminal, no password. Seeing them would take an authority of its own.
 */
#pragma once

#include "abi/ring.h"

#define RINGTAP_PORT     0xe9 /* QEMU's -device isa-debugcon */
#define RINGTAP_VERSION  1
#define RINGTAP_LINKTYPE 147 /* LINKTYPE_USER0 */

enum ringtap_kind {
    RINGTAP_SUBMISSION = 1, /* struct ring_submission, when the kernel takes it */
    RINGTAP_COMPLETION = 2, /* struct ring_completion, when it is posted */
};

struct ringtap_header {
    uint8_t version;
    uint8_t kind; /* enum ringtap_kind */
    uint16_t cpu;
    uint32_t reserved;
    uint64_t process_id;
    uint64_t thread_id;
};
_Static_assert(sizeof(struct ringtap_header) == 24, "part of the trace format");

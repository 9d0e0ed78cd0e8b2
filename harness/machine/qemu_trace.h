/* The tail of QEMU's own log of what its processors did: exceptions, interrupts, resets, guest
 * errors.
 * SPDX-License-Identifier: Apache-2.0
 *
 * QEMU (-d int,cpu_reset,guest_errors) dumps the registers at every one of them, which a long run
 * would turn into gigabytes. So it writes into a FIFO, of which only the last QEMU_TRACE_KEPT bytes
 * are kept: a machine that ends by a triple fault is gone before its registers could be asked for,
 * but its last exceptions are here. Under KVM, exceptions are not traced.
 */
#pragma once

#include "harness/base/buffer.h"
#include "harness/base/error.h"

enum { QEMU_TRACE_KEPT = 128 << 10 };

struct qemu_trace {
    int fd, watch;
    struct buffer tail; /* guarded by the loop's lock; at most twice QEMU_TRACE_KEPT */
};

/* Makes the FIFO @path and reads from it. Lock held. */
bool qemu_trace_open(struct qemu_trace *, const char *path, struct error *);

/* Takes what still stands in the FIFO, and writes the tail to the file @path. Lock held. */
bool qemu_trace_close(struct qemu_trace *, const char *path, struct error *);

/* One exception or interrupt as QEMU logs it, with the registers before it. */
struct qemu_exception {
    unsigned vector;
    unsigned long long error, pc;
    const char *registers; /* into the tail: the lines up to registers_len */
    size_t registers_len;
};

/* The last exceptions before @end (an offset into the tail), newest first; returns how many (at
 * most @n). */
size_t qemu_trace_exceptions(const struct qemu_trace *, size_t end, struct qemu_exception *,
                             size_t n);

/* Where QEMU noted a triple fault, as an offset into the tail, or -1. */
long qemu_trace_triple_fault(const struct qemu_trace *);

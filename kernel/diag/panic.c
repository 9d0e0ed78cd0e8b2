/*
 * The end of a kernel whose invariants are broken: says why and where, and halts.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "diag/panic.h"

#include "arch/arch.h"
#include "log/format.h"
#include "log/log.h"

#define SOURCE     "panic"
#define FRAMES_MAX 32

/* Panics that have begun. The second is one in the first: it gets a line. A third would be one in
 * that line: it gets nothing. */
static unsigned n_panics; /* any processor, without a lock */

static void log_frames(const struct trap_frame *frame)
{
    uint64_t frames[FRAMES_MAX];
    size_t n = arch_backtrace(frame, frames, FRAMES_MAX);

    for (size_t i = 0; i < n; i++)
        log_line(SOURCE, "frame %zu 0x%016lx", i, frames[i]);
}

/* Leaves FRAME alone: a first panic may still point to it. */
static _Noreturn void panic_again(const char *format, va_list list)
{
    char buffer[LOG_LINE_LEN_MAX];
    struct text reason = text_in(buffer, sizeof(buffer));

    text_add_list(&reason, format, list);
    log_line(SOURCE, "again: %.*s", (int)reason.len, reason.at);
    arch_halt();
}

static _Noreturn void panic_first(const struct trap_frame *frame, const char *format, va_list list)
{
    arch_stop_others();
    log_line_list(SOURCE, format, list);
    arch_log_registers(SOURCE, frame);
    log_frames(frame);
    log_line(SOURCE, "end");
    arch_halt();
}

static _Noreturn void panic_list(const struct trap_frame *frame, const char *format, va_list list)
{
    arch_interrupts_off();
    switch (__atomic_add_fetch(&n_panics, 1, __ATOMIC_RELAXED)) {
    case 1:
        panic_first(frame, format, list);
    case 2:
        panic_again(format, list);
    default:
        arch_halt();
    }
}

void panic_trap(const struct trap_frame *frame, const char *format, ...)
{
    va_list list;

    va_start(list, format);
    panic_list(frame, format, list); /* does not return, so there is no va_end() to come to */
    /* cppcheck-suppress va_end_missing */
}

void panic(const char *format, ...)
{
    va_list list;

    va_start(list, format);
    panic_list(arch_frame_of_caller(__builtin_frame_address(0)), format, list);
    /* cppcheck-suppress va_end_missing */
}

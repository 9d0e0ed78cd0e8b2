/* What a machine was doing: registers and symbolised backtraces, for panics, faults and hangs.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/machine/diagnosis.h"

#include "harness/base/files.h"
#include "harness/machine/monitor.h"
#include "harness/machine/symbols.h"

#include <stdlib.h>
#include <string.h>

enum {
    KERNEL_HALF = 0xffff8, /* the upper 20 bits of canonical kernel addresses start so */
};

static void print_frames(const struct machine *m, const uint64_t *frames, size_t n,
                         struct buffer *out)
{
    struct symbol symbols[PANIC_FRAMES];
    struct error err;
    if (!symbols_find(m->kernel, frames, n, symbols, &err))
        buffer_printf(out, "  (no symbols: %s)\n", err.text);
    symbols_print(symbols, n, out);
}

/* The value of "NAME=hex" in the monitor's register dump of one processor, 0 when it is not there.
 */
static uint64_t register_value(const char *dump, const char *name)
{
    const char *at = strstr(dump, name);
    return at ? strtoull(at + strlen(name), NULL, 16) : 0;
}

static bool kernel_address(uint64_t address)
{
    return address >> 44 >= KERNEL_HALF;
}

/* Follows saved frame pointers: [rbp] is the caller's rbp, [rbp + 8] the return address. */
static size_t walk(struct machine *m, unsigned cpu, uint64_t rip, uint64_t rbp, uint64_t *frames)
{
    size_t n = 0;
    frames[n++] = rip;
    while (n < PANIC_FRAMES && kernel_address(rbp) && rbp % 8 == 0) {
        uint64_t words[2];
        if (!monitor_read_words(m, cpu, rbp, words, 2) || !kernel_address(words[1]))
            break;
        frames[n++] = words[1];
        if (words[0] <= rbp)
            break; /* stacks grow down: a caller's frame lies above */
        rbp = words[0];
    }
    return n;
}

static void print_registers(const char *lines, size_t len, struct buffer *out)
{
    buffer_add_text(out, "  registers:\n");
    for (const char *p = lines, *end = lines + len; p < end;) {
        const char *feed = memchr(p, '\n', (size_t)(end - p));
        const char *next = feed ? feed + 1 : end;
        buffer_printf(out, "    %.*s\n", (int)((feed ? feed : end) - p), p);
        p = next;
    }
}

static void diagnose_one(struct machine *m, unsigned cpu, const char *dump, struct buffer *out)
{
    bool long_mode = strstr(dump, "RIP=") != NULL;
    bool halted = strstr(dump, "HLT=1") != NULL;
    bool masked = !(register_value(dump, long_mode ? "RFL=" : "EFL=") & 0x200);
    buffer_printf(out, "processor %u: %s%s\n", cpu,
                  !long_mode && halted ? "halted, not started by the kernel"
                  : halted             ? "halted"
                                       : "running",
                  long_mode ? masked ? ", interrupts off" : ", interrupts on" : "");
    if (long_mode) {
        uint64_t frames[PANIC_FRAMES];
        size_t n = walk(m, cpu, register_value(dump, "RIP="), register_value(dump, "RBP="), frames);
        print_frames(m, frames, n, out);
    }
    /* The general registers come first, up to the segments; the rest says little about a hang. */
    const char *end = strstr(dump, "\nES ");
    print_registers(dump, end ? (size_t)(end - dump) : strlen(dump), out);
}

void diagnose_processors(struct machine *m, struct buffer *out)
{
    struct error err;
    if (m->domain)
        virDomainSuspend(m->domain);
    for (unsigned cpu = 0; cpu < m->plan->processors; cpu++) {
        struct buffer dump = {0};
        if (!monitor_command(m, "info registers", cpu, &dump, &err)) {
            buffer_printf(out, "processor %u: %s\n", cpu, err.text);
            buffer_fini(&dump);
            return; /* the others would not answer either */
        }
        const char *text = buffer_text(&dump);
        while (*text == '\n')
            text++;
        if (strncmp(text, "CPU#", 4) == 0 && strchr(text, '\n'))
            text = strchr(text, '\n') + 1;
        diagnose_one(m, cpu, text, out);
        buffer_fini(&dump);
    }
}

void diagnose_panic(const struct machine *m, struct buffer *out)
{
    buffer_printf(out, "panic: %s\n", m->panic.reason);
    print_frames(m, m->panic.frames, m->panic.n_frames, out);
    if (!m->panic.complete)
        buffer_add_text(out, "  (the report was cut off)\n");
}

/* Silent about a program that is not known, or a jump to where it has no code. */
static void print_fault_place(const struct machine *m, const struct fault_report *r,
                              struct buffer *out)
{
    struct symbol symbol;
    char *elf = format_text("%s/%s.elf", m->programs, r->program);
    if (file_exists(elf) && symbols_find(elf, &r->instruction, 1, &symbol, NULL) && symbol.n > 0 &&
        strcmp(symbol.places[0].function, "??") != 0)
        symbols_print(&symbol, 1, out);
    free(elf);
}

void diagnose_faults(const struct machine *m, struct buffer *out)
{
    enum { FAULTS_SHOWN = 8 };
    size_t shown = 0;
    for (size_t i = 0; i < m->faults.n && shown < FAULTS_SHOWN; i++) {
        const struct fault_report *r = &m->faults.reports[i];
        if (r->expected)
            continue;
        shown++;
        buffer_printf(out, "fault: %s\n", r->text);
        if (m->programs && *r->program && r->instruction)
            print_fault_place(m, r, out);
    }
}

/* A triple fault is the third of a chain: an exception, a second one (or a double fault) while it
 * was being delivered, and one more. */
void diagnose_reset(const struct machine *m, struct buffer *out)
{
    enum { CHAIN = 3 };
    struct qemu_exception chain[CHAIN];
    long fault = qemu_trace_triple_fault(&m->trace);
    if (fault < 0) {
        buffer_add_text(out, "reset by its guest: a reboot, not a triple fault\n");
        return;
    }
    size_t n = qemu_trace_exceptions(&m->trace, (size_t)fault, chain, CHAIN);
    buffer_add_text(out, "reset by a triple fault; the exceptions before it, newest first:\n");
    for (size_t i = 0; i < n; i++) {
        uint64_t pc = chain[i].pc;
        buffer_printf(out, "vector 0x%02x, error 0x%llx at\n", chain[i].vector, chain[i].error);
        print_frames(m, &pc, 1, out);
    }
    if (n)
        print_registers(chain[0].registers, chain[0].registers_len, out);
}

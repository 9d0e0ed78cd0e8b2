/*
 * All that the rest of the kernel may ask of the processor and its board.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each folder beside this header implements it for one architecture; the build chooses one. Host
 * tests link kernel/test/fake_arch.c instead.
 */
#pragma once

#include "abi/err.h"
#include "lib/types.h"

/* Takes the processor over from the loader. Call once, first. Afterwards the console works, every
 * exception ends in panic_trap(), and the loader's mappings are gone. */
void arch_init(void);

/* Writes LEN bytes to the console and returns when the hardware has them all. */
void arch_console_write(const char *bytes, size_t len);

/* Waits until the hardware has sent all that was written: before the machine goes. */
void arch_console_drain(void);

/* Waits, for as long as it takes, for a byte typed on the console. Without a console: for ever. */
char arch_console_read(void);

/* Microseconds since the kernel was entered. */
uint64_t arch_time_us(void);

/* Logs what the clock is and how fast it ticks. */
void arch_clock_log(void);

/* Where the kernel's image lies. */
void arch_image(paddr_t *from, paddr_t *to);

/* LEN bytes of physical memory at AT, to be read; NULL when any of them is not mapped. */
const void *arch_phys(paddr_t at, size_t len);

/* I/O ports, as ACPI names them. */
uint8_t arch_port_read8(uint16_t port);
uint16_t arch_port_read16(uint16_t port);
void arch_port_write8(uint16_t port, uint8_t value);
void arch_port_write16(uint16_t port, uint16_t value);

/* Resets the board without the help of ACPI. */
_Noreturn void arch_reset(void);

/* Stops this processor for ever, interrupts off. */
_Noreturn void arch_halt(void);

/* Switches interrupts off. */
void arch_interrupts_off(void);

/* One turn of a waiting loop. */
void arch_relax(void);

/* A word from the processor's source of entropy; false when it has none, or got none after some
 * tries. */
bool arch_entropy(uint64_t *word);

/* The registers at a trap. Only the architecture looks inside. */
struct trap_frame;

/*
 * The registers of the caller of the function whose frame address this is
 * (__builtin_frame_address(0)), as if it had trapped on its call; but those that a call does not
 * preserve hold anything. Overwritten by the next use.
 */
const struct trap_frame *arch_frame_of_caller(const void *frame_address);

/* Logs what trapped, and all registers, one line each group, with source SOURCE. */
void arch_log_registers(const char *source, const struct trap_frame *frame);

/* Fills FRAMES with the address in FRAME and up to MAX - 1 return addresses; returns the number. */
size_t arch_backtrace(const struct trap_frame *frame, uint64_t *frames, size_t max);

/* --- Processors --- */

struct boot_info;
struct cpu;

/* Switches to the final page tables, with the frame allocator ready; reads what the firmware says
 * about the machine's processors and interrupts; starts all processors. Once, on the boot
 * processor. */
void arch_start(const struct boot_info *info);

/* Makes another processor enter the kernel soon. */
void arch_cpu_interrupt(struct cpu *cpu);

/* Halts all other processors, wherever they are: for a panic, or the end. */
void arch_stop_others(void);

/* Logs how many interrupts came that nobody expects, if any did. */
void arch_log_strange_interrupts(void);

/* Lets pending interrupts in, which do not return here but go to schedule_next(). Without the
 * kernel lock, on an empty stack that nobody needs any more. */
void arch_poll_interrupts(void);

/* --- Time --- */

/* Nanoseconds since the kernel was entered, the same on all processors. */
uint64_t arch_time_ns(void);

/* How long the kernel took until arch_leave(). */
uint64_t arch_boot_ns(void);

/* now = (TSC - *BASE) * *MULTIPLIER >> *SHIFT */
void arch_clock_scale(uint64_t *multiplier, uint32_t *shift, uint64_t *base);

/* This processor's timer: one interrupt at DEADLINE (arch_time_ns()), or none. */
void arch_timer_arm(uint64_t deadline);
void arch_timer_stop(void);

/* --- Threads --- */

struct thread;
struct thread_start;

/* Registers for a new thread whose ring is there; ERR_NO_MEMORY. */
err_t arch_thread_init(struct thread *thread, const struct thread_start *start);
void arch_thread_fini(struct thread *thread);

/* The thread pointer; of the current thread, or one that does not run. */
void arch_thread_set_fs_base(struct thread *thread, uint64_t address);
uint64_t arch_thread_fs_base(const struct thread *thread);

/* Leaves the kernel for THREAD, or idles when it is NULL: the end of the boot. */
_Noreturn void arch_leave(struct thread *thread);

/* --- Address spaces: the pages below USER_END --- */

struct page;
struct space;
enum access;

/* Empty page tables, charged to the space's ledger, like all that follow. */
err_t arch_space_init(struct space *space);
void arch_space_fini(struct space *space);

/* Maps a frame where no page is. OWNED: the frame is charged, and is the space's from now on. */
err_t arch_space_map(struct space *space, uint64_t address, paddr_t frame, enum access access,
                     bool owned);

/* The page at ADDRESS; false when there is none. */
bool arch_space_page(const struct space *space, uint64_t address, struct page *page);

/* Of a page that is there. Translations are the caller's to flush. */
void arch_space_protect(struct space *space, uint64_t address, enum access access);

/* Takes a page away: begin, flush translations, end, which frees what the space owns. */
void arch_space_unmap_begin(struct space *space, uint64_t address);
void arch_space_unmap_end(struct space *space, uint64_t address);

/* Frees a leaf table and what it owns; false when nothing is left. No processor may use the
 * space. */
bool arch_space_clear_step(struct space *space);

/* Loads the tables of SPACE, or the kernel's alone, into this processor. */
void arch_space_load(const struct space *space);

/* Forgets this processor's translations of the loaded space: all, or one page's. */
void arch_space_flush(void);
void arch_space_flush_page(uint64_t address);

/* --- Ports --- */

/* Writes LEN bytes to one port. */
void arch_port_write(uint16_t port, const void *bytes, size_t len);

/* --- The terminal: a serial port for programs. All but the first only where there is one. --- */

/* Finds the port and lets its interrupts come, as entry_terminal(); on the boot processor.
 * ERR_NOT_FOUND: there is none; others: its interrupt cannot be had. */
err_t arch_terminal_init(void);

/* The next byte that has come; false when there is none yet. */
bool arch_terminal_read(uint8_t *byte);

/* How many bytes can be written now: none while it sends. */
size_t arch_terminal_room(void);
void arch_terminal_write(const uint8_t *bytes, size_t len);

/* Whether input interrupts; also such as is there already. */
void arch_terminal_listen(bool on);

/* Waits until it has sent everything; nothing where there is no port. */
void arch_terminal_drain(void);

/* Ways to break the machine on purpose. */
void arch_break_page_fault(void);
void arch_break_divide(void);
void arch_break_stack(void);
_Noreturn void arch_break_triple_fault(void);

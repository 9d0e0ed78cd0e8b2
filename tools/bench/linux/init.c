/*
 * The Linux guest's only program: measures what its argument names, prints, and switches off.
 * SPDX-License-Identifier: Apache-2.0
 *
 *   counts     instructions of single operations
 *   smp        two processors against one
 *   messages   instructions of encoding and decoding
 *   ipc        instructions of requests and answers between processes
 *   pairs      the same on two processors
 *
 * Every run prints the ticks since reset at its first instruction.
 */
#include <inttypes.h>
#include <linux/reboot.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "samples.h"

/* The entry of the program: looks at the time before the library starts, which wants 0 in rdx. */
uint64_t first_tick;
__asm__(".globl init_start\n"
        "init_start:\n"
        "    rdtsc\n"
        "    shl $32, %rdx\n"
        "    or %rdx, %rax\n"
        "    mov %rax, first_tick(%rip)\n"
        "    xor %edx, %edx\n"
        "    jmp _start\n");

static void measure_counts(void)
{
    measure("kernel.enter", sample_null_call);
    measure("kernel.nop", sample_null_call);
    measure("kernel.timer_now", sample_clock);
    measure("kernel.page_map", sample_page_map);
    measure("kernel.thread", sample_thread);
    measure("kernel.process", sample_process);
    measure("kernel.park", sample_park);
}

static void measure_messages(void)
{
    measure("messages.encode", sample_encode);
    measure("messages.decode", sample_decode);
}

static void measure_ipc(void)
{
    measure("ipc.call", sample_call);
    measure("ipc.call_1k", sample_call_1k);
    measure("ipc.call_4k", sample_call_4k);
    measure("ipc.call_cap", sample_call_cap);
    measure("ipc.call_kit", sample_call);
    measure("ipc.call_session", sample_call_session);
    measure("ipc.notify", sample_notify);
    measure_channel();
}

int main(int n_arguments, char **arguments)
{
    const char *what = n_arguments > 1 ? arguments[1] : "";

    printf("bench first-user-instruction\n");
    printf("bench kernel.boot %" PRIu64 "\n", first_tick);
    if (strcmp(what, "counts") == 0)
        measure_counts();
    else if (strcmp(what, "smp") == 0)
        measure_smp();
    else if (strcmp(what, "messages") == 0)
        measure_messages();
    else if (strcmp(what, "ipc") == 0)
        measure_ipc();
    else if (strcmp(what, "pairs") == 0) {
        measure_pairs();
        measure_across();
    }
    fflush(stdout);
    syscall(SYS_reboot, LINUX_REBOOT_MAGIC1, LINUX_REBOOT_MAGIC2, LINUX_REBOOT_CMD_POWER_OFF, NULL);
    return 1;
}

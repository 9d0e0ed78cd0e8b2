/*
 * The order in which the kernel boots.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "abi/err.h"
#include "abi/version.h"
#include "arch/arch.h"
#include "boot/boot_info.h"
#include "boot/options.h"
#include "boot/start_info.h"
#include "device/power.h"
#include "diag/pause.h"
#include "diag/provoke.h"
#include "log/log.h"

static struct boot_info boot_info;
static struct options options;

static void read_start_info(paddr_t at)
{
    err_t error = start_info_read(at, &boot_info);

    if (error)
        kernel_log("start info at 0x%lx: %s", at, err_sentence(error));
    boot_info_log(&boot_info);
}

static void read_options(void)
{
    options_read(boot_info.command_line, &options);
    options_log(&options);
    if (options.help == SWITCH_YES)
        options_log_help();
}

static _Noreturn void end(void)
{
    switch (options.at_end) {
    case AT_END_HALT:
        power_halt();
    case AT_END_REBOOT:
        power_reboot(boot_info.rsdp);
    default:
        power_off(boot_info.rsdp);
    }
}

/* Called by the architecture's entry, with the physical address of the start info. */
_Noreturn void kernel_main(uint32_t start_info);

void kernel_main(uint32_t start_info)
{
    arch_init(); /* console, traps, mappings, clock */
    kernel_log("capOS %s x86_64", CAPOS_VERSION);
    read_start_info(start_info); /* command line, memory, modules */
    read_options();              /* from the command line */
    arch_clock_log();
    if (options.pause == SWITCH_YES)
        pause_for_line();                       /* people and scripts: look around first */
    log_flood(options.log_flood);               /* tests: load on the console */
    provoke_run((enum provoke)options.provoke); /* tests: may not return */
    end();
}

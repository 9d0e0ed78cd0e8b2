/*
 * The order in which the kernel boots.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "abi/err.h"
#include "abi/version.h"
#include "arch/arch.h"
#include "boot/boot_info.h"
#include "boot/loader.h"
#include "boot/multiboot2.h"
#include "boot/options.h"
#include "boot/package.h"
#include "boot/start_info.h"
#include "crypto/random.h"
#include "device/power.h"
#include "diag/pause.h"
#include "diag/provoke.h"
#include "log/log.h"
#include "mem/memory.h"
#include "object/terminal.h"
#include "process/system.h"
#include "ring/tap.h"
#include "sched/entry.h"
#include "sched/lock.h"
#include "session/reference.h"

static struct boot_info boot_info;
static struct options options;

static void read_boot_info(uint32_t loader, paddr_t at)
{
    err_t error = ERR_UNSUPPORTED;

    if (loader == LOADER_PVH)
        error = start_info_read(at, &boot_info);
    else if (loader == LOADER_MULTIBOOT2)
        error = multiboot2_read(at, &boot_info);
    if (error)
        kernel_log("loader 0x%x, its information at 0x%lx: %s", loader, at, err_sentence(error));
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
    terminal_drain();
    switch (options.at_end) {
    case AT_END_HALT:
        power_halt();
    case AT_END_REBOOT:
        power_reboot(boot_info.rsdp);
    default:
        power_off(boot_info.rsdp);
    }
}

static void start_entropy(void)
{
    err_t error = random_init();

    if (!error)
        error = references_init();
    if (error)
        kernel_log("entropy: %s", err_sentence(error));
}

/* The first module is the boot package. Without one the system ends at once. */
static void start_init(void)
{
    static struct package package;
    const struct boot_module *module = &boot_info.modules[0];
    const char *why = "";
    err_t error;

    if (boot_info.n_modules == 0)
        end();
    error = package_open(arch_phys(module->at, module->len), module->len, &package, &why);
    if (error) {
        kernel_log("the boot package is refused: %s: %s", err_sentence(error), why);
        end();
    }
    kernel_lock();
    system_start(&package, end);
    kernel_unlock();
}

/* Called by the architecture's entry, with LOADER_... and the physical address of what it says. */
_Noreturn void kernel_main(uint32_t loader, uint32_t info);

void kernel_main(uint32_t loader, uint32_t info)
{
    arch_init(); /* console, traps, mappings, clock */
    kernel_log("capOS %s x86_64", CAPOS_VERSION);
    read_boot_info(loader, info); /* command line, memory, modules */
    read_options();               /* from the command line */
    arch_clock_log();
    memory_init(&boot_info); /* all frames are known, those below 4 GiB can be had */
    arch_start(&boot_info);  /* final page tables, interrupts, all processors */
    start_entropy();
    terminal_init();
    if (options.ringtap == SWITCH_YES)
        tap_open();
    if (options.pause == SWITCH_YES)
        pause_for_line();                       /* people and scripts: look around first */
    log_flood(options.log_flood);               /* tests: load on the console */
    provoke_run((enum provoke)options.provoke); /* tests: may not return */
    start_init();
    arch_leave(entry_first());
}

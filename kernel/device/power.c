/*
 * Switches the machine off, resets it, or halts.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Sections are those of the ACPI Specification 6.4.
 */
#include "device/power.h"

#include "arch/arch.h"
#include "device/acpi.h"
#include "log/log.h"

/* PM1 control register (4.8.3.2.1) */
#define CONTROL_SCI_EN        (1 << 0) /* the hardware listens to us, not to the firmware */
#define CONTROL_SLP_TYP(type) ((type) << 10)
#define CONTROL_SLP_EN        (1 << 13)

#define ENABLE_US 1000000
#define SWITCH_US 1000000

static void wait_us(uint64_t us)
{
    uint64_t start = arch_time_us();

    while (arch_time_us() - start < us)
        arch_relax();
}

/* Takes the hardware over from the firmware (4.8.2.3). */
static err_t enable_acpi(const struct acpi_hardware *hardware)
{
    uint64_t start = arch_time_us();

    if (arch_port_read16(hardware->pm1a_control) & CONTROL_SCI_EN)
        return ERR_OK;
    if (!hardware->smi_command || !hardware->acpi_enable)
        return ERR_UNSUPPORTED;
    arch_port_write8(hardware->smi_command, hardware->acpi_enable);
    while (!(arch_port_read16(hardware->pm1a_control) & CONTROL_SCI_EN)) {
        if (arch_time_us() - start > ENABLE_US)
            return ERR_TIMED_OUT;
        arch_relax();
    }
    return ERR_OK;
}

static void enter_sleep(uint16_t port, uint8_t type)
{
    uint16_t others = arch_port_read16(port) & ~(CONTROL_SLP_TYP(7) | CONTROL_SLP_EN);

    arch_port_write16(port, (uint16_t)(others | CONTROL_SLP_TYP(type) | CONTROL_SLP_EN));
}

static err_t prepare_off(paddr_t rsdp, struct acpi_hardware *hardware, struct acpi_sleep *sleep)
{
    err_t error = acpi_read_hardware(rsdp, hardware);

    if (!error)
        error = acpi_read_soft_off(hardware, sleep);
    if (!error && !hardware->pm1a_control)
        error = ERR_UNSUPPORTED;
    return error ? error : enable_acpi(hardware);
}

void power_off(paddr_t rsdp)
{
    struct acpi_hardware hardware;
    struct acpi_sleep sleep;
    err_t error = prepare_off(rsdp, &hardware, &sleep);

    if (error) {
        kernel_log("power off is impossible: %s", err_sentence(error));
        power_halt();
    }
    kernel_log("power off");
    arch_console_drain();
    enter_sleep(hardware.pm1a_control, sleep.type_a);
    if (hardware.pm1b_control)
        enter_sleep(hardware.pm1b_control, sleep.type_b);
    wait_us(SWITCH_US);
    kernel_log("power off had no effect");
    power_halt();
}

void power_reboot(paddr_t rsdp)
{
    struct acpi_hardware hardware;
    err_t error = acpi_read_hardware(rsdp, &hardware);

    kernel_log("reboot");
    arch_console_drain();
    if (!error && hardware.reset_port) { /* the reset register (4.8.3.6) */
        arch_port_write8(hardware.reset_port, hardware.reset_value);
        wait_us(SWITCH_US);
    }
    arch_reset();
}

void power_halt(void)
{
    arch_stop_others();
    kernel_log("halt");
    arch_halt();
}

/*
 * Fuzzes device/acpi.c: the input is all of physical memory with the RSDP at 0; then, to get past
 * the checksums, it is AML.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "device/acpi.h"

#include <stdlib.h>

#include "test/fake_arch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The parser takes address 0 for "none", so memory appears one page up. */
#define RSDP 0x1000

static void check(const struct acpi_sleep *sleep)
{
    if (sleep->type_a > 7 || sleep->type_b > 7)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct acpi_hardware hardware;
    struct acpi_sleep sleep;

    fake_arch_start_at(RSDP, data, size);
    if (acpi_read_hardware(RSDP, &hardware) == ERR_OK &&
        acpi_read_soft_off(&hardware, &sleep) == ERR_OK)
        check(&sleep);

    const void *aml = arch_phys(RSDP, size);

    if (acpi_find_soft_off((struct bytes){aml, size}, &sleep) == ERR_OK)
        check(&sleep);
    fake_arch_end();
    return 0;
}

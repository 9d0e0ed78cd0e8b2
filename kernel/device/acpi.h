/*
 * Finds ACPI's tables, and reads from them how to switch the machine off and how to reset it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Reads only; device/power.c acts. Sections are those of the ACPI Specification 6.4. The tables
 * are the firmware's, hence foreign: a defect is logged where it is found and returned.
 */
#pragma once

#include "abi/err.h"
#include "lib/bytes.h"

/* The fixed hardware (FADT, 5.2.9). A port that is 0 is not there. */
struct acpi_hardware {
    paddr_t dsdt;
    uint16_t pm1a_control, pm1b_control;
    uint16_t smi_command;
    uint8_t acpi_enable; /* written to smi_command, it hands the hardware over to us */
    uint16_t reset_port;
    uint8_t reset_value;
};

/* What to write into SLP_TYP of each control register to enter a sleep state (7.4.2). */
struct acpi_sleep {
    uint8_t type_a, type_b;
};

/*
 * Finds the first good table with the four letters SIGNATURE among those that the XSDT lists, or
 * else the RSDT (5.2.7, 5.2.8), starting from the root pointer at RSDP (0: there is none). The
 * table is whole, its header (5.2.6, 36 bytes) included, and its checksum is right.
 */
err_t acpi_find_table(paddr_t rsdp, const char *signature, struct bytes *table);

/* Finds the FADT, starting from the root pointer at RSDP (0: there is none). */
err_t acpi_read_hardware(paddr_t rsdp, struct acpi_hardware *hardware);

/* Finds how to enter \_S5, soft off. */
err_t acpi_read_soft_off(const struct acpi_hardware *hardware, struct acpi_sleep *sleep);

/* The same from AML code, the body of a DSDT. ERR_NOT_FOUND, ERR_MALFORMED. */
err_t acpi_find_soft_off(struct bytes aml, struct acpi_sleep *sleep);

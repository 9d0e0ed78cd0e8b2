/*
 * Reads ACPI's table of processors and interrupt controllers, the MADT.
 * SPDX-License-Identifier: Apache-2.0
 *
 * ACPI Specification 6.4, section 5.2.12. The table is the firmware's, hence foreign: what is read
 * is a bounded copy, and one malformed entry spoils the whole table.
 */
#pragma once

#include "abi/err.h"
#include "lib/bytes.h"

#define MADT_CPUS_MAX     64
#define MADT_IO_APICS_MAX 8
#define MADT_ISA_IRQS     16

struct madt_io_apic {
    paddr_t at;
    uint32_t first_input; /* the global number of its first input */
    uint8_t id;
};

/* How an interrupt of the ISA bus reaches the I/O APICs (5.2.12.5). */
struct madt_isa_irq {
    uint32_t input; /* global number */
    bool connected; /* not when another interrupt has taken the input of its number */
    bool active_low;
    bool level;
};

struct madt {
    paddr_t local_apic;   /* registers, for every processor at the same address */
    bool has_pic;         /* two 8259 as well, to be masked */
    unsigned n_cpus;      /* that run or can be started, each once; the first is not always ours */
    unsigned n_cpus_left; /* the same, but there was no room for them */
    unsigned n_cpus_off;  /* that only firmware can switch on */
    uint32_t cpus[MADT_CPUS_MAX]; /* local APIC ids; above 254 only an x2APIC can address them */
    unsigned n_io_apics;
    struct madt_io_apic io_apics[MADT_IO_APICS_MAX];
    struct madt_isa_irq isa_irqs[MADT_ISA_IRQS];
};

/*
 * Finds and reads the table, starting from the root pointer at RSDP (0: there is none). On error,
 * which is logged, OUT is all zero. Errors are those of acpi_find_table() and of madt_decode().
 */
err_t madt_read(paddr_t rsdp, struct madt *out);

/*
 * The same from the whole table, header included. ERR_BAD_LENGTH: it is too short; ERR_MALFORMED:
 * an entry or an address is impossible; ERR_UNSUPPORTED: more I/O APICs than we have room for.
 */
err_t madt_decode(struct bytes table, struct madt *out);

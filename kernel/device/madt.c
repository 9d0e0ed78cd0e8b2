/*
 * Reads ACPI's table of processors and interrupt controllers, the MADT.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "device/madt.h"

#include "device/acpi.h"
#include "log/log.h"

/* The table (5.2.12, table 5.19) */
#define LOCAL_APIC 36
#define FLAGS      40
#define FLAGS_PIC  (1 << 0)
#define ENTRIES    44

/* Every entry (table 5.20) */
#define ENTRY_TYPE   0
#define ENTRY_LENGTH 1
#define ENTRY_MIN    2

/* Processors (5.2.12.2, 5.2.12.12) */
#define CPU_ID         3
#define CPU_FLAGS      4
#define X2_ID          4
#define X2_FLAGS       8
#define CPU_ENABLED    (1 << 0)
#define CPU_CAN_BE_HAD (1 << 1)
#define CPU_ID_ALL     0xff /* addresses every local APIC, so no processor has it */
#define X2_ID_ALL      0xffffffff

/* I/O APIC (5.2.12.3) */
#define IO_ID      2
#define IO_ADDRESS 4
#define IO_FIRST   8
#define IO_ALIGN   16

/* Interrupt source override (5.2.12.5) */
#define OVERRIDE_BUS   2
#define OVERRIDE_IRQ   3
#define OVERRIDE_INPUT 4
#define OVERRIDE_FLAGS 8
#define BUS_ISA        0

/* Both fields of the flags have the same values (table 5.26). */
#define POLARITY(flags) ((flags)&3)
#define TRIGGER(flags)  ((flags) >> 2 & 3)
#define AS_THE_BUS      0 /* ISA: active high, edge */
#define HIGH_OR_EDGE    1
#define LOW_OR_LEVEL    3

/* Local APIC address override (5.2.12.8) */
#define WIDE_ADDRESS 4

#define PAGE_LEN    0x1000
#define ADDRESS_END (1ull << 52) /* as far as page tables reach */

/* What is known while entries are read. */
struct reader {
    struct madt *out;
    uint16_t overridden; /* ISA interrupts, as bits */
    bool wide_address;
};

static bool has_cpu(const struct madt *madt, uint32_t id)
{
    for (unsigned i = 0; i < madt->n_cpus; i++) {
        if (madt->cpus[i] == id)
            return true;
    }
    return false;
}

/* Firmware may list a processor both ways, so we take each id once. */
static err_t add_cpu(struct madt *out, uint32_t id, uint64_t flags)
{
    if (!(flags & CPU_ENABLED)) {
        out->n_cpus_off += (flags & CPU_CAN_BE_HAD) != 0;
        return ERR_OK;
    }
    if (has_cpu(out, id))
        return ERR_OK;
    if (out->n_cpus < MADT_CPUS_MAX)
        out->cpus[out->n_cpus++] = id;
    else
        out->n_cpus_left++;
    return ERR_OK;
}

static err_t take_cpu(struct bytes entry, struct reader *reader)
{
    uint32_t id = (uint32_t)bytes_field(entry, CPU_ID, 1);

    return id == CPU_ID_ALL ? ERR_OK : add_cpu(reader->out, id, bytes_field(entry, CPU_FLAGS, 4));
}

static err_t take_x2_cpu(struct bytes entry, struct reader *reader)
{
    uint32_t id = (uint32_t)bytes_field(entry, X2_ID, 4);

    return id == X2_ID_ALL ? ERR_OK : add_cpu(reader->out, id, bytes_field(entry, X2_FLAGS, 4));
}

static err_t take_io_apic(struct bytes entry, struct reader *reader)
{
    struct madt *out = reader->out;
    paddr_t at = bytes_field(entry, IO_ADDRESS, 4);

    if (at == 0 || at % IO_ALIGN != 0)
        return ERR_MALFORMED;
    if (out->n_io_apics == MADT_IO_APICS_MAX)
        return ERR_UNSUPPORTED;
    out->io_apics[out->n_io_apics++] = (struct madt_io_apic){
        .at = at,
        .first_input = (uint32_t)bytes_field(entry, IO_FIRST, 4),
        .id = (uint8_t)bytes_field(entry, IO_ID, 1),
    };
    return ERR_OK;
}

/* One of the two fields of the flags: is it the second of its values? */
static bool second(unsigned field, bool *is_second)
{
    *is_second = field == LOW_OR_LEVEL;
    return field == AS_THE_BUS || field == HIGH_OR_EDGE || field == LOW_OR_LEVEL;
}

static err_t take_override(struct bytes entry, struct reader *reader)
{
    uint64_t irq = bytes_field(entry, OVERRIDE_IRQ, 1);
    unsigned flags = (unsigned)bytes_field(entry, OVERRIDE_FLAGS, 2);
    struct madt_isa_irq taken = {
        .input = (uint32_t)bytes_field(entry, OVERRIDE_INPUT, 4),
        .connected = true,
    };

    if (bytes_field(entry, OVERRIDE_BUS, 1) != BUS_ISA || irq >= MADT_ISA_IRQS ||
        reader->overridden & 1u << irq || !second(POLARITY(flags), &taken.active_low) ||
        !second(TRIGGER(flags), &taken.level))
        return ERR_MALFORMED;
    reader->overridden |= (uint16_t)(1u << irq);
    reader->out->isa_irqs[irq] = taken;
    return ERR_OK;
}

static err_t take_wide_address(struct bytes entry, struct reader *reader)
{
    if (reader->wide_address)
        return ERR_MALFORMED;
    reader->wide_address = true;
    reader->out->local_apic = bytes_field(entry, WIDE_ADDRESS, 8);
    return ERR_OK;
}

/* The types that concern us (table 5.21); we step over all others. */
static const struct {
    size_t len;
    err_t (*take)(struct bytes entry, struct reader *reader);
} types[] = {
    [0] = {8, take_cpu},           [1] = {12, take_io_apic}, [2] = {10, take_override},
    [5] = {12, take_wide_address}, [9] = {16, take_x2_cpu},
};

static err_t take_entry(struct bytes entry, struct reader *reader)
{
    uint64_t type = bytes_field(entry, ENTRY_TYPE, 1);

    if (type >= sizeof(types) / sizeof(types[0]) || !types[type].take)
        return ERR_OK;
    return entry.len == types[type].len ? types[type].take(entry, reader) : ERR_MALFORMED;
}

static err_t take_entries(struct bytes entries, struct reader *reader)
{
    while (entries.len) {
        size_t len = bytes_field(entries, ENTRY_LENGTH, 1);
        err_t error;

        if (len < ENTRY_MIN || len > entries.len)
            return ERR_MALFORMED;
        error = take_entry((struct bytes){entries.at, len}, reader);
        if (error)
            return error;
        entries = bytes_from(entries, len);
    }
    return ERR_OK;
}

/* Without an override an interrupt comes in at its own number, unless that input has been given
 * away. */
static void connect_others(struct madt *out, uint16_t overridden)
{
    uint16_t given_away = 0;

    for (unsigned irq = 0; irq < MADT_ISA_IRQS; irq++) {
        if (overridden & 1u << irq && out->isa_irqs[irq].input < MADT_ISA_IRQS)
            given_away |= (uint16_t)(1u << out->isa_irqs[irq].input);
    }
    for (unsigned irq = 0; irq < MADT_ISA_IRQS; irq++) {
        if (!(overridden & 1u << irq))
            out->isa_irqs[irq] = (struct madt_isa_irq){
                .input = irq,
                .connected = !(given_away & 1u << irq),
            };
    }
}

static err_t decode(struct bytes table, struct madt *out)
{
    struct reader reader = {.out = out};
    err_t error;

    if (table.len < ENTRIES)
        return ERR_BAD_LENGTH;
    out->local_apic = bytes_field(table, LOCAL_APIC, 4);
    out->has_pic = bytes_field(table, FLAGS, 4) & FLAGS_PIC;
    error = take_entries(bytes_from(table, ENTRIES), &reader);
    if (error)
        return error;
    if (out->local_apic == 0 || out->local_apic % PAGE_LEN != 0 || out->local_apic >= ADDRESS_END)
        return ERR_MALFORMED;
    connect_others(out, reader.overridden);
    return ERR_OK;
}

err_t madt_decode(struct bytes table, struct madt *out)
{
    err_t error;

    *out = (struct madt){0};
    error = decode(table, out);
    if (error)
        *out = (struct madt){0};
    return error;
}

err_t madt_read(paddr_t rsdp, struct madt *out)
{
    struct bytes table;
    err_t error = acpi_find_table(rsdp, "APIC", &table);

    *out = (struct madt){0};
    if (error)
        return error; /* logged there */
    error = madt_decode(table, out);
    if (error)
        kernel_log("ACPI: APIC: %s", err_sentence(error));
    return error;
}

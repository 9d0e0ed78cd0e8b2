/*
 * Tests device/madt.c on tables built entry by entry.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "device/madt.h"

#include "test/check.h"
#include "test/fake_arch.h"

#define ENTRIES 44

static uint8_t table[8192];
static size_t len;
static struct madt madt;

static void add(const void *bytes, size_t n)
{
    memcpy(table + len, bytes, n);
    len += n;
}

#define ADD(...) add((const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))

#define ADD_CPU(id, flags)         ADD(0, 8, 0, (id), (flags), 0, 0, 0)
#define ADD_X2_CPU(id, high, flag) ADD(9, 16, 0, 0, (id), 0, 0, (high), (flag), 0, 0, 0, 0, 0, 0, 0)
#define ADD_IO_APIC(low, first)    ADD(1, 12, 3, 0, (low), 0, 0xc0, 0xfe, (first), 0, 0, 0)
#define ADD_OVERRIDE(irq, input, flags) \
    ADD(2, 10, 0, (irq), (input), 0, 0, 0, (flags)&0xff, (flags) >> 8)

/* A table without entries; the PIC is there. */
static void begin(void)
{
    memset(table, 0, sizeof(table));
    memcpy(table, "APIC", 4);
    memcpy(table + 36, (const uint8_t[]){0, 0, 0xe0, 0xfe, 1}, 5);
    len = ENTRIES;
}

/* Decodes a copy of exactly its size, so that the address sanitizer sees a read past it. */
static err_t decode_first(size_t n)
{
    fake_arch_start(table, n);
    memset(&madt, 0xaa, sizeof(madt));
    return madt_decode((struct bytes){arch_phys(0, n), n}, &madt);
}

static err_t decode(void)
{
    return decode_first(len);
}

static bool is_unused(void)
{
    static const struct madt unused;

    return memcmp(&madt, &unused, sizeof(madt)) == 0;
}

/* As QEMU's q35 has it with two processors of four. */
static void make_q35(void)
{
    begin();
    ADD_CPU(0, 1);
    ADD_CPU(1, 1);
    ADD_CPU(2, 0);
    ADD_CPU(3, 0);
    ADD(1, 12, 0, 0, 0, 0, 0xc0, 0xfe, 0, 0, 0, 0);
    ADD_OVERRIDE(0, 2, 0);
    ADD_OVERRIDE(5, 5, 0xd);
    ADD_OVERRIDE(9, 9, 0xd);
    ADD(4, 6, 0xff, 0, 0, 1);
}

TEST(an_ordinary_table)
{
    make_q35();
    CHECK(decode() == ERR_OK);
    CHECK(madt.local_apic == 0xfee00000 && madt.has_pic);
    CHECK(madt.n_cpus == 2 && madt.cpus[0] == 0 && madt.cpus[1] == 1);
    CHECK(madt.n_cpus_left == 0 && madt.n_cpus_off == 0);
    CHECK(madt.n_io_apics == 1 && madt.io_apics[0].at == 0xfec00000);
    CHECK(madt.io_apics[0].first_input == 0 && madt.io_apics[0].id == 0);
    PASS;
}

TEST(an_empty_table)
{
    begin();
    table[40] = 0;
    CHECK(decode() == ERR_OK);
    CHECK(madt.n_cpus == 0 && madt.n_io_apics == 0 && !madt.has_pic);
    for (unsigned irq = 0; irq < MADT_ISA_IRQS; irq++)
        CHECK(madt.isa_irqs[irq].connected && madt.isa_irqs[irq].input == irq);
    PASS;
}

TEST(isa_interrupts)
{
    make_q35();
    ADD_OVERRIDE(3, 20, 0xf);
    ADD_OVERRIDE(4, 21, 0x5);
    CHECK(decode() == ERR_OK);
    CHECK(madt.isa_irqs[0].connected && madt.isa_irqs[0].input == 2);
    CHECK(!madt.isa_irqs[2].connected); /* its input is interrupt 0's */
    CHECK(madt.isa_irqs[9].input == 9 && madt.isa_irqs[9].level && !madt.isa_irqs[9].active_low);
    CHECK(madt.isa_irqs[3].input == 20 && madt.isa_irqs[3].level && madt.isa_irqs[3].active_low);
    CHECK(!madt.isa_irqs[4].level && !madt.isa_irqs[4].active_low);
    CHECK(madt.isa_irqs[1].connected && madt.isa_irqs[1].input == 1 && !madt.isa_irqs[1].level);
    PASS;
}

/* Two that swap their inputs are both connected. */
TEST(isa_interrupts_swapped)
{
    begin();
    ADD_OVERRIDE(6, 7, 0);
    ADD_OVERRIDE(7, 6, 0);
    CHECK(decode() == ERR_OK);
    CHECK(madt.isa_irqs[6].connected && madt.isa_irqs[6].input == 7);
    CHECK(madt.isa_irqs[7].connected && madt.isa_irqs[7].input == 6);
    PASS;
}

TEST(processors_of_both_kinds)
{
    begin();
    ADD_CPU(4, 1);
    ADD_X2_CPU(4, 0, 1);    /* the same one */
    ADD_X2_CPU(7, 0x12, 1); /* beyond 8 bits */
    ADD_CPU(5, 2);          /* off */
    ADD_X2_CPU(6, 0, 2);
    ADD_CPU(8, 0);
    ADD_CPU(0xff, 1); /* everyone's */
    ADD(9, 16, 0, 0, 0xff, 0xff, 0xff, 0xff, 1, 0, 0, 0, 0, 0, 0, 0);
    ADD_CPU(4, 1);
    CHECK(decode() == ERR_OK);
    CHECK(madt.n_cpus == 2 && madt.cpus[0] == 4 && madt.cpus[1] == 0x12000007);
    CHECK(madt.n_cpus_off == 2);
    PASS;
}

TEST(more_processors_than_room)
{
    begin();
    for (unsigned id = 0; id < 100; id++)
        ADD_CPU((uint8_t)id, 1);
    CHECK(decode() == ERR_OK);
    CHECK(madt.n_cpus == 64 && madt.cpus[63] == 63 && madt.n_cpus_left == 36);
    PASS;
}

TEST(more_io_apics_than_room)
{
    begin();
    for (unsigned i = 0; i < 8; i++)
        ADD_IO_APIC((uint8_t)(16 * i), (uint8_t)(24 * i));
    CHECK(decode() == ERR_OK);
    CHECK(madt.n_io_apics == 8 && madt.io_apics[7].at == 0xfec00070);
    CHECK(madt.io_apics[7].first_input == 168 && madt.io_apics[7].id == 3);
    ADD_IO_APIC(0x80, 192);
    CHECK(decode() == ERR_UNSUPPORTED && is_unused());
    PASS;
}

TEST(the_wide_address)
{
    begin();
    ADD(5, 12, 0, 0, 0, 0x10, 0, 0, 1, 0, 0, 0);
    CHECK(decode() == ERR_OK && madt.local_apic == 0x100001000);
    ADD(5, 12, 0, 0, 0, 0x10, 0, 0, 1, 0, 0, 0);
    CHECK(decode() == ERR_MALFORMED && is_unused());
    PASS;
}

TEST(impossible_addresses)
{
    begin();
    table[37] = 8; /* not a page's */
    CHECK(decode() == ERR_MALFORMED && is_unused());
    begin();
    memset(table + 36, 0, 4);
    CHECK(decode() == ERR_MALFORMED);
    begin();
    ADD(5, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0x10, 0); /* 2^52 */
    CHECK(decode() == ERR_MALFORMED);
    begin();
    ADD_IO_APIC(8, 0);
    CHECK(decode() == ERR_MALFORMED);
    begin();
    ADD(1, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    CHECK(decode() == ERR_MALFORMED);
    PASS;
}

TEST(impossible_overrides)
{
    begin();
    ADD_OVERRIDE(16, 16, 0);
    CHECK(decode() == ERR_MALFORMED && is_unused());
    begin();
    ADD(2, 10, 1, 4, 4, 0, 0, 0, 0, 0); /* another bus */
    CHECK(decode() == ERR_MALFORMED);
    begin();
    ADD_OVERRIDE(4, 4, 0x2);
    CHECK(decode() == ERR_MALFORMED);
    begin();
    ADD_OVERRIDE(4, 4, 0x8);
    CHECK(decode() == ERR_MALFORMED);
    begin();
    ADD_OVERRIDE(4, 4, 0);
    ADD_OVERRIDE(4, 5, 0);
    CHECK(decode() == ERR_MALFORMED);
    PASS;
}

/* An entry of a known type has its length; one of another type any that fits. */
TEST(lengths_of_entries)
{
    static const uint8_t known[] = {0, 1, 2, 5, 9};

    for (size_t i = 0; i < sizeof(known); i++) {
        for (unsigned n = 2; n < 40; n++) {
            bool right = n == (unsigned[]){8, 12, 10, 12, 16}[i];
            uint8_t entry[40] = {known[i], (uint8_t)n, 0, 0, 0, 0x10};

            begin();
            add(entry, n);
            CHECK((decode() == ERR_OK) == right);
        }
    }
    begin();
    ADD(3, 2);
    ADD(0x80, 7, 1, 1, 1, 1, 1);
    ADD_CPU(1, 1);
    CHECK(decode() == ERR_OK && madt.n_cpus == 1);
    PASS;
}

TEST(entries_that_do_not_end)
{
    begin();
    ADD_CPU(1, 1);
    ADD(3, 0);
    CHECK(decode() == ERR_MALFORMED && is_unused());
    begin();
    ADD(3, 1, 12, 0, 0, 0, 0, 0xc0, 0xfe, 0, 0, 0, 0); /* goes on as an I/O APIC in its middle */
    CHECK(decode() == ERR_MALFORMED);
    begin();
    ADD(3, 255, 0);
    CHECK(decode() == ERR_MALFORMED);
    begin();
    ADD(3);
    CHECK(decode() == ERR_MALFORMED);
    PASS;
}

/* A table that ends between two entries is a shorter one; anywhere else it is spoilt. */
TEST(every_truncation)
{
    size_t end = ENTRIES;

    make_q35();
    for (size_t n = 0; n <= len; n++) {
        err_t error = decode_first(n);

        CHECK(n >= ENTRIES || error == ERR_BAD_LENGTH);
        CHECK(n < ENTRIES || error == (n == end ? ERR_OK : ERR_MALFORMED));
        CHECK(!error || is_unused());
        if (n == end)
            end += table[n + 1];
    }
    PASS;
}

/* The way from the root pointer, which test/acpi.c walks in detail. */
static uint8_t memory[0x200];

static void seal(size_t at, size_t n, size_t offset)
{
    uint8_t sum = 0;

    memory[at + offset] = 0;
    for (size_t i = 0; i < n; i++)
        sum = (uint8_t)(sum + memory[at + i]);
    memory[at + offset] = (uint8_t)-sum;
}

static err_t read_sealed(void)
{
    memset(memory, 0, sizeof(memory));
    memcpy(memory, "RSD PTR ", 8);
    memcpy(memory + 16, (const uint8_t[]){0x40, 0x10}, 2);
    seal(0, 20, 8);
    memcpy(memory + 0x40, "RSDT\x28", 5);
    memcpy(memory + 0x64, (const uint8_t[]){0x80, 0x10}, 2);
    seal(0x40, 40, 9);
    memcpy(memory + 0x80, table, len);
    memory[0x84] = (uint8_t)len;
    seal(0x80, len, 9);
    fake_arch_start_at(0x1000, memory, sizeof(memory));
    memset(&madt, 0xaa, sizeof(madt));
    return madt_read(0x1000, &madt);
}

TEST(found_from_the_root)
{
    make_q35();
    CHECK(read_sealed() == ERR_OK && madt.n_cpus == 2);
    CHECK_STRING(fake_console(), "");
    ADD(3, 0);
    CHECK(read_sealed() == ERR_MALFORMED && is_unused());
    CHECK(fake_console_count("ACPI: APIC: malformed contents") == 1);
    table[0] = 'B';
    CHECK(read_sealed() == ERR_NOT_FOUND && is_unused());
    CHECK(fake_console_count("ACPI: APIC at 0x0: not found") == 1);
    CHECK(madt_read(0, &madt) == ERR_NOT_FOUND);
    PASS;
}

int main(void)
{
    RUN(an_ordinary_table);
    RUN(an_empty_table);
    RUN(isa_interrupts);
    RUN(isa_interrupts_swapped);
    RUN(processors_of_both_kinds);
    RUN(more_processors_than_room);
    RUN(more_io_apics_than_room);
    RUN(the_wide_address);
    RUN(impossible_addresses);
    RUN(impossible_overrides);
    RUN(lengths_of_entries);
    RUN(entries_that_do_not_end);
    RUN(every_truncation);
    RUN(found_from_the_root);
    fake_arch_end();
    TESTS_END;
}

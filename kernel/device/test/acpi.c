/*
 * Tests device/acpi.c on tables built in a small memory.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "device/acpi.h"

#include "test/check.h"
#include "test/fake_arch.h"

/* Physical memory, from address 0x1000 so that no table lies at 0. */
#define BASE     0x1000
#define RSDP_AT  (BASE + 0x000)
#define RSDT_AT  (BASE + 0x040)
#define XSDT_AT  (BASE + 0x080)
#define OTHER_AT (BASE + 0x0c0)
#define FADT_AT  (BASE + 0x100)
#define DSDT_AT  (BASE + 0x300)

#define FADT_LEN 276

static uint8_t memory[0x400];

static void put(paddr_t at, uint64_t value, size_t len)
{
    for (size_t i = 0; i < len; i++)
        memory[at - BASE + i] = (uint8_t)(value >> 8 * i);
}

static void put_bytes(paddr_t at, const void *bytes, size_t len)
{
    memcpy(memory + (at - BASE), bytes, len);
}

/* Makes the LEN bytes at AT sum to zero by the byte at OFFSET. */
static void seal(paddr_t at, size_t len, size_t offset)
{
    uint8_t sum = 0;

    put(at + offset, 0, 1);
    for (size_t i = 0; i < len; i++)
        sum = (uint8_t)(sum + memory[at - BASE + i]);
    put(at + offset, (uint8_t)-sum, 1);
}

static void put_header(paddr_t at, const char *signature, uint32_t len)
{
    put_bytes(at, signature, 4);
    put(at + 4, len, 4);
}

static void seal_table(paddr_t at)
{
    size_t len = memory[at - BASE + 4] | memory[at - BASE + 5] << 8;

    seal(at, len, 9);
}

static void seal_rsdp(void)
{
    seal(RSDP_AT, 20, 8);
    seal(RSDP_AT, 36, 32);
}

/* As QEMU's q35 has it. */
static const uint8_t soft_off[] = {0x08, '_', 'S', '5', '_', 0x12, 0x06, 0x04, 0, 0, 0, 0};

static void put_dsdt(const void *aml, size_t len)
{
    put_header(DSDT_AT, "DSDT", (uint32_t)(36 + len));
    put_bytes(DSDT_AT + 36, aml, len);
    seal_table(DSDT_AT);
}

/* Everything in order: RSDP revision 2, XSDT with two tables, RSDT with the FADT alone. */
static void make(void)
{
    memset(memory, 0, sizeof(memory));
    put_bytes(RSDP_AT, "RSD PTR ", 8);
    put(RSDP_AT + 15, 2, 1);
    put(RSDP_AT + 16, RSDT_AT, 4);
    put(RSDP_AT + 20, 36, 4);
    put(RSDP_AT + 24, XSDT_AT, 8);
    seal_rsdp();

    put_header(RSDT_AT, "RSDT", 36 + 4);
    put(RSDT_AT + 36, FADT_AT, 4);
    seal_table(RSDT_AT);
    put_header(XSDT_AT, "XSDT", 36 + 16);
    put(XSDT_AT + 36, OTHER_AT, 8);
    put(XSDT_AT + 44, FADT_AT, 8);
    seal_table(XSDT_AT);
    put_header(OTHER_AT, "APIC", 36);
    seal_table(OTHER_AT);

    put_header(FADT_AT, "FACP", FADT_LEN);
    put(FADT_AT + 40, DSDT_AT, 4);
    put(FADT_AT + 48, 0xb2, 4);
    put(FADT_AT + 52, 2, 1);
    put(FADT_AT + 64, 0x604, 4);
    put(FADT_AT + 112, 1 << 10, 4);
    put(FADT_AT + 116, 1, 1);
    put(FADT_AT + 120, 0xcf9, 8);
    put(FADT_AT + 128, 0x0f, 1);
    seal_table(FADT_AT);
    put_dsdt(soft_off, sizeof(soft_off));
}

static struct acpi_hardware hardware;
static struct acpi_sleep sleep_types;

static err_t read(void)
{
    fake_arch_start_at(BASE, memory, sizeof(memory));
    return acpi_read_hardware(RSDP_AT, &hardware);
}

static err_t read_off(void)
{
    err_t error = read();

    return error ? error : acpi_read_soft_off(&hardware, &sleep_types);
}

TEST(good_tables)
{
    make();
    CHECK(read_off() == ERR_OK);
    CHECK(hardware.dsdt == DSDT_AT && hardware.pm1a_control == 0x604 && !hardware.pm1b_control);
    CHECK(hardware.smi_command == 0xb2 && hardware.acpi_enable == 2);
    CHECK(hardware.reset_port == 0xcf9 && hardware.reset_value == 0x0f);
    CHECK(sleep_types.type_a == 0 && sleep_types.type_b == 0);
    CHECK_STRING(fake_console(), "");
    PASS;
}

TEST(newer_fields_come_first)
{
    make();
    put(FADT_AT + 140, DSDT_AT, 8);
    put(FADT_AT + 40, 0x10, 4);
    put(FADT_AT + 172, 1, 1);
    put(FADT_AT + 176, 0x804, 8);
    put(FADT_AT + 184, 1, 1);
    put(FADT_AT + 188, 0x904, 8);
    seal_table(FADT_AT);
    CHECK(read_off() == ERR_OK);
    CHECK(hardware.pm1a_control == 0x804 && hardware.pm1b_control == 0x904);
    PASS;
}

TEST(what_is_no_port_is_not_there)
{
    make();
    put(FADT_AT + 64, 0x10604, 4);
    put(FADT_AT + 116, 0, 1); /* in memory */
    put(FADT_AT + 172, 1, 1);
    put(FADT_AT + 176, 0x10000, 8);
    seal_table(FADT_AT);
    CHECK(read() == ERR_OK);
    CHECK(hardware.pm1a_control == 0 && hardware.reset_port == 0);
    PASS;
}

TEST(an_old_fadt_is_shorter)
{
    make();
    put_header(FADT_AT, "FACP", 116);
    seal_table(FADT_AT);
    CHECK(read_off() == ERR_OK);
    CHECK(hardware.pm1a_control == 0x604 && hardware.reset_port == 0);
    put_header(FADT_AT, "FACP", 36);
    seal_table(FADT_AT);
    CHECK(read_off() == ERR_NOT_FOUND);
    CHECK(hardware.pm1a_control == 0);
    PASS;
}

TEST(the_rsdt_stands_in)
{
    make();
    put(RSDP_AT + 15, 0, 1); /* ACPI 1.0: no XSDT */
    seal_rsdp();
    CHECK(read_off() == ERR_OK);
    CHECK_STRING(fake_console(), "");
    make();
    put(XSDT_AT + 9, 0, 1);
    CHECK(read_off() == ERR_OK);
    CHECK(fake_console_count("ACPI: XSDT at 0x1080: wrong checksum") == 1);
    PASS;
}

TEST(a_bad_rsdp)
{
    make();
    fake_arch_start_at(BASE, memory, sizeof(memory));
    CHECK(acpi_read_hardware(0, &hardware) == ERR_NOT_FOUND);
    CHECK(acpi_read_hardware(BASE + sizeof(memory) - 19, &hardware) == ERR_OUT_OF_BOUNDS);
    CHECK(acpi_read_hardware(BASE + sizeof(memory) - 20, &hardware) == ERR_BAD_SIGNATURE);
    CHECK(acpi_read_hardware(UINT64_MAX, &hardware) == ERR_OUT_OF_BOUNDS);
    put(RSDP_AT + 9, 1, 1);
    CHECK(read() == ERR_BAD_CHECKSUM);
    seal(RSDP_AT, 20, 8);
    put(RSDP_AT + 33, 1, 1);
    CHECK(read() == ERR_BAD_CHECKSUM);
    put(RSDP_AT + 20, 0xffffffff, 4);
    CHECK(read() == ERR_BAD_LENGTH);
    PASS;
}

TEST(bad_tables)
{
    static const uint32_t lengths[] = {0, 35, 0x100001, 0xffffffff};

    for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
        make();
        put(DSDT_AT + 4, lengths[i], 4);
        CHECK(read_off() == ERR_BAD_LENGTH);
        make();
        put(FADT_AT + 4, lengths[i], 4);
        CHECK(read() == ERR_NOT_FOUND);
    }
    make();
    put(DSDT_AT + 4, 0x100000, 4);
    CHECK(read_off() == ERR_OUT_OF_BOUNDS);
    make();
    put(DSDT_AT + 35, 1, 1);
    CHECK(read_off() == ERR_BAD_CHECKSUM);
    CHECK(fake_console_count("ACPI: DSDT at 0x1300: wrong checksum") == 1);
    make();
    put(DSDT_AT, 'X', 1);
    CHECK(read_off() == ERR_BAD_SIGNATURE);
    PASS;
}

/* What comes of AML that is LEN bytes at BYTES. */
static err_t find(const void *bytes, size_t len)
{
    struct bytes aml;

    fake_arch_start(bytes, len);
    aml = (struct bytes){arch_phys(0, len), len};
    return acpi_find_soft_off(aml, &sleep_types);
}

/* The same of Name (_S5_, ...), whose rest is given; tells both types as "a.b", or an error. */
#define SOFT_OFF(...) \
    soft_off_of((const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))

static const char *soft_off_of(const void *rest, size_t len)
{
    static char result[16];
    uint8_t aml[64] = {0x08, '_', 'S', '5', '_'};

    memcpy(aml + 5, rest, len);
    if (find(aml, 5 + len) != ERR_OK)
        return "error";
    snprintf(result, sizeof(result), "%u.%u", sleep_types.type_a, sleep_types.type_b);
    return result;
}

TEST(forms_of_the_package)
{
    CHECK_STRING(SOFT_OFF(0x12, 0x05, 0x02, 0x0a, 0x05, 0x01), "5.1");
    CHECK_STRING(SOFT_OFF(0x12, 0x46, 0x00, 0x02, 0x0a, 0x05, 0x01), "5.1");
    CHECK_STRING(SOFT_OFF(0x12, 0xc8, 0x00, 0x00, 0x00, 0x02, 0x0a, 0x06, 0x00), "6.0");
    CHECK_STRING(SOFT_OFF(0x12, 0x04, 0x01, 0x0a, 0x03), "3.0");
    CHECK_STRING(SOFT_OFF(0x12, 0x08, 0x02, 0x0b, 0x05, 0x00, 0x0b, 0x07, 0x00), "5.7");
    CHECK_STRING(SOFT_OFF(0x12, 0x08, 0x02, 0x0c, 0x02, 0x00, 0x00, 0x00, 0x01), "2.1");
    PASS;
}

TEST(malformed_packages)
{
    CHECK_STRING(SOFT_OFF(0x13, 0x05, 0x02, 0x0a, 0x05, 0x01), "error"); /* not a package */
    CHECK_STRING(SOFT_OFF(0x12, 0x00, 0x02, 0x0a, 0x05, 0x01), "error"); /* shorter than itself */
    CHECK_STRING(SOFT_OFF(0x12, 0x04, 0x02, 0x0a, 0x05, 0x01), "error"); /* ends in an element */
    CHECK_STRING(SOFT_OFF(0x12, 0x06, 0x02, 0x0a, 0x05, 0x01), "error"); /* outgrows the table */
    CHECK_STRING(SOFT_OFF(0x12, 0xcf, 0xff, 0xff, 0xff, 0x02), "error");
    CHECK_STRING(SOFT_OFF(0x12, 0xc0, 0x00), "error"); /* the length itself is cut */
    CHECK_STRING(SOFT_OFF(0x12, 0x02, 0x00), "error"); /* no elements */
    CHECK_STRING(SOFT_OFF(0x12, 0x05, 0x02, 0x0a, 0x08, 0x01), "error"); /* four bits */
    CHECK_STRING(SOFT_OFF(0x12, 0x05, 0x02, 0x0d, 0x31, 0x00), "error"); /* a string */
    PASS;
}

TEST(the_name_is_looked_for_everywhere)
{
    static const uint8_t absolute[] = {0xff, 0x08, '\\', '_',  'S',  '5', '_',
                                       0x12, 0x05, 0x02, 0x0a, 0x05, 0x01};
    static const uint8_t mentioned[] = {'_', 'S',  '5',  '_',  0x08, '_',  'S',
                                        '5', '_',  0x00, 0x08, '_',  'S',  '5',
                                        '_', 0x12, 0x05, 0x02, 0x0a, 0x05, 0x01};

    CHECK(find(absolute, sizeof(absolute)) == ERR_OK && sleep_types.type_a == 5);
    CHECK(find(mentioned, sizeof(mentioned)) == ERR_OK && sleep_types.type_a == 5);
    CHECK(find("", 0) == ERR_NOT_FOUND);
    CHECK(find("_S5_", 4) == ERR_NOT_FOUND);
    PASS;
}

TEST(truncated_aml)
{
    for (size_t len = 0; len < sizeof(soft_off); len++)
        CHECK(find(soft_off, len) != ERR_OK);
    CHECK(find(soft_off, sizeof(soft_off)) == ERR_OK);
    PASS;
}

int main(void)
{
    RUN(good_tables);
    RUN(newer_fields_come_first);
    RUN(what_is_no_port_is_not_there);
    RUN(an_old_fadt_is_shorter);
    RUN(the_rsdt_stands_in);
    RUN(a_bad_rsdp);
    RUN(bad_tables);
    RUN(forms_of_the_package);
    RUN(malformed_packages);
    RUN(the_name_is_looked_for_everywhere);
    RUN(truncated_aml);
    fake_arch_end();
    TESTS_END;
}

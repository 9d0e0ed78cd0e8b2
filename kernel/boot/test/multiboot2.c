/*
 * Tests boot/multiboot2.c on a small memory that begins with the boot information.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "boot/multiboot2.h"

#include "boot/loader.h"
#include "test/check.h"
#include "test/fake_arch.h"

#define BLOCK_AT   0x1000 /* physical */
#define MODULES_AT 0x8000
#define MEMORY_LEN 0x9000

#define COMMAND_LINE 1
#define MODULE       3
#define MEMORY_MAP   6
#define RSDP_1       14
#define RSDP_2       15

static uint8_t memory[MEMORY_LEN]; /* from BLOCK_AT on */
static size_t len;                 /* of the block so far */
static struct boot_info info;

static void put(const void *bytes, size_t n)
{
    memcpy(memory + len, bytes, n);
    len += n;
}

static void put32(uint32_t value)
{
    put(&value, sizeof(value));
}

static void put64(uint64_t value)
{
    put(&value, sizeof(value));
}

/* Changes 32 bits of the block. */
static void patch(size_t offset, uint32_t value)
{
    memcpy(memory + offset, &value, sizeof(value));
}

static void begin(void)
{
    memset(memory, 0xff, sizeof(memory)); /* what is beyond the end is never mistaken for a tag */
    len = 0;
    put32(0);
    put32(0);
}

static void begin_tag(uint32_t type, uint32_t tag_len)
{
    while (len % 8)
        put("", 1);
    put32(type);
    put32(tag_len);
}

static void add_command_line(const char *text)
{
    begin_tag(COMMAND_LINE, (uint32_t)(8 + strlen(text) + 1));
    put(text, strlen(text) + 1);
}

static void add_module(uint32_t from, uint32_t to, const char *text)
{
    begin_tag(MODULE, (uint32_t)(16 + strlen(text) + 1));
    put32(from);
    put32(to);
    put(text, strlen(text) + 1);
}

static void add_map(uint32_t entry_len, size_t n)
{
    begin_tag(MEMORY_MAP, (uint32_t)(16 + n * entry_len));
    put32(entry_len);
    put32(0);
}

static void add_range(uint64_t at, uint64_t range_len, uint32_t type)
{
    put64(at);
    put64(range_len);
    put32(type);
    put32(0);
}

static void add_rsdp(uint32_t type, size_t copy_len)
{
    begin_tag(type, (uint32_t)(8 + copy_len));
    for (size_t i = 0; i < copy_len; i++)
        put("R", 1);
}

static void end(void)
{
    begin_tag(0, 8);
    patch(0, (uint32_t)len);
}

static err_t read(void)
{
    fake_arch_start_at(BLOCK_AT, memory, sizeof(memory));
    return multiboot2_read(BLOCK_AT, &info);
}

/* As GRUB does, with a tag that the kernel does not know. */
static void make(void)
{
    begin();
    add_command_line("at-end=halt");
    begin_tag(2, 8 + 5);
    put("GRUB", 5);
    add_module(MODULES_AT, MODULES_AT + 5, "package");
    add_map(24, 2);
    add_range(0, 0x9fc00, BOOT_RANGE_USABLE);
    add_range(0x100000000, 0x40000000, BOOT_RANGE_USABLE);
    add_rsdp(RSDP_1, 20);
    add_rsdp(RSDP_2, 36);
    end();
}

TEST(a_good_one_is_copied)
{
    make();
    CHECK(read() == ERR_OK);
    CHECK(info.loader == LOADER_MULTIBOOT2);
    CHECK_STRING(info.command_line, "at-end=halt");
    CHECK(info.n_modules == 1 && info.modules[0].at == MODULES_AT && info.modules[0].len == 5);
    CHECK_STRING(info.modules[0].command_line, "package");
    CHECK(info.n_ranges == 2 && info.ranges[1].at == 0x100000000);
    CHECK(info.ranges[1].len == 0x40000000 && info.ranges[1].type == BOOT_RANGE_USABLE);
    CHECK(info.kept_at == BLOCK_AT && info.kept_len == len);
    CHECK_STRING(fake_console(), "");
    boot_info_log(&info);
    CHECK(fake_console_count("entered by Multiboot2") == 1);
    CHECK(fake_console_count("memory: 1024 MiB usable in 2 ranges") == 1);
    PASS;
}

TEST(the_newer_root_pointer_counts)
{
    size_t older, newer;

    begin();
    older = len + 8;
    add_rsdp(RSDP_1, 20);
    end();
    CHECK(read() == ERR_OK && info.rsdp == BLOCK_AT + older);

    for (unsigned newer_first = 0; newer_first < 2; newer_first++) {
        begin();
        if (!newer_first)
            add_rsdp(RSDP_1, 20);
        begin_tag(99, 8);
        newer = len + 8;
        add_rsdp(RSDP_2, 36);
        if (newer_first)
            add_rsdp(RSDP_1, 20);
        end();
        CHECK(read() == ERR_OK && info.rsdp == BLOCK_AT + newer);
    }
    PASS;
}

TEST(nothing_is_kept_without_a_root_pointer)
{
    begin();
    add_command_line("x");
    end();
    CHECK(read() == ERR_OK);
    CHECK(info.rsdp == 0 && info.kept_len == 0);
    PASS;
}

TEST(none_at_all)
{
    make();
    fake_arch_start_at(BLOCK_AT, memory, sizeof(memory));
    CHECK(multiboot2_read(0, &info) == ERR_OUT_OF_BOUNDS);
    CHECK(multiboot2_read(BLOCK_AT + MEMORY_LEN - 7, &info) == ERR_OUT_OF_BOUNDS);
    CHECK(multiboot2_read(UINT64_MAX, &info) == ERR_OUT_OF_BOUNDS);
    patch(0, MEMORY_LEN + 1);
    CHECK(read() == ERR_OUT_OF_BOUNDS);
    patch(0, 7);
    CHECK(read() == ERR_BAD_LENGTH);
    patch(0, MULTIBOOT2_LEN_MAX + 1);
    CHECK(read() == ERR_BAD_LENGTH);
    CHECK(info.loader == 0 && info.command_line[0] == 0 && info.n_modules == 0);
    boot_info_log(&info);
    CHECK(fake_console_count("entered by an unknown loader") == 1);
    PASS;
}

TEST(a_block_without_an_end)
{
    make();
    patch(0, (uint32_t)len - 8);
    CHECK(read() == ERR_OK);
    CHECK(info.n_modules == 1 && info.n_ranges == 2 && info.rsdp);
    CHECK(strstr(fake_console(), "the boot information is malformed after "));
    patch(0, 8);
    CHECK(read() == ERR_OK);
    CHECK(fake_console_count("the boot information is malformed after 8 of 8 bytes, the rest is "
                             "ignored") == 1);
    PASS;
}

/* The second tag gets this length; the first one counts all the same. */
static int malformed(uint32_t type, uint32_t tag_len)
{
    size_t second;

    begin();
    add_command_line("first"); /* 8 + 6 bytes, and 2 to the next multiple of 8 */
    second = len + 2;
    begin_tag(type, tag_len);
    put64(0);
    put64(0);
    add_module(MODULES_AT, MODULES_AT + 5, "after");
    end();
    CHECK(second == 24);
    CHECK(read() == ERR_OK);
    CHECK_STRING(info.command_line, "first");
    CHECK(info.n_modules == 0 && info.n_ranges == 0 && info.rsdp == 0);
    CHECK(strstr(fake_console(), "the boot information is malformed after 24 of "));
    PASS;
}

TEST(malformed_tags)
{
    static const uint32_t types[] = {COMMAND_LINE, MODULE, MEMORY_MAP, RSDP_1, RSDP_2, 99};

    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        if (!malformed(types[i], 0) || !malformed(types[i], 7) ||
            !malformed(types[i], UINT32_MAX) || !malformed(types[i], 0x80))
            return 0;
    }
    return malformed(MODULE, 15) && malformed(MEMORY_MAP, 15) && malformed(RSDP_1, 27) &&
           malformed(RSDP_2, 43) && malformed(MEMORY_MAP, 16); /* entries of no bytes */
}

TEST(lengths_that_just_suffice)
{
    begin();
    begin_tag(COMMAND_LINE, 8);
    begin_tag(MODULE, 16);
    put32(MODULES_AT);
    put32(MODULES_AT + 1);
    add_map(24, 0);
    end();
    CHECK(read() == ERR_OK);
    CHECK_STRING(info.command_line, "");
    CHECK(info.n_modules == 1 && info.n_ranges == 0);
    CHECK_STRING(info.modules[0].command_line, "");
    CHECK_STRING(fake_console(), "");
    PASS;
}

TEST(strings_without_an_end)
{
    begin();
    begin_tag(COMMAND_LINE, 8 + 3);
    put("abcd", 4); /* the last one lies past the tag */
    end();
    CHECK(read() == ERR_OK);
    CHECK_STRING(info.command_line, "abc");
    PASS;
}

TEST(strings_that_are_too_long)
{
    static char line[4097], name[129];

    memset(line, 'a', 4096);
    memset(name, 'b', 128);
    begin();
    add_command_line(line);
    add_module(MODULES_AT, MODULES_AT + 1, name);
    end();
    CHECK(read() == ERR_OK);
    CHECK(strlen(info.command_line) == 4095 && strlen(info.modules[0].command_line) == 127);
    CHECK(fake_console_count("the command line is longer than 4095 bytes, cut") == 1);
    CHECK(fake_console_count("the command line of a module is longer than 127 bytes, cut") == 1);

    line[4095] = 0;
    name[127] = 0;
    begin();
    add_command_line(line);
    add_module(MODULES_AT, MODULES_AT + 1, name);
    end();
    CHECK(read() == ERR_OK);
    CHECK(strlen(info.command_line) == 4095 && strlen(info.modules[0].command_line) == 127);
    CHECK_STRING(fake_console(), "");
    PASS;
}

TEST(the_first_command_line_counts)
{
    begin();
    add_command_line("first");
    add_command_line("second");
    end();
    CHECK(read() == ERR_OK);
    CHECK_STRING(info.command_line, "first");
    PASS;
}

TEST(modules_out_of_bounds)
{
    begin();
    add_module(MODULES_AT, MODULES_AT, "empty");
    add_module(MODULES_AT + 1, MODULES_AT, "backwards");
    add_module(MODULES_AT, UINT32_MAX, "too long");
    add_module(BLOCK_AT + MEMORY_LEN - 1, BLOCK_AT + MEMORY_LEN, "the last byte");
    end();
    CHECK(read() == ERR_OK);
    CHECK(info.n_modules == 1);
    CHECK_STRING(info.modules[0].command_line, "the last byte");
    CHECK(fake_console_count("module 0 of 0 bytes at 0x8000 is out of bounds, ignored") == 1);
    CHECK(fake_console_count("module 1 of 0 bytes at 0x8001 is out of bounds, ignored") == 1);
    CHECK(fake_console_count("module 2 of 4294934527 bytes at 0x8000 is out of bounds, ignored") ==
          1);
    PASS;
}

TEST(ranges_out_of_bounds)
{
    begin();
    add_map(24, 3);
    add_range(0x1000, 0, BOOT_RANGE_USABLE);
    add_range(UINT64_MAX, 2, BOOT_RANGE_USABLE);
    add_range(UINT64_MAX, 1, BOOT_RANGE_BAD);
    end();
    CHECK(read() == ERR_OK);
    CHECK(info.n_ranges == 1 && info.ranges[0].type == BOOT_RANGE_BAD);
    CHECK(fake_console_count("memory range 0 of 0x0 bytes at 0x1000 is out of bounds, ignored") ==
          1);
    CHECK(strstr(fake_console(), "memory range 1 of 0x2 bytes at 0xffffffffffffffff"));
    PASS;
}

TEST(entries_that_are_too_short)
{
    for (uint32_t entry_len = 0; entry_len < 24; entry_len += 23) {
        begin();
        add_map(entry_len, 1);
        put("01234567890123456789012", entry_len);
        end();
        CHECK(read() == ERR_OK);
        CHECK(info.n_ranges == 0);
        CHECK(strstr(fake_console(), "the boot information is malformed after 8 of "));
    }
    PASS;
}

/* Entries may grow in a later version; what is left of the last one does not count. */
TEST(longer_entries)
{
    begin();
    add_map(32, 2);
    add_range(0x1000, 0x1000, 3);
    put64(UINT64_MAX);
    add_range(0x2000, 0x2000, 4);
    end();
    patch(8 + 4, 16 + 32 + 24);
    CHECK(read() == ERR_OK);
    CHECK(info.n_ranges == 1 && info.ranges[0].type == BOOT_RANGE_ACPI);
    PASS;
}

TEST(too_many_of_everything)
{
    begin();
    for (unsigned i = 0; i < 20; i++)
        add_module(MODULES_AT, MODULES_AT + (i != 3), "");
    add_map(24, 100);
    for (unsigned i = 0; i < 100; i++)
        add_range(i, 1, BOOT_RANGE_USABLE);
    add_map(24, 100);
    for (unsigned i = 0; i < 100; i++)
        add_range(100 + i, 1, BOOT_RANGE_USABLE);
    end();
    CHECK(read() == ERR_OK);
    CHECK(info.n_modules == BOOT_MODULES_MAX - 1 && info.n_ranges == BOOT_RANGES_MAX);
    CHECK(info.ranges[BOOT_RANGES_MAX - 1].at == BOOT_RANGES_MAX - 1);
    CHECK(fake_console_count("20 modules are listed, the first 16 count") == 1);
    CHECK(fake_console_count("200 memory ranges are listed, the first 128 count") == 1);
    PASS;
}

int main(void)
{
    RUN(a_good_one_is_copied);
    RUN(the_newer_root_pointer_counts);
    RUN(nothing_is_kept_without_a_root_pointer);
    RUN(none_at_all);
    RUN(a_block_without_an_end);
    RUN(malformed_tags);
    RUN(lengths_that_just_suffice);
    RUN(strings_without_an_end);
    RUN(strings_that_are_too_long);
    RUN(the_first_command_line_counts);
    RUN(modules_out_of_bounds);
    RUN(ranges_out_of_bounds);
    RUN(entries_that_are_too_short);
    RUN(longer_entries);
    RUN(too_many_of_everything);
    fake_arch_end();
    TESTS_END;
}

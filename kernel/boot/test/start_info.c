/*
 * Tests boot/start_info.c on a small memory that starts with the start info.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "boot/start_info.h"

#include "boot/loader.h"
#include "test/check.h"
#include "test/fake_arch.h"

/* Xen, public/arch-x86/hvm/start_info.h, with what it points to behind it. */
static struct {
    uint32_t magic, version, flags, n_modules;
    uint64_t modules_at, command_line_at, rsdp_at, ranges_at;
    uint32_t n_ranges, reserved;
    struct {
        uint64_t at, len, command_line_at, reserved;
    } modules[20];
    struct {
        uint64_t at, len;
        uint32_t type, reserved;
    } ranges[140];
    char command_line[5000];
} memory;

static struct boot_info info;

#define AT(field) offsetof(__typeof__(memory), field)

/* A start info with one module and two ranges. */
static void make(void)
{
    memset(&memory, 0, sizeof(memory));
    memory.magic = 0x336ec578;
    memory.version = 1;
    memory.n_modules = 1;
    memory.modules_at = AT(modules);
    memory.command_line_at = AT(command_line);
    memory.rsdp_at = 0xf0000;
    memory.ranges_at = AT(ranges);
    memory.n_ranges = 2;
    memory.modules[0].at = AT(command_line);
    memory.modules[0].len = 5;
    memory.ranges[0].len = 0x9fc00;
    memory.ranges[0].type = BOOT_RANGE_USABLE;
    memory.ranges[1].at = 0x100000000;
    memory.ranges[1].len = 0x40000000;
    memory.ranges[1].type = BOOT_RANGE_USABLE;
    strcpy(memory.command_line, "hello");
}

static err_t read(void)
{
    fake_arch_start(&memory, sizeof(memory));
    return start_info_read(0, &info);
}

TEST(a_good_one_is_copied)
{
    make();
    CHECK(read() == ERR_OK);
    CHECK(info.loader == LOADER_PVH && info.version == 1);
    CHECK(info.rsdp == 0xf0000 && info.kept_len == 0);
    CHECK_STRING(info.command_line, "hello");
    CHECK(info.n_modules == 1 && info.modules[0].len == 5);
    CHECK_STRING(info.modules[0].command_line, "");
    CHECK(info.n_ranges == 2 && info.ranges[1].at == 0x100000000);
    CHECK_STRING(fake_console(), "");
    boot_info_log(&info);
    CHECK(fake_console_count("entered by PVH, start info version 1") == 1);
    CHECK(fake_console_count("memory: 1024 MiB usable in 2 ranges") == 1);
    PASS;
}

TEST(none_at_all)
{
    make();
    memory.magic++;
    CHECK(read() == ERR_BAD_SIGNATURE);
    fake_arch_start(&memory, sizeof(memory));
    CHECK(start_info_read(sizeof(memory) - 39, &info) == ERR_OUT_OF_BOUNDS);
    CHECK(start_info_read(UINT64_MAX, &info) == ERR_OUT_OF_BOUNDS);
    CHECK(info.command_line[0] == 0 && info.n_modules == 0 && info.n_ranges == 0);
    PASS;
}

TEST(version_0_has_no_memory_map)
{
    make();
    memory.version = 0;
    CHECK(read() == ERR_OK);
    CHECK(info.n_ranges == 0);
    PASS;
}

TEST(command_line_limits)
{
    make();
    memset(memory.command_line, 'a', 4095);
    CHECK(read() == ERR_OK);
    CHECK(strlen(info.command_line) == 4095);
    CHECK_STRING(fake_console(), "");
    memory.command_line[4095] = 'a';
    CHECK(read() == ERR_OK);
    CHECK(strlen(info.command_line) == 4095);
    CHECK(fake_console_count("the command line is longer than 4095 bytes, cut") == 1);
    PASS;
}

TEST(command_line_out_of_bounds)
{
    make();
    memory.command_line[sizeof(memory.command_line) - 1] = 'a'; /* no end before memory's end */
    memory.command_line_at = sizeof(memory) - 1;
    CHECK(read() == ERR_OK);
    CHECK_STRING(info.command_line, "");
    CHECK(strstr(fake_console(), "the command line at 0x"));
    memory.command_line_at = UINT64_MAX;
    CHECK(read() == ERR_OK);
    CHECK(fake_console_count("the command line at 0xffffffffffffffff is out of bounds, ignored") ==
          1);
    memory.command_line_at = 0;
    CHECK(read() == ERR_OK);
    CHECK_STRING(fake_console(), "");
    PASS;
}

TEST(modules_out_of_bounds)
{
    make();
    memory.n_modules = 3;
    memory.modules[0].len = UINT64_MAX;
    memory.modules[1].len = 0;
    memory.modules[2].len = 1;
    memory.modules[2].command_line_at = 1ULL << 40;
    CHECK(read() == ERR_OK);
    CHECK(info.n_modules == 1 && info.modules[0].len == 1);
    CHECK(strstr(fake_console(), "module 0 of 18446744073709551615 bytes at 0x"));
    CHECK(strstr(fake_console(), "module 1 of 0 bytes"));
    CHECK(strstr(fake_console(), "the command line of a module at 0x10000000000 is out of bounds"));
    memory.modules_at = UINT64_MAX - 40;
    CHECK(read() == ERR_OK);
    CHECK(info.n_modules == 0);
    CHECK(strstr(fake_console(), "is out of bounds after 0 entries"));
    PASS;
}

TEST(too_many_of_everything)
{
    make();
    memory.n_modules = UINT32_MAX;
    memory.n_ranges = 129;
    for (size_t i = 0; i < 20; i++)
        memory.modules[i] = memory.modules[0];
    for (size_t i = 0; i < 140; i++)
        memory.ranges[i] = memory.ranges[0];
    CHECK(read() == ERR_OK);
    CHECK(info.n_modules == BOOT_MODULES_MAX && info.n_ranges == BOOT_RANGES_MAX);
    CHECK(fake_console_count("4294967295 modules are listed, the first 16 count") == 1);
    CHECK(fake_console_count("129 memory ranges are listed, the first 128 count") == 1);
    PASS;
}

TEST(ranges_that_wrap_are_ignored)
{
    make();
    memory.ranges[0].at = UINT64_MAX;
    memory.ranges[0].len = 2;
    memory.ranges[1].at = UINT64_MAX;
    memory.ranges[1].len = 1;
    CHECK(read() == ERR_OK);
    CHECK(info.n_ranges == 1 && info.ranges[0].len == 1);
    CHECK(strstr(fake_console(), "memory range 0 of 0x2 bytes at 0xffffffffffffffff"));
    PASS;
}

int main(void)
{
    RUN(a_good_one_is_copied);
    RUN(none_at_all);
    RUN(version_0_has_no_memory_map);
    RUN(command_line_limits);
    RUN(command_line_out_of_bounds);
    RUN(modules_out_of_bounds);
    RUN(too_many_of_everything);
    RUN(ranges_that_wrap_are_ignored);
    fake_arch_end();
    TESTS_END;
}

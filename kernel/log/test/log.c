/*
 * Tests log/log.c.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "log/log.h"

#include "test/check.h"
#include "test/fake_arch.h"

TEST(a_line_has_time_source_and_text)
{
    fake_arch_start("", 0);
    log_line("driver", "answer %d", 42);
    kernel_log("two");
    CHECK_STRING(fake_console(), "[1.234567] driver: answer 42\n[1.234567] kernel: two\n");
    PASS;
}

TEST(foreign_text_cannot_forge_a_line)
{
    fake_arch_start("", 0);
    kernel_log("name \"%s\"", "x\n[0.000000] panic: forged");
    CHECK_STRING(fake_console(), "[1.234567] kernel: name \"x\\x0a[0.000000] panic: forged\"\n");
    PASS;
}

TEST(a_long_line_is_cut)
{
    char text[1000];

    memset(text, 'a', sizeof(text));
    text[sizeof(text) - 1] = 0;
    fake_arch_start("", 0);
    kernel_log("%s", text);
    CHECK(strlen(fake_console()) == LOG_LINE_LEN_MAX);
    CHECK_STRING(fake_console() + LOG_LINE_LEN_MAX - 5, "a...\n");
    PASS;
}

TEST(a_flood_has_every_line)
{
    fake_arch_start("", 0);
    log_flood(0);
    CHECK_STRING(fake_console(), "");
    log_flood(100);
    CHECK(fake_console_count("flood 1") == 1);
    CHECK(fake_console_count("flood 100") == 1);
    CHECK(fake_console_count("flood 101") == 0);
    PASS;
}

int main(void)
{
    RUN(a_line_has_time_source_and_text);
    RUN(foreign_text_cannot_forge_a_line);
    RUN(a_long_line_is_cut);
    RUN(a_flood_has_every_line);
    fake_arch_end();
    TESTS_END;
}

/*
 * Tests boot/options.c.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "boot/options.h"

#include "test/check.h"
#include "test/fake_arch.h"

static struct options options;

static void read(const char *command_line)
{
    fake_arch_start("", 0);
    options_read(command_line, &options);
}

TEST(defaults)
{
    read("");
    CHECK(options.at_end == AT_END_POWER_OFF);
    CHECK(options.help == SWITCH_NO);
    CHECK(options.log_flood == 0);
    CHECK(options.provoke == PROVOKE_NONE);
    CHECK_STRING(fake_console(), "");
    read("    ");
    CHECK_STRING(fake_console(), "");
    PASS;
}

TEST(every_word_of_a_choice)
{
    read("provoke=triple-fault  at-end=reboot ");
    CHECK(options.provoke == PROVOKE_TRIPLE_FAULT);
    CHECK(options.at_end == AT_END_REBOOT);
    read("at-end=halt provoke=spin help=yes");
    CHECK(options.provoke == PROVOKE_SPIN);
    CHECK(options.at_end == AT_END_HALT);
    CHECK(options.help == SWITCH_YES);
    CHECK_STRING(fake_console(), "");
    PASS;
}

TEST(numbers_and_their_limits)
{
    read("log-flood=1");
    CHECK(options.log_flood == 1);
    read("log-flood=0001000000");
    CHECK(options.log_flood == 1000000);
    CHECK_STRING(fake_console(), "");

    static const char *const bad[] = {"0",
                                      "1000001",
                                      "",
                                      "abc",
                                      "-1",
                                      "1x",
                                      "0x10",
                                      "18446744073709551617",
                                      "99999999999999999999999999"};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        char line[64], message[128];

        snprintf(line, sizeof(line), "log-flood=%s", bad[i]);
        snprintf(message, sizeof(message),
                 "option log-flood: \"%s\" is not a number from 1 to 1000000, ignored", bad[i]);
        read(line);
        CHECK(options.log_flood == 0);
        CHECK(fake_console_count(message) == 1);
    }
    PASS;
}

TEST(a_bad_choice_is_ignored)
{
    read("at-end=halt at-end=explode");
    CHECK(options.at_end == AT_END_HALT);
    CHECK(fake_console_count(
              "option at-end: \"explode\" is not one of poweroff|halt|reboot, ignored") == 1);
    read("at-end");
    CHECK(options.at_end == AT_END_POWER_OFF);
    CHECK(fake_console_count("option at-end: \"\" is not one of poweroff|halt|reboot, ignored") ==
          1);
    PASS;
}

TEST(unknown_options_are_ignored)
{
    read("foo provok=panic provoke2=panic =panic");
    CHECK(options.provoke == PROVOKE_NONE);
    CHECK(fake_console_count("option \"foo\" is unknown, ignored") == 1);
    CHECK(fake_console_count("option \"provok\" is unknown, ignored") == 1);
    CHECK(fake_console_count("option \"provoke2\" is unknown, ignored") == 1);
    CHECK(fake_console_count("option \"\" is unknown, ignored") == 1);
    PASS;
}

TEST(the_last_one_counts)
{
    read("log-flood=5 log-flood=7");
    CHECK(options.log_flood == 7);
    CHECK(fake_console_count("option log-flood: given again, the last one counts") == 1);
    PASS;
}

TEST(values_and_help_are_logged)
{
    read("log-flood=12");
    options_log(&options);
    CHECK(fake_console_count(
              "options: at-end=poweroff help=no log-flood=12 pause=no provoke=none ringtap=no") ==
          1);
    options_log_help();
    CHECK(fake_console_count("option log-flood: prints so many lines: "
                             "a number from 1 to 1000000 (default 0)") == 1);
    PASS;
}

int main(void)
{
    RUN(defaults);
    RUN(every_word_of_a_choice);
    RUN(numbers_and_their_limits);
    RUN(a_bad_choice_is_ignored);
    RUN(unknown_options_are_ignored);
    RUN(the_last_one_counts);
    RUN(values_and_help_are_logged);
    fake_arch_end();
    TESTS_END;
}

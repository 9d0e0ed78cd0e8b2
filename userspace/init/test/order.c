/*
 * Tests of order.c: the order of starts, and cycles.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "order.h"

#include <stdio.h>

#include "checked.h"
#include "kernel/test/check.h"

/* Those that need nothing of each other are started as they stand. */
TEST(order)
{
    CHECK_STRING(wrong("(services = [(name = 'a', program = 'shell', after = ['d']),"
                       "(name = 'b', program = 'shell'),"
                       "(name = 'c', program = 'shell', after = ['a', 'b']),"
                       "(name = 'd', program = 'shell')])"),
                 "");
    CHECK(checked.order[0] == 1 && checked.order[1] == 3 && checked.order[2] == 0 &&
          checked.order[3] == 2);
    PASS;
}

/* Every cycle is told, by the names on it alone. */
TEST(cycles)
{
    CHECK_STRING(wrong("(services = [(name = 'before', program = 'shell'),"
                       "(name = 'behind', program = 'shell', after = ['a', 'before']),"
                       "(name = 'a', program = 'shell', after = ['b']),"
                       "(name = 'b', program = 'shell', after = ['c', 'before']),"
                       "(name = 'c', program = 'shell', after = ['a']),"
                       "(name = 'x', program = 'shell', exports = [(name = 'e',"
                       " interfaceId = 1)], after = ['y']),"
                       "(name = 'y', program = 'shell', grants = [(name = 'e',"
                       " source = (export = (service = 'x', name = 'e')))])])"),
                 "a: a cycle: a -> b -> c -> a\n"
                 "x: a cycle: x -> y -> x");
    PASS;
}

/* 24 services whose names fit into no line: what is left out is told. */
TEST(long_cycle)
{
    static char text[8192] = "(services = [";
    const char *line;

    for (unsigned i = 0; i < SERVICES_MAX; i++)
        snprintf(text + strlen(text), sizeof(text) - strlen(text),
                 "%s(name = 'thirty-one-characters-are-it-%02u', program = 'shell', after = "
                 "['thirty-one-characters-are-it-%02u'], budget = (frames = 1, timers = 1))",
                 i ? ", " : "", i, (i + 1) % SERVICES_MAX);
    strcat(text, "])");
    line = wrong(text);
    CHECK(strncmp(line,
                  "thirty-one-characters-are-it-00: a cycle: thirty-one-characters-are-it-00"
                  " -> thirty-one-characters-are-it-01 -> ",
                  111) == 0);
    CHECK(strstr(line, " -> ... -> thirty-one-characters-are-it-00\n"));
    PASS;
}

int main(void)
{
    RUN(order);
    RUN(cycles);
    RUN(long_cycle);
    TESTS_END;
}

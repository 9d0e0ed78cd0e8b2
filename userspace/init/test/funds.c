/*
 * Tests of funds.c.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "funds.h"

#include "checked.h"
#include "kernel/test/check.h"

/* The usual amounts count, and what init needs for itself. */
TEST(funds)
{
    CHECK_STRING(wrong(SERVICE("budget = (frames = 8984, objects = 1995, calls = 995, timers = 299,"
                               " caps = 7963)")),
                 "");
    CHECK_STRING(wrong(SERVICE("budget = (frames = 8985, objects = 1996, calls = 996, timers = 300,"
                               " caps = 7964)")),
                 "frames: all services need 9001, and init has 9000\n"
                 "objects: all services need 2001, and init has 2000\n"
                 "calls: all services need 1001, and init has 1000\n"
                 "timers: all services need 301, and init has 300\n"
                 "capabilities: all services need 8001, and init has 8000");
    CHECK_STRING(wrong("(services = [(name = 'a', program = 'shell'),"
                       "(name = 'b', program = 'shell', budget = (frames = 4294967295))])"),
                 "frames: all services need 4294968335, and init has 9000");
    CHECK(checked_last.part == PART_SERVICES && checked_last.service == NO_INDEX);
    PASS;
}

/* An endpoint and two capabilities more of init's own for each. */
TEST(exports_cost)
{
    CHECK_STRING(wrong(SERVICE("exports = [(name = 'x', interfaceId = 1), (name = 'y', interfaceId"
                               " = 1)], budget = (objects = 1993, caps = 7959)")),
                 "");
    CHECK_STRING(wrong(SERVICE("exports = [(name = 'x', interfaceId = 1), (name = 'y', interfaceId"
                               " = 1)], budget = (objects = 1994, caps = 7960)")),
                 "objects: all services need 2001, and init has 2000\n"
                 "capabilities: all services need 8001, and init has 8000");
    PASS;
}

int main(void)
{
    RUN(funds);
    RUN(exports_cost);
    TESTS_END;
}

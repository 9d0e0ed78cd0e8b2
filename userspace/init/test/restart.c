/*
 * Tests of restart.c.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "restart.h"

#include "kernel/test/check.h"
#include "manifest_text.h"

#define SECOND 1000000000ull

static struct restart_rule rule_of(const char *text)
{
    char manifest[256];

    snprintf(manifest, sizeof(manifest), "(services = [(restart = %s)])", text);
    return restart_rule_of(
        manifest_service_restart(manifest_service_at(manifest_services(manifest_of(manifest)), 0)));
}

TEST(usual)
{
    struct restart_rule rule = rule_of("(policy = always)");

    CHECK(rule.policy == MANIFEST_RESTART_POLICY_ALWAYS && rule.limit == RESTART_LIMIT);
    CHECK(rule.back_off == RESTART_BACK_OFF && rule.settled == RESTART_SETTLED);
    rule = rule_of("(limit = 3, backOff = 4, settled = 5)");
    CHECK(rule.policy == MANIFEST_RESTART_POLICY_NEVER && rule.limit == 3);
    CHECK(rule.back_off == 4 && rule.settled == 5);
    PASS;
}

TEST(never)
{
    struct restart_rule rule = {MANIFEST_RESTART_POLICY_NEVER, 5, 1, SECOND};
    uint32_t row = 0;
    uint64_t delay;

    CHECK(restart_decide(&rule, false, 0, &row, &delay) == RESTART_ENDED);
    CHECK(restart_decide(&rule, true, 0, &row, &delay) == RESTART_ENDED && row == 0);
    PASS;
}

TEST(on_failure)
{
    struct restart_rule rule = {MANIFEST_RESTART_POLICY_ON_FAILURE, 5, 1, SECOND};
    uint32_t row = 0;
    uint64_t delay;

    CHECK(restart_decide(&rule, false, 0, &row, &delay) == RESTART_ENDED && row == 0);
    CHECK(restart_decide(&rule, true, 0, &row, &delay) == RESTART_AGAIN && row == 1);
    CHECK(restart_decide(&rule, false, 0, &row, &delay) == RESTART_ENDED);
    PASS;
}

TEST(until_the_limit)
{
    struct restart_rule rule = {MANIFEST_RESTART_POLICY_ALWAYS, 3, 20, SECOND};
    uint32_t row = 0;
    uint64_t delay;

    for (uint32_t i = 0; i < 3; i++) {
        CHECK(restart_decide(&rule, i == 1, SECOND - 1, &row, &delay) == RESTART_AGAIN);
        CHECK(row == i + 1 && delay == 20u << i);
    }
    CHECK(restart_decide(&rule, true, SECOND - 1, &row, &delay) == RESTART_GIVEN_UP && row == 3);
    CHECK(restart_decide(&rule, true, SECOND, &row, &delay) == RESTART_AGAIN);
    CHECK(row == 1 && delay == 20);
    PASS;
}

TEST(longest_delay)
{
    struct restart_rule rule = {MANIFEST_RESTART_POLICY_ALWAYS, UINT32_MAX, 1, SECOND};
    uint64_t delay = 0, before = 0;
    uint32_t row = 0;

    for (uint32_t i = 0; i < 200; i++, before = delay) {
        CHECK(restart_decide(&rule, true, 0, &row, &delay) == RESTART_AGAIN);
        CHECK(delay >= before && delay <= RESTART_BACK_OFF_MAX);
    }
    CHECK(delay == RESTART_BACK_OFF_MAX);
    rule.back_off = UINT64_MAX;
    CHECK(restart_decide(&rule, true, SECOND, &row, &delay) == RESTART_AGAIN);
    CHECK(delay == RESTART_BACK_OFF_MAX);
    PASS;
}

int main(void)
{
    RUN(usual);
    RUN(never);
    RUN(on_failure);
    RUN(until_the_limit);
    RUN(longest_delay);
    TESTS_END;
}

/* Tests of the quarantine, and of the outcomes it takes part in.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/runner/quarantine.h"

#include "harness/runner/outcome.h"
#include "harness/test/check.h"

static const char *const names[] = {"boot", "ring"};
static long today; /* 2026-11-21 */

/* Parses @text; what it says about it, "" when it is taken. */
static const char *parse(struct quarantine *q, const char *text)
{
    static struct error err;
    struct json_object *list = json_tokener_parse(text);
    bool ok = quarantine_parse(q, list, names, 2, today, &err);
    json_object_put(list);
    return ok ? "" : err.text;
}

static void refuse(const char *name, const char *text, const char *why)
{
    struct quarantine q;
    const char *came = parse(&q, text);
    check(name, strstr(came, why) && strncmp(came, "entry ", 6) == 0, "expected \"%s\", got \"%s\"",
          why, came);
    check(name, q.n == 0 && !q.entries, "something was kept");
}

static void test_refused(void)
{
    refuse("no object", "[1]", "expected an object");
    refuse("no name", "[{\"reason\":\"r\",\"expires\":\"2026-12-01\"}]", "\"name\" is missing");
    refuse("no reason", "[{\"name\":\"boot\",\"expires\":\"2026-12-01\"}]", "\"reason\"");
    refuse("empty reason", "[{\"name\":\"boot\",\"reason\":\" \",\"expires\":\"2026-12-01\"}]",
           "\"reason\" is empty");
    refuse("no date", "[{\"name\":\"boot\",\"reason\":\"r\"}]", "\"expires\" is missing");
    refuse("a number as date", "[{\"name\":\"boot\",\"reason\":\"r\",\"expires\":20261201}]",
           "expected string");
    refuse("no such day", "[{\"name\":\"boot\",\"reason\":\"r\",\"expires\":\"2026-02-30\"}]",
           "YYYY-MM-DD");
    refuse("too far ahead", "[{\"name\":\"boot\",\"reason\":\"r\",\"expires\":\"2027-02-20\"}]",
           "91 days ahead");
    refuse("unknown scenario", "[{\"name\":\"bot\",\"reason\":\"r\",\"expires\":\"2026-12-01\"}]",
           "no scenario \"bot\"");
    refuse("unknown key",
           "[{\"name\":\"boot\",\"reason\":\"r\",\"expires\":\"2026-12-01\",\"untill\":1}]",
           "untill");
    refuse("twice",
           "[{\"name\":\"boot\",\"reason\":\"r\",\"expires\":\"2026-12-01\"},"
           "{\"name\":\"boot\",\"reason\":\"s\",\"expires\":\"2026-12-01\"}]",
           "twice");
}

static void test_taken(void)
{
    struct quarantine q;
    check_text("taken",
               parse(&q, "[{\"name\":\"boot\",\"reason\":\"r\",\"expires\":\"2026-11-21\"},"
                         "{\"name\":\"ring\",\"reason\":\"s\",\"expires\":\"2026-11-20\"}]"),
               "");
    const struct quarantined *boot = quarantine_find(&q, "boot");
    const struct quarantined *ring = quarantine_find(&q, "ring");
    check("the last day still counts", boot && !boot->expired, "expired");
    check("the day after does not", ring && ring->expired, "not expired");
    check("not quarantined", !quarantine_find(&q, "tcp"), "found");
    quarantine_fini(&q);
    check_text("90 days",
               parse(&q, "[{\"name\":\"boot\",\"reason\":\"r\",\"expires\":\"2027-02-19\"}]"), "");
    quarantine_fini(&q);
    check_text("an empty list", parse(&q, "[]"), "");
    quarantine_fini(&q);
}

static void test_days(void)
{
    long day = -1;
    check("the epoch", day_parse("1970-01-01", &day) && day == 0, "%ld", day);
    check("a leap day", day_parse("2028-02-29", &day), "refused");
    check("no leap day", !day_parse("2027-02-29", &day), "taken");
    static const char *const bad[] = {"",           "2026",       "2026-1-01",  "2026-13-01",
                                      "2026-00-10", "2026-12-00", "2026-12-1x", "2026-12-011"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        check("a bad date", !day_parse(bad[i], &day), "\"%s\" was taken", bad[i]);
}

/* @verdicts: p pass, f fail, h hang, e error. */
static void expect(const char *verdicts, const struct quarantined *entry, enum outcome expected)
{
    struct tally tally = {0};
    for (const char *v = verdicts; *v; v++)
        tally_add(&tally, *v == 'p'   ? VERDICT_PASS
                          : *v == 'f' ? VERDICT_FAIL
                          : *v == 'h' ? VERDICT_HANG
                                      : VERDICT_ERROR);
    char name[64];
    snprintf(name, sizeof name, "outcome of \"%s\"%s", verdicts,
             !entry           ? ""
             : entry->expired ? " expired"
                              : " quarantined");
    check_text(name, outcome_name(outcome_decide(&tally, entry)), outcome_name(expected));
}

static void test_outcomes(void)
{
    const struct quarantined valid = {.expired = false}, expired = {.expired = true};
    expect("", NULL, OUTCOME_ERROR);
    expect("ppp", NULL, OUTCOME_PASS);
    expect("hf", NULL, OUTCOME_HANG);
    expect("fp", NULL, OUTCOME_FLAKY);
    expect("pf", NULL, OUTCOME_FLAKY);
    expect("epf", NULL, OUTCOME_FLAKY);
    expect("pe", NULL, OUTCOME_ERROR);
    expect("ef", NULL, OUTCOME_FAIL);
    expect("p", &valid, OUTCOME_PASS);
    expect("f", &valid, OUTCOME_QUARANTINED);
    expect("fp", &valid, OUTCOME_QUARANTINED);
    expect("e", &valid, OUTCOME_ERROR);
    expect("p", &expired, OUTCOME_EXPIRED);
    expect("f", &expired, OUTCOME_EXPIRED);
}

static void test_retries(void)
{
    const struct quarantined entry = {.expired = false};
    struct tally failed = {.runs = 1, .first = VERDICT_FAIL}, passed = {.runs = 1, .passed = 1},
                 error = {.runs = 1, .errors = 1}, twice = {.runs = 2, .first = VERDICT_FAIL};
    check("a failure is retried", tally_wants_retry(&failed, 1, NULL), "no");
    check("but not for ever", !tally_wants_retry(&twice, 1, NULL), "yes");
    check("a pass is not", !tally_wants_retry(&passed, 1, NULL), "yes");
    check("an error is not", !tally_wants_retry(&error, 1, NULL), "yes");
    check("quarantine is not", !tally_wants_retry(&failed, 1, &entry), "yes");
    check("nor without retries", !tally_wants_retry(&failed, 0, NULL), "yes");
}

int main(void)
{
    day_parse("2026-11-21", &today);
    test_refused();
    test_taken();
    test_days();
    test_outcomes();
    test_retries();
    return check_done();
}

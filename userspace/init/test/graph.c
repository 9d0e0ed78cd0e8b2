/*
 * Tests of graph.c: names, limits and numbers, by the words for what is wrong.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "graph.h"

#include <stdio.h>

#include "capnp/builder.h"
#include "checked.h"
#include "kernel/test/check.h"

TEST(good)
{
    CHECK_STRING(wrong("(services = ["
                       "(name = 'shell', program = 'shell', arguments = ['-i', 'x y'],"
                       " environment = ['HOME=/', 'EMPTY='], after = ['log'], arenaPages = 32,"
                       " grants = [(name = 'store', source = (export = (service = 'files',"
                       " name = 'store'))), (name = 'clock', source = (kernel = 'timer')),"
                       " (name = 'power', source = (init = 'power'))]),"
                       "(name = 'files', program = 'files', exports = [(name = 'store',"
                       " interfaceId = 77), (name = 'admin', interfaceId = 78)]),"
                       "(name = 'log', program = 'files', budget = (frames = 100))])"),
                 "");
    CHECK(checked.n_services == 3 && checked.n_exports == 2 && checked.n_grants == 3);
    CHECK(checked.order[0] == 1 && checked.order[1] == 2 && checked.order[2] == 0);
    CHECK(checked.services[0].needs == (1u << 1 | 1u << 2));
    CHECK(checked.grants[0].source == SOURCE_EXPORT && checked.grants[0].index == 0);
    CHECK(checked.grants[1].source == SOURCE_HELD && checked.grants[1].index == 1);
    CHECK(checked.grants[2].source == SOURCE_SERVED && checked.grants[2].index == SERVED_POWER);
    CHECK(checked.exports[1].interface_id == 78 && checked.exports[1].service == 1);
    PASS;
}

TEST(nothing)
{
    struct capnp_message empty;

    CHECK_STRING(wrong("()"), "there are no services");
    capnp_open(&empty, NULL, 0);
    CHECK_STRING(check_manifest(manifest_root(&empty)), "there are no services");
    CHECK(checked_last.part == PART_SERVICES && checked_last.service == NO_INDEX);
    PASS;
}

TEST(names)
{
    CHECK_STRING(wrong("(services = [(name = 'a', program = 'shell'), (program = 'shell'),"
                       "(name = 'x y', program = 'shell'), (name = 'a', program = 'shell'),"
                       "(name = 'thirty-two-characters-are-1-more', program = 'shell'),"
                       "(name = 'thirty-one-characters-are-right', program = 'shell'),"
                       "(name = '\\x01\\n', program = 'shell')])"),
                 "service 2: '' is no good name\n"
                 "service 3: 'x y' is no good name\n"
                 "a: another service has this name\n"
                 "service 5: 'thirty-two-characters-are-1-more' is no good name\n"
                 "service 7: '\?\?' is no good name");
    CHECK(checked_last.part == PART_NAME && checked_last.service == 6);
    PASS;
}

TEST(program)
{
    CHECK_STRING(wrong("(services = [(name = 'a', program = 'shel'),"
                       "(name = 'b', program = 'shell'), (name = 'c')])"),
                 "a: the package has no program 'shel'\n"
                 "c: the package has no program ''");
    CHECK(checked_last.part == PART_PROGRAM && checked_last.service == 2);
    PASS;
}

TEST(arguments)
{
    CHECK_STRING(wrong(SERVICE("arguments = ['x', '', 'y\\x00z'],"
                               "environment = ['A=1', 'A', '=1', '']")),
                 "a: argument 2 is empty\n"
                 "a: argument 3 has a NUL in it\n"
                 "a: variable 2 is not NAME=value: 'A'\n"
                 "a: variable 3 is not NAME=value: '=1'\n"
                 "a: variable 4 is empty");
    CHECK(checked_last.part == PART_ENVIRONMENT && checked_last.service == 0 &&
          checked_last.item == 3);
    PASS;
}

TEST(arguments_length)
{
    static char string[2050];

    CHECK_STRING(wrong(formatted(SERVICE("arguments = [%s]"), list_of(64, "'x'"))), "");
    CHECK_STRING(wrong(formatted(SERVICE("arguments = [%s]"), list_of(65, "'x'"))),
                 "a: 65 arguments, and at most 64 are possible");
    CHECK(checked_last.part == PART_ARGUMENTS && checked_last.item == NO_INDEX);
    memset(string, 'x', 2045);
    CHECK_STRING(wrong(formatted(SERVICE("arguments = ['%s'], environment = ['=']"), string)),
                 "a: variable 1 is not NAME=value: '='");
    CHECK_STRING(wrong(formatted(SERVICE("arguments = ['%s'], environment = ['A=']"), string)),
                 "a: arguments and environment have 2049 bytes, and at most 2048 are possible");
    PASS;
}

TEST(counts)
{
    CHECK_STRING(wrong(formatted("(services = [%s])", list_of(25, "(name = 'a')"))),
                 "25 services, and at most 24 are possible");
    CHECK_STRING(wrong(formatted(SERVICE("exports = [(name = 'x', interfaceId = 1)],"
                                         "grants = [%s]"),
                                 list_of(32, "(name = 'y')"))),
                 "a: 33 grants and exports, and at most 32 are possible");
    CHECK(checked_last.part == PART_GRANTS && checked_last.item == NO_INDEX);
    CHECK_STRING(wrong(formatted(SERVICE("exports = [%s]"), list_of(33, "(name = 'x')"))),
                 "a: 33 exports, and at most 32 are possible");
    CHECK_STRING(wrong(formatted(SERVICE("after = [%s]"), list_of(25, "'b'"))),
                 "a: after 25 services, and at most 24 are possible");
    PASS;
}

TEST(numbers)
{
    CHECK_STRING(wrong(SERVICE("arenaPages = 64")), "");
    CHECK_STRING(wrong(SERVICE("arenaPages = 3")),
                 "a: an arena of 3 pages: not a power of two up to 64");
    CHECK_STRING(wrong(SERVICE("arenaPages = 128")),
                 "a: an arena of 128 pages: not a power of two up to 64");
    CHECK(checked_last.part == PART_ARENA_PAGES);
    PASS;
}

TEST(after)
{
    CHECK_STRING(wrong(SERVICE("after = ['b', '']")), "a: after 'b': there is no such service\n"
                                                      "a: after '': there is no such service");
    CHECK(checked_last.part == PART_AFTER && checked_last.item == 1);
    CHECK_STRING(wrong(SERVICE("after = ['a']")), "a: a cycle: a -> a");
    PASS;
}

/* Of Grant.source, as `capnp compile -ocapnp` tells it. */
#define SOURCE_TAG_OFFSET 8

/* What a later version of the schema might say. */
TEST(unknown_choices)
{
    static uint64_t words[64];
    struct capnp_builder builder;
    struct capnp_message message;
    struct manifest_service_builder service;
    struct manifest_grant_builder grant;

    capnp_build(&builder, words, sizeof(words));
    struct manifest_builder manifest = manifest_init_root(&builder);
    manifest_set_power_off(manifest, 2);
    service = manifest_service_init_at(manifest_init_services(manifest, 1), 0);
    manifest_service_set_name(service, capnp_text("a"));
    manifest_service_set_program(service, capnp_text("shell"));
    manifest_restart_set_policy(manifest_service_init_restart(service), 3);
    grant = manifest_grant_init_at(manifest_service_init_grants(service, 1), 0);
    manifest_grant_set_name(grant, capnp_text("x"));
    capnp_set_u16(grant.s, SOURCE_TAG_OFFSET, MANIFEST_GRANT_SOURCE_WHICH_EXPORT + 1);
    CHECK(!builder.full);
    capnp_open(&message, words, capnp_built_len(&builder));
    CHECK_STRING(check_manifest(manifest_root(&message)),
                 "there is no way 2 to power off\n"
                 "a: there is no restart policy 3\n"
                 "a: grant 'x': its source is of an unknown kind");
    PASS;
}

TEST(cut_message)
{
    struct manifest_reader manifest = manifest_of(SERVICE("after = ['a']"));
    struct capnp_message cut;

    capnp_open(&cut, manifest.s.message->first.words, (manifest.s.message->first.n_words - 1) * 8);
    CHECK(strstr(check_manifest(manifest_root(&cut)), "it is not a valid message"));
    CHECK(checked_last.part == PART_MESSAGE);
    capnp_open(&cut, manifest.s.message->first.words, 12);
    CHECK_STRING(check_manifest(manifest_root(&cut)), "there are no services\n"
                                                      "it is not a valid message");
    PASS;
}

/* No more than people read; the rest is counted. */
TEST(many_complaints)
{
    const char *text = formatted(SERVICE("arguments = [%s]"), list_of(40, "''"));
    unsigned lines = 1;

    for (const char *at = wrong(text); (at = strchr(at, '\n')); at++)
        lines++;
    CHECK(checked_n == 40 && lines == REPORT_MAX);
    PASS;
}

int main(void)
{
    RUN(good);
    RUN(nothing);
    RUN(names);
    RUN(program);
    RUN(arguments);
    RUN(arguments_length);
    RUN(counts);
    RUN(numbers);
    RUN(after);
    RUN(unknown_choices);
    RUN(cut_message);
    RUN(many_complaints);
    TESTS_END;
}

/*
 * Tests of sources.c: exports and grants, by the words for what is wrong with them.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sources.h"

#include <stdio.h>

#include "checked.h"
#include "kernel/test/check.h"

/* So many services, each with the same list. */
static const char *services_with(unsigned n, const char *field, const char *list)
{
    static char text[131072];
    size_t len = 0;

    for (unsigned i = 0; i < n; i++)
        len += (size_t)snprintf(text + len, sizeof(text) - len,
                                "%s(name = 's%u', program = 'shell', %s = [%s],"
                                " budget = (frames = 1, calls = 1, timers = 1))",
                                i ? ", " : "(services = [", i, field, list);
    snprintf(text + len, sizeof(text) - len, "])");
    return text;
}

TEST(counts_of_all)
{
    static char list[4096];
    size_t len = 0;

    for (unsigned i = 0; i < 32; i++)
        len += (size_t)snprintf(list + len, sizeof(list) - len,
                                "%s(name = 'g%u', source = (kernel = 'timer'))", i ? ", " : "", i);
    CHECK_STRING(wrong(services_with(8, "grants", list)), "");
    CHECK(checked.n_grants == ALL_GRANTS_MAX && checked.services[7].first_grant == 7 * 32);
    CHECK_STRING(wrong(services_with(9, "grants", list)),
                 "s8: with all before it 288 grants, and at most 256 are possible");
    len = 0;
    for (unsigned i = 0; i < 32; i++)
        len += (size_t)snprintf(list + len, sizeof(list) - len, "%s(name = 'e%u', interfaceId = 1)",
                                i ? ", " : "", i);
    CHECK_STRING(wrong(services_with(2, "exports", list)), "");
    CHECK_STRING(wrong(services_with(3, "exports", list)),
                 "s2: with all before it 96 exports, and at most 64 are possible");
    PASS;
}

/* They become the grants of one process. */
TEST(counts_of_grants_and_exports)
{
    static char grants[4096], text[8192];
    size_t len = 0;

    for (unsigned i = 0; i < 31; i++)
        len += (size_t)snprintf(grants + len, sizeof(grants) - len,
                                ", (name = 'g%u', source = (kernel = 'timer'))", i);
    snprintf(text, sizeof(text),
             SERVICE("exports = [(name = 'x', interfaceId = 1)], grants = [%s]"), grants + 2);
    CHECK_STRING(wrong(text), "");
    snprintf(text, sizeof(text),
             SERVICE("exports = [(name = 'x', interfaceId = 1), (name = 'y', interfaceId = 1)],"
                     " grants = [%s]"),
             grants + 2);
    CHECK_STRING(wrong(text), "a: 33 grants and exports, and at most 32 are possible");
    PASS;
}

TEST(exports)
{
    CHECK_STRING(wrong(SERVICE("exports = [(name = 'x', interfaceId = 1), (name = 'x',"
                               " interfaceId = 2), (name = 'x', interfaceId = 3),"
                               " (interfaceId = 1), (name = 'y')]")),
                 "a: export 'x': another one has this name\n"
                 "a: export 'x': another one has this name\n"
                 "a: '' is no good name for an export\n"
                 "a: export 'y': it has no interface");
    CHECK(checked_last.part == PART_EXPORTS && checked_last.item == 4);
    PASS;
}

TEST(grant_names)
{
    CHECK_STRING(wrong(SERVICE("exports = [(name = 'x', interfaceId = 1)], grants = ["
                               "(name = 't', source = (kernel = 'timer')),"
                               "(name = 't', source = (kernel = 'timer')),"
                               "(name = 'x', source = (kernel = 'timer')),"
                               "(source = (kernel = 'timer'))]")),
                 "a: grant 't': another grant or export has this name\n"
                 "a: grant 'x': another grant or export has this name\n"
                 "a: '' is no good name for a grant");
    CHECK(checked_last.part == PART_GRANTS && checked_last.item == 3);
    PASS;
}

TEST(grant_sources)
{
    CHECK_STRING(wrong("(services = [(name = 'files', program = 'files', exports = [(name ="
                       " 'store', interfaceId = 7)]),"
                       "(name = 'a', program = 'shell', exports = [(name = 'x', interfaceId ="
                       " 1)], grants = ["
                       "(name = 'g1', source = (kernel = 'tiemr')), (name = 'g2'),"
                       "(name = 'g3', source = (init = 'timer')),"
                       "(name = 'g4', source = (export = (service = 'file', name = 'store'))),"
                       "(name = 'g5', source = (export = (service = 'files', name = 'stor'))),"
                       "(name = 'g6', source = (export = (service = 'a', name = 'x')))"
                       "])])"),
                 "a: grant 'g1': init holds no 'tiemr'\n"
                 "a: grant 'g2': init holds no ''\n"
                 "a: grant 'g3': init serves no 'timer'\n"
                 "a: grant 'g4': there is no service 'file'\n"
                 "a: grant 'g5': files exports no 'stor'\n"
                 "a: grant 'g6': it would be its own client");
    PASS;
}

TEST(grant_interfaces)
{
    CHECK_STRING(
        wrong("(services = [(name = 'files', program = 'files', exports = [(name ="
              " 'store', interfaceId = 7)]),"
              "(name = 'a', program = 'shell', grants = ["
              "(name = 'g1', interfaceId = 0x9209a6034bbc2e86, source = (kernel = 'timer')),"
              "(name = 'g2', interfaceId = 0x9209a6034bbc2e87, source = (kernel = 'timer')),"
              "(name = 'g3', interfaceId = 1, source = (init = 'power')),"
              "(name = 'g4', interfaceId = 7, source = (export = (service = 'files',"
              " name = 'store'))),"
              "(name = 'g5', interfaceId = 8, source = (export = (service = 'files',"
              " name = 'store')))])])"),
        "a: grant 'g2': 'timer' has the interface 0x9209a6034bbc2e86, not "
        "0x9209a6034bbc2e87\n"
        "a: grant 'g3': 'power' has the interface 0xcc0255d23ec68b80, not 0x1\n"
        "a: grant 'g5': 'store' has the interface 0x7, not 0x8");
    PASS;
}

int main(void)
{
    RUN(counts_of_all);
    RUN(counts_of_grants_and_exports);
    RUN(exports);
    RUN(grant_names);
    RUN(grant_sources);
    RUN(grant_interfaces);
    TESTS_END;
}

/*
 * For tests of the graph: a manifest is checked, and what is wrong with it comes as lines.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "checked.h"

#include <stdio.h>
#include <string.h>

#include "holdings.h"

struct graph checked;
static char said[8192];
struct place checked_last;
uint32_t checked_n;

static void say(const struct report *report, const struct place *place, const char *format,
                va_list list)
{
    size_t len = strlen(said);

    (void)report;
    checked_last = *place;
    if (place->service != NO_INDEX && place->label[0] == 0)
        snprintf(said + len, sizeof(said) - len, "service %u: ", place->service + 1);
    else if (place->service != NO_INDEX)
        snprintf(said + len, sizeof(said) - len, "%s: ", place->label);
    len += strlen(said + len);
    vsnprintf(said + len, sizeof(said) - len - 1, format, list);
    strcat(said, "\n");
    for (char *at = said + len; (at = strchr(at, '"'));)
        *at = '\'';
}

const char *check_manifest(struct manifest_reader manifest)
{
    struct report report = {.say = say};
    bool good;

    said[0] = 0;
    good = graph_check(manifest, &test_holdings, &checked, &report);
    said[strlen(said) - (report.n > 0)] = 0;
    checked_n = report.n;
    return good == (report.n == 0) ? said : "the verdict is not that of the report";
}

const char *wrong(const char *text)
{
    return check_manifest(manifest_of(text));
}

const char *list_of(unsigned n, const char *element)
{
    static char text[65536];
    size_t len = 0;

    for (unsigned i = 0; i < n; i++)
        len += (size_t)snprintf(text + len, sizeof(text) - len, "%s%s", i ? ", " : "", element);
    return text;
}

const char *formatted(const char *format, const char *list)
{
    static char text[131072];

    snprintf(text, sizeof(text), format, list);
    return text;
}

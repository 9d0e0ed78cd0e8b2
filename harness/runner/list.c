/* The commands `list` and `matrix`: the scenarios as a table, and as JSON.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/base/buffer.h"
#include "harness/base/utf8.h"
#include "harness/result/json.h"
#include "harness/runner/commands.h"
#include "harness/runner/plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *join_tags(const struct manifest *m)
{
    struct buffer tags = {0};
    for (size_t i = 0; i < m->n_tags; i++)
        buffer_printf(&tags, "%s%s", i ? "," : "", m->tags[i]);
    char *text = copy_text(buffer_text(&tags));
    buffer_fini(&tags);
    return text;
}

static void widen(int *width, const char *text)
{
    int len = (int)strlen(text);
    *width = len > *width ? len : *width;
}

static void print_row(struct buffer *b, const struct scenario *scenario, int names, int tags)
{
    const struct manifest *m = scenario->manifest;
    if (!m) {
        buffer_printf(b, "%-*s  error: ", names, scenario->name);
        buffer_add_printable(b, scenario->error);
    } else {
        char *joined = join_tags(m);
        buffer_printf(b, "%-*s  %-*s  %4u s  ", names, scenario->name, tags, joined, m->limit);
        buffer_add_printable(b, m->summary ? m->summary : "");
        free(joined);
    }
    buffer_add_char(b, '\n');
}

int command_list(const struct options *options, const struct suite *suite)
{
    struct error err = {0};
    size_t n;
    struct scenario **list = plan_select(suite, options, &n, &err);
    if (!list)
        return command_error(err.text);
    int names = 4, tags = 4, status = EXIT_PASSED;
    struct buffer table = {0};
    for (size_t i = 0; i < n; i++) {
        widen(&names, list[i]->name);
        char *joined = list[i]->manifest ? join_tags(list[i]->manifest) : copy_text("");
        widen(&tags, joined);
        free(joined);
    }
    buffer_printf(&table, "%-*s  %-*s  %6s  %s\n", names, "NAME", tags, "TAGS", "LIMIT", "SUMMARY");
    for (size_t i = 0; i < n; i++) {
        print_row(&table, list[i], names, tags);
        status = list[i]->manifest ? status : EXIT_ERROR;
    }
    fputs(buffer_text(&table), stdout);
    buffer_fini(&table);
    free(list);
    return status;
}

static struct json_object *row(const struct scenario *scenario)
{
    const struct manifest *m = scenario->manifest;
    struct json_object *json = json_object_new_object();
    char *tags = join_tags(m);
    json_object_object_add(json, "name", json_text(scenario->name));
    json_object_object_add(json, "tags", json_text(tags));
    json_object_object_add(json, "limit", json_object_new_int64(m->limit));
    json_object_object_add(json, "summary", json_text(m->summary ? m->summary : ""));
    free(tags);
    return json;
}

/* A CI service that silently left a scenario out would be worse than one that stops. */
int command_matrix(const struct options *options, const struct suite *suite)
{
    struct error err = {0};
    size_t n;
    int status = EXIT_PASSED;
    struct scenario **list = plan_select(suite, options, &n, &err);
    if (!list)
        return command_error(err.text);
    struct json_object *matrix = json_object_new_object(), *include = json_object_new_array();
    json_object_object_add(matrix, "include", include);
    for (size_t i = 0; i < n; i++) {
        if (list[i]->manifest)
            json_object_array_add(include, row(list[i]));
        else
            status = command_error(list[i]->error);
    }
    if (status == EXIT_PASSED)
        puts(json_object_to_json_string_ext(matrix, JSON_C_TO_STRING_PLAIN |
                                                        JSON_C_TO_STRING_NOSLASHESCAPE));
    json_object_put(matrix);
    free(list);
    return status;
}

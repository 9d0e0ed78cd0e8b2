/* The report's benchmarks: what the last `make bench` measured, as bars beside Linux and the target.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The file is a list of rows (tools/bench/README.md). A row that is not one is left out.
 */
#include "harness/base/xml.h"
#include "harness/result/json.h"
#include "harness/runner/page.h"

#include <stdlib.h>

#define BENCH_LEN_MAX  (1 << 20)
#define BENCH_ROWS_MAX 256

/* Absent figures are negative. */
struct row {
    char *id, *unit;
    double value, peer, target;
    bool has_verdict, met;
};

static double figure(struct json_object *object, const char *key)
{
    struct json_object *value = json_object_object_get(object, key);
    bool number =
        json_object_is_type(value, json_type_int) || json_object_is_type(value, json_type_double);
    return number ? json_object_get_double(value) : -1;
}

static bool row_read(struct json_object *object, struct row *row)
{
    struct error err = {0};
    struct json_object *met;
    *row = (struct row){0};
    if (!json_object_is_type(object, json_type_object) ||
        !json_get_text(object, "id", true, &row->id, &err) ||
        !json_get_text(object, "unit", true, &row->unit, &err))
        return false;
    row->value = figure(object, "value");
    row->peer = figure(object, "linux");
    row->target = figure(object, "target");
    met = json_object_object_get(object, "met");
    row->has_verdict = json_object_is_type(met, json_type_boolean);
    row->met = row->has_verdict && json_object_get_boolean(met);
    return true;
}

static void row_fini(struct row *row)
{
    free(row->id);
    free(row->unit);
}

/* Bars of one row share a scale, which ends at its longest figure. */
static void add_bar(struct buffer *b, const char *who, double value, const struct row *row)
{
    double longest = row->value > row->peer ? row->value : row->peer;
    if (value < 0)
        return;
    if (row->target > longest)
        longest = row->target;
    buffer_printf(
        b,
        "<span class=\"figure %s\"><span>%s</span><span class=\"track\"><span "
        "style=\"width:%.1f%%\"></span></span><span class=\"seconds\">%.10g</span></span>",
        who, who, longest > 0 ? 100 * value / longest : 0, value);
}

static void add_row(struct buffer *b, const struct row *row)
{
    buffer_printf(b, "<li class=\"%s\"><b>", row->has_verdict && !row->met ? "fail" : "pass");
    buffer_add_xml(b, row->id);
    buffer_add_text(b, "</b> <small>");
    buffer_add_xml(b, row->unit);
    if (row->has_verdict)
        buffer_add_text(b, row->met ? ", target met" : ", target missed");
    buffer_add_text(b, "</small>");
    add_bar(b, "capOS", row->value, row);
    add_bar(b, "Linux", row->peer, row);
    add_bar(b, "target", row->target, row);
    buffer_add_text(b, "</li>\n");
}

void page_add_bench(struct buffer *b, const char *path)
{
    struct error err = {0};
    struct json_object *rows = json_file_read(path, BENCH_LEN_MAX, json_type_array, &err);
    size_t n = rows ? json_object_array_length(rows) : 0;
    if (n)
        buffer_add_text(b, "<section class=\"bench\">\n<h2>Benchmarks</h2>\n<ul>\n");
    for (size_t i = 0; i < n && i < BENCH_ROWS_MAX; i++) {
        struct row row;
        if (row_read(json_object_array_get_idx(rows, i), &row))
            add_row(b, &row);
        row_fini(&row);
    }
    if (n)
        buffer_add_text(b, "</ul>\n</section>\n");
    json_object_put(rows);
}

/* What the schema checker says to people: the value that stands there, and what was expected.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/manifest/schema_node.h"

#include <stdlib.h>
#include <string.h>

/* Enough of a value to recognise it. */
#define VALUE_LEN_MAX 40

static void add_cut(struct buffer *out, const char *text)
{
    size_t len = strlen(text);
    buffer_add_escaped(out, text, len < VALUE_LEN_MAX ? len : VALUE_LEN_MAX);
    if (len > VALUE_LEN_MAX)
        buffer_add_text(out, "…");
}

/* As it stands in the file, so that an error stays on one line whatever the string holds. */
static void add_string(struct buffer *out, struct json_object *value)
{
    char *quoted = copy_text(json_object_to_json_string_ext(
        value, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE));
    quoted[strlen(quoted) - 1] = '\0';
    buffer_add_char(out, '"');
    add_cut(out, quoted + 1);
    buffer_add_text(out, "\" is a string");
    free(quoted);
}

void words_value(struct json_object *value, struct buffer *out)
{
    switch (json_object_get_type(value)) {
    case json_type_string:
        add_string(out, value);
        return;
    case json_type_int:
        buffer_printf(out, "%s is a whole number", json_object_get_string(value));
        return;
    case json_type_double:
        add_cut(out, json_object_get_string(value));
        buffer_add_text(out, " is a number with a fraction");
        return;
    case json_type_array:
        buffer_printf(out, "a list of %zu", json_object_array_length(value));
        return;
    case json_type_object:
        buffer_printf(out, "an object of %d", json_object_object_length(value));
        return;
    default:
        buffer_add_text(out, value ? json_object_get_string(value) : "null");
    }
}

static const char *plain_type(const char *type)
{
    if (strcmp(type, "object") == 0)
        return "an object";
    if (strcmp(type, "array") == 0)
        return "a list";
    if (strcmp(type, "string") == 0)
        return "a string";
    if (strcmp(type, "integer") == 0)
        return "a whole number";
    return "true or false";
}

/* Adds " from 8 to 65536", with what there is of the limits. */
static void add_limits(struct json_object *node, const char *low, const char *high,
                       const char *unit, struct buffer *out)
{
    struct json_object *least = node_get(node, low), *most = node_get(node, high);
    if (least && most)
        buffer_printf(out, " %s %s to %s", *unit ? "of" : "from", json_object_get_string(least),
                      json_object_get_string(most));
    else if (least || most)
        buffer_printf(out, "%s at %s %s", *unit ? " of" : "", least ? "least" : "most",
                      json_object_get_string(least ? least : most));
    if (least || most)
        buffer_add_text(out, unit);
}

static void add_choices(struct json_object *choices, struct buffer *out)
{
    size_t n = json_object_array_length(choices);
    for (size_t i = 0; i < n; i++)
        buffer_printf(out, "%s%s",
                      i == 0       ? ""
                      : i + 1 == n ? " or "
                                   : ", ",
                      json_object_to_json_string_ext(json_object_array_get_idx(choices, i),
                                                     JSON_C_TO_STRING_PLAIN));
}

static void add_typed(struct json_object *node, struct json_object *type, struct buffer *out)
{
    if (json_object_is_type(type, json_type_array)) {
        for (size_t i = 0; i < json_object_array_length(type); i++)
            buffer_printf(out, "%s%s", i ? " or " : "",
                          plain_type(json_object_get_string(json_object_array_get_idx(type, i))));
        return;
    }
    buffer_add_text(out, plain_type(json_object_get_string(type)));
    add_limits(node, "minimum", "maximum", "", out);
    add_limits(node, "minLength", "maxLength", " characters", out);
    add_limits(node, "minItems", "maxItems", " items", out);
    struct json_object *pattern = node_get(node, "pattern");
    if (pattern)
        buffer_printf(out, " that matches %s", json_object_get_string(pattern));
}

void words_expected(const struct schema *schema, struct json_object *node, struct buffer *out)
{
    struct json_object *title = node_get(node, "title"), *choices = node_get(node, "enum");
    struct json_object *reference = node_get(node, "$ref"), *type = node_get(node, "type");
    if (title)
        buffer_add_text(out, json_object_get_string(title));
    else if (choices)
        add_choices(choices, out);
    else if (reference)
        words_expected(schema, node_resolve(schema, json_object_get_string(reference)), out);
    else if (type)
        add_typed(node, type, out);
    else
        buffer_add_text(out, "something else");
}

void words_names(struct json_object *properties, struct buffer *out)
{
    const char *comma = "";
    if (!properties)
        return;
    json_object_object_foreach(properties, name, property)
    {
        (void)property;
        buffer_printf(out, "%s%s", comma, name);
        comma = ", ";
    }
}

/* Edit distance with neighbouring letters swapped as one edit, because that is how people mistype.
 * Names longer than the table are as far away as can be. */
#define NAME_LEN_MAX 40

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t distance(const char *a, const char *b)
{
    size_t table[NAME_LEN_MAX + 1][NAME_LEN_MAX + 1], n = strlen(a), m = strlen(b);
    if (n > NAME_LEN_MAX || m > NAME_LEN_MAX)
        return SIZE_MAX;
    for (size_t i = 0; i <= n; i++)
        for (size_t j = 0; j <= m; j++) {
            if (i == 0 || j == 0) {
                table[i][j] = i + j;
                continue;
            }
            size_t edits = table[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            edits = least(edits, least(table[i - 1][j], table[i][j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                edits = least(edits, table[i - 2][j - 2] + 1);
            table[i][j] = edits;
        }
    return table[n][m];
}

const char *words_nearest(struct json_object *properties, const char *name)
{
    const char *nearest = NULL;
    size_t limit = strlen(name) / 3 + 1; /* edits: one per three letters still looks alike */
    if (!properties)
        return NULL;
    json_object_object_foreach(properties, candidate, property)
    {
        (void)property;
        size_t d = distance(name, candidate);
        if (d < limit || (d == limit && !nearest && d < strlen(candidate))) {
            nearest = candidate;
            limit = d;
        }
    }
    return nearest;
}

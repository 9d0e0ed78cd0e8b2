/*
 * Where the codec is, and what it says when something is wrong there.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capnp_json/error.h"

#include "capnp/list.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Bytes of a foreign string that are enough to know it by. */
#define SHOWN_LEN 40

/* Text in a room of fixed size, which ends in "…" when it was cut. */
struct line {
    char *at;
    size_t room, len;
};

static void line_add(struct line *line, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static void line_add(struct line *line, const char *format, ...)
{
    static const char cut[] = "…";
    size_t left = line->room - line->len;
    va_list list;
    int len;

    va_start(list, format);
    len = vsnprintf(line->at + line->len, left, format, list);
    va_end(list);
    if (len >= 0 && (size_t)len < left) {
        line->len += (size_t)len;
        return;
    }
    if (line->room >= sizeof(cut))
        memcpy(line->at + line->room - sizeof(cut), cut, sizeof(cut));
    line->len = line->room - 1;
}

/* A foreign string, with '?' for what might not print. */
static void line_add_shown(struct line *line, const char *text, size_t len)
{
    char shown[SHOWN_LEN];
    size_t n = len < sizeof(shown) ? len : sizeof(shown);

    for (size_t i = 0; i < n; i++)
        shown[i] = text[i] >= ' ' && text[i] <= '~' ? text[i] : '?';
    line_add(line, "%.*s%s", (int)n, shown, len > n ? "…" : "");
}

static struct line sentence_of(struct capnp_json_error *error)
{
    error->sentence[0] = '\0';
    return (struct line){.at = error->sentence, .room = sizeof(error->sentence)};
}

void capnp_json_error_print(const struct capnp_json_error *error, char *to, size_t room)
{
    struct line line = {.at = to, .room = room};

    if (room == 0)
        return;
    to[0] = '\0';
    for (uint32_t i = 0; i < error->n; i++) {
        const struct capnp_json_part *part = &error->parts[i];

        if (!part->name) {
            line_add(&line, "[%u]", part->index);
            continue;
        }
        line_add(&line, "%s", i ? "." : "");
        line_add_shown(&line, part->name, strlen(part->name));
    }
    line_add(&line, "%s%s", error->n ? ": " : "", error->sentence);
}

static bool push(struct capnp_json_error *error, struct capnp_json_part part)
{
    if (error->n == CAPNP_JSON_DEPTH) {
        path_refuse(error, "nested too deep; expected at most %d levels", CAPNP_JSON_DEPTH);
        return false;
    }
    error->parts[error->n++] = part;
    return true;
}

bool path_push(struct capnp_json_error *error, const char *name)
{
    return push(error, (struct capnp_json_part){.name = name});
}

bool path_push_item(struct capnp_json_error *error, uint32_t index)
{
    return push(error, (struct capnp_json_part){.index = index});
}

void path_pop(struct capnp_json_error *error)
{
    error->n--;
}

err_t path_refuse(struct capnp_json_error *error, const char *format, ...)
{
    char text[CAPNP_JSON_SENTENCE_LEN];
    struct line line = sentence_of(error);
    va_list list;

    va_start(list, format);
    vsnprintf(text, sizeof(text), format, list);
    va_end(list);
    line_add(&line, "%s", text);
    return ERR_BAD_ARGUMENT;
}

static void line_add_value(struct line *line, struct json_object *value)
{
    switch (json_object_get_type(value)) {
    case json_type_string:
        line_add(line, "\"");
        line_add_shown(line, json_object_get_string(value),
                       (size_t)json_object_get_string_len(value));
        line_add(line, "\"");
        return;
    case json_type_array:
        line_add(line, "a list");
        return;
    case json_type_object:
        line_add(line, "an object");
        return;
    default:
        line_add(line, "%s", value ? json_object_get_string(value) : "null");
    }
}

err_t path_refuse_value(struct capnp_json_error *error, struct json_object *value, const char *what)
{
    struct line line = sentence_of(error);

    line_add_value(&line, value);
    line_add(&line, "; expected %s", what);
    return ERR_BAD_ARGUMENT;
}

static struct capnp_text field_name_at(struct capnp_list list, uint32_t i)
{
    return schema_field_name(schema_field_at(list, i));
}

static struct capnp_text enumerant_name_at(struct capnp_list list, uint32_t i)
{
    return schema_enumerant_name(schema_enumerant_at(list, i));
}

static void line_add_names(struct line *line, struct capnp_list list,
                           struct capnp_text (*name_at)(struct capnp_list, uint32_t))
{
    uint32_t n = capnp_list_len(list);

    line_add(line, n ? "; expected one of: " : "; expected none");
    for (uint32_t i = 0; i < n && line->len < line->room - 1; i++) {
        struct capnp_text name = name_at(list, i);

        line_add(line, "%s", i ? ", " : "");
        line_add_shown(line, name.at, name.len);
    }
}

err_t path_refuse_enum(struct capnp_json_error *error, struct json_object *value,
                       struct capnp_list enumerants)
{
    struct line line = sentence_of(error);

    line_add_value(&line, value);
    line_add_names(&line, enumerants, enumerant_name_at);
    return ERR_BAD_ARGUMENT;
}

err_t path_refuse_key(struct capnp_json_error *error, struct capnp_list fields)
{
    struct line line = sentence_of(error);

    line_add(&line, "unknown key");
    line_add_names(&line, fields, field_name_at);
    return ERR_BAD_ARGUMENT;
}

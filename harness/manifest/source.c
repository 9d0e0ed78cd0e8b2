/* One JSON file, read strictly.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/manifest/source.h"

#include "harness/base/files.h"
#include "harness/manifest/locate.h"

#include <stdlib.h>
#include <string.h>

static unsigned line_of(const struct source *s, size_t offset)
{
    unsigned line = 1;
    for (size_t i = 0; i < offset && i < s->text.len; i++)
        line += s->text.data[i] == '\n';
    return line;
}

static bool parse_json(struct source *s, struct error *err)
{
    struct json_tokener *tokener = json_tokener_new_ex(KEY_DEPTH_MAX);
    if (!tokener)
        abort();
    json_tokener_set_flags(tokener, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
    /* With the NUL, so that json-c knows that no more will come. */
    s->root = json_tokener_parse_ex(tokener, buffer_text(&s->text), (int)s->text.len + 1);
    enum json_tokener_error why = json_tokener_get_error(tokener);
    if (why != json_tokener_success)
        error_set(err, "%s:%u: not JSON: %s; expected one object", s->name,
                  line_of(s, json_tokener_get_parse_end(tokener)), json_tokener_error_desc(why));
    json_tokener_free(tokener);
    return why == json_tokener_success;
}

static bool check_keys(const struct source *s, struct error *err)
{
    struct locate_fault fault = {0};
    if (locate_check(s->text.data, s->text.len, &fault))
        return true;
    error_set(err, "%s:%u: %s", s->name, fault.line, buffer_text(&fault.text));
    buffer_fini(&fault.text);
    return false;
}

static bool parse(struct source *s, struct error *err)
{
    const char *nul = s->text.len ? memchr(s->text.data, '\0', s->text.len) : NULL;
    if (nul)
        return error_set(err, "%s:%u: not JSON: a NUL byte; expected text", s->name,
                         line_of(s, (size_t)(nul - s->text.data)));
    return parse_json(s, err) && check_keys(s, err);
}

bool source_read(struct source *s, const char *path, struct error *err)
{
    s->name = copy_text(path);
    return file_read(path, s->limit ? s->limit : SOURCE_LEN_MAX, &s->text, err) && parse(s, err);
}

bool source_parse(struct source *s, const char *name, const char *text, size_t len,
                  struct error *err)
{
    s->name = copy_text(name);
    if (len > SOURCE_LEN_MAX)
        return error_set(err, "cannot read %s: it is larger than %d bytes", name, SOURCE_LEN_MAX);
    buffer_add(&s->text, text, len);
    return parse(s, err);
}

void source_fini(struct source *s)
{
    json_object_put(s->root);
    buffer_fini(&s->text);
    free(s->name);
    *s = (struct source){0};
}

bool source_refuse(const struct source *s, const struct key_path *path, struct error *err,
                   const char *format, ...)
{
    struct buffer text = {0};
    va_list args;
    buffer_printf(&text, "%s:%u: ", s->name,
                  locate_key(buffer_text(&s->text), s->text.len, path, NULL));
    key_print(path, &text);
    buffer_add_text(&text, ": ");
    va_start(args, format);
    buffer_vprintf(&text, format, args);
    va_end(args);
    error_set(err, "%s", buffer_text(&text));
    buffer_fini(&text);
    return false;
}

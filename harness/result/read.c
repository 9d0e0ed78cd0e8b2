/* Results: read from JSON, believing nothing.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/result/fields.h"
#include "harness/result/json.h"
#include "harness/result/result.h"

#include <stdlib.h>
#include <string.h>

#define RESULT_LIMIT (16u << 20) /* bytes of result.json: a stream's last lines, not the stream */

static bool fields_from_json(struct json_object *json, void *base, const struct field *fields,
                             size_t n, struct error *err);

static bool read_verdict(struct json_object *json, const char *key, enum verdict *out,
                         struct error *err)
{
    char *name;
    if (!json_get_text(json, key, true, &name, err))
        return false;
    bool ok = false;
    for (size_t i = 0; i < n_verdict_names && !ok; i++) {
        ok = strcmp(verdict_names[i], name) == 0;
        *out = (enum verdict)i;
    }
    if (!ok)
        error_set(err, "\"%s\" is \"%s\", which is no verdict", key, name);
    free(name);
    return ok;
}

/* A file's name is made into links and opened: it must not lead out of the run folder. */
static bool path_inside(const char *path)
{
    if (path[0] == '/' || path[0] == '\0')
        return false;
    for (const char *part = path; part; part = strchr(part, '/')) {
        part += *part == '/';
        if (strncmp(part, "..", 2) == 0 && (part[2] == '/' || part[2] == '\0'))
            return false;
    }
    return true;
}

static bool read_path(struct json_object *json, const char *key, char **out, struct error *err)
{
    if (!json_get_text(json, key, false, out, err))
        return false;
    if (*out && !path_inside(*out))
        return error_set(err, "\"%s\" is \"%s\", which is not inside the run folder", key, *out);
    return true;
}

static bool read_streams(struct json_object *json, const char *key, struct stream_result **out,
                         size_t *n, struct error *err)
{
    struct json_object *list;
    if (!json_get_list(json, key, &list, err))
        return false;
    size_t count = list ? json_object_array_length(list) : 0;
    if (count && !(*out = calloc(count, sizeof **out)))
        abort();
    for (*n = 0; *n < count;) {
        struct json_object *item = json_object_array_get_idx(list, *n);
        struct stream_result *stream = &(*out)[(*n)++];
        if (!json_object_is_type(item, json_type_object))
            return error_set(err, "\"%s\" has an element that is no object", key);
        if (!fields_from_json(item, stream, stream_fields, n_stream_fields, err))
            return error_prefix(err, "\"%s\", element %zu", key, *n);
        bool known = !stream->state;
        for (size_t i = 0; i < n_state_names; i++)
            known |= stream->state && strcmp(state_names[i], stream->state) == 0;
        if (!known)
            return error_set(err, "\"state\" of stream %s is \"%s\"", stream->name, stream->state);
    }
    return true;
}

static bool field_from_json(struct json_object *json, void *base, const struct field *f,
                            struct error *err)
{
    void *at = field_at(base, f->offset);
    switch (f->kind) {
    case TEXT:
        return json_get_text(json, f->key, f->required, at, err);
    case PATH:
        return read_path(json, f->key, at, err);
    case NUMBER:
        return json_get_number(json, f->key, f->required, at, err);
    case VERDICT:
        return read_verdict(json, f->key, at, err);
    case TEXTS:
        return json_get_texts(json, f->key, at, field_at(base, f->count), err);
    case STREAMS:
        return read_streams(json, f->key, at, field_at(base, f->count), err);
    }
    return false;
}

static bool fields_from_json(struct json_object *json, void *base, const struct field *fields,
                             size_t n, struct error *err)
{
    for (size_t i = 0; i < n; i++)
        if (!field_from_json(json, base, &fields[i], err))
            return false;
    return true;
}

static bool files_inside(const struct result *result, struct error *err)
{
    for (size_t i = 0; i < result->n_files; i++)
        if (!path_inside(result->files[i]))
            return error_set(err, "\"files\" names \"%s\", which is not inside the run folder",
                             result->files[i]);
    return true;
}

struct result *result_read(const char *run, struct error *err)
{
    char *path = format_text("%s/result.json", run);
    struct json_object *json = json_file_read(path, RESULT_LIMIT, json_type_object, err);
    struct result *result = NULL;
    if (json && !(result = calloc(1, sizeof *result)))
        abort();
    if (json && !(fields_from_json(json, result, result_fields, n_result_fields, err) &&
                  files_inside(result, err))) {
        error_prefix(err, "%s", path);
        result_free(result);
        result = NULL;
    }
    json_object_put(json);
    free(path);
    return result;
}

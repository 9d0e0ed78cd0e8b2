/* Results: written as JSON, and released.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/result/result.h"

#include "harness/base/files.h"
#include "harness/result/fields.h"
#include "harness/result/json.h"

#include <stdlib.h>

const char *verdict_name(enum verdict verdict)
{
    return verdict_names[verdict];
}

static struct json_object *fields_to_json(const void *base, const struct field *fields, size_t n);

static struct json_object *list_to_json(const void *base, const struct field *f)
{
    size_t n = *(size_t *)field_at(base, f->count);
    struct json_object *list = json_object_new_array_ext((int)n);
    for (size_t i = 0; i < n; i++) {
        if (f->kind == TEXTS)
            json_object_array_add(list, json_text((*(char ***)field_at(base, f->offset))[i]));
        else
            json_object_array_add(
                list, fields_to_json(&(*(struct stream_result **)field_at(base, f->offset))[i],
                                     stream_fields, n_stream_fields));
    }
    return list;
}

static struct json_object *field_to_json(const void *base, const struct field *f)
{
    switch (f->kind) {
    case TEXT:
    case PATH:
        return json_text(*(char **)field_at(base, f->offset));
    case NUMBER:
        return json_number(*(double *)field_at(base, f->offset), 3);
    case VERDICT:
        return json_text(verdict_name(*(enum verdict *)field_at(base, f->offset)));
    case TEXTS:
    case STREAMS:
        return list_to_json(base, f);
    }
    return NULL;
}

static struct json_object *fields_to_json(const void *base, const struct field *fields, size_t n)
{
    struct json_object *object = json_object_new_object();
    for (size_t i = 0; i < n; i++)
        json_object_object_add(object, fields[i].key, field_to_json(base, &fields[i]));
    return object;
}

static bool write_junit(const struct result *result, const char *run, struct error *err)
{
    struct buffer xml = {0};
    bool error = result->verdict == VERDICT_ERROR;
    bool failure = result->verdict != VERDICT_PASS && !error;
    buffer_printf(&xml,
                  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                  "<testsuite name=\"scenarios\" tests=\"1\" failures=\"%d\" errors=\"%d\">\n",
                  failure, error);
    result_junit_case(result, &xml);
    buffer_add_text(&xml, "</testsuite>\n");
    char *path = format_text("%s/junit.xml", run);
    bool ok = file_write(path, xml.data, xml.len, err);
    free(path);
    buffer_fini(&xml);
    return ok;
}

bool result_write(const struct result *result, const char *run, struct error *err)
{
    /* result.json comes last: it says that everything else in the folder is complete. */
    if (!write_junit(result, run, err))
        return false;
    struct json_object *json = fields_to_json(result, result_fields, n_result_fields);
    char *path = format_text("%s/result.json", run);
    bool ok = json_file_write(path, json, err);
    free(path);
    json_object_put(json);
    return ok;
}

static void fields_free(void *base, const struct field *fields, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        void *at = field_at(base, fields[i].offset);
        size_t *count = field_at(base, fields[i].count);
        if (fields[i].kind == TEXT || fields[i].kind == PATH)
            free(*(char **)at);
        else if (fields[i].kind == TEXTS)
            texts_free(*(char ***)at, *count);
        else if (fields[i].kind == STREAMS) {
            struct stream_result *streams = *(struct stream_result **)at;
            for (size_t j = 0; j < *count; j++)
                fields_free(&streams[j], stream_fields, n_stream_fields);
            free(streams);
        }
    }
}

void result_free(struct result *result)
{
    if (!result)
        return;
    fields_free(result, result_fields, n_result_fields);
    free(result);
}

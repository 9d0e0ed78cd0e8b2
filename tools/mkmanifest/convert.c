/* Messages of any type, from and to JSON.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "tools/mkmanifest/convert.h"

#include "harness/base/files.h"
#include "harness/manifest/source.h"
#include "tools/mkmanifest/compile.h"
#include "tools/mkmanifest/message.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define INPUT_LEN_MAX (16u << 20)
#define SEGMENTS_MAX  4096

/* A conversion under way. */
struct work {
    const struct conversion *how;
    struct capnp_schema schema;
    uint64_t id;
    const char *in; /* for errors */
    struct error *err;
};

/* --- Reading --- */

static bool refuse(const struct work *work, const char *what)
{
    return error_set(work->err, "%s: %s", work->in, what);
}

static bool read_json(struct work *work, struct buffer *flat)
{
    struct source source = {.limit = INPUT_LEN_MAX};
    struct capnp_json_error where = {0};
    struct key_path path = {0};
    bool ok = source_read(&source, work->in, work->err);

    if (ok) {
        err_t error = message_encode(&work->schema, work->id, source.root, flat, &where);

        message_path(&where, &path);
        ok = !error ||
             source_refuse(&source, &path, work->err, "%s", message_sentence(error, &where));
    }
    source_fini(&source);
    return ok;
}

/* A foreign message may lead to the same words as often as its budget lets it. */
static bool canonicalise(struct work *work, struct capnp_message *message, struct buffer *flat)
{
    return !message_canonicalise(message, (message->budget + 1) * 8, flat) ||
           refuse(work, "not a valid message without capabilities");
}

static bool read_message(struct work *work, struct buffer *flat)
{
    struct capnp_segment segments[SEGMENTS_MAX];
    struct capnp_message message;
    struct buffer file = {0};
    size_t used;
    bool ok = file_read(work->in, INPUT_LEN_MAX, &file, work->err);

    if (ok && work->how->from == FORMAT_FLAT)
        capnp_open(&message, file.data, file.len);
    else if (ok && capnp_open_framed(&message, file.data, file.len, segments, SEGMENTS_MAX, &used))
        ok = refuse(work, "not a framed message");
    else if (ok && used != file.len)
        ok = refuse(work, "there is something behind the message");
    ok = ok && canonicalise(work, &message, flat);
    buffer_fini(&file);
    return ok;
}

/* --- Writing --- */

static bool write_out(struct work *work, const void *data, size_t len)
{
    if (work->how->out)
        return file_write(work->how->out, data, len, work->err);
    if (fwrite(data, 1, len, stdout) == len && fflush(stdout) == 0)
        return true;
    return error_set(work->err, "cannot write the output: %s", strerror(errno));
}

static bool write_json(struct work *work, const struct buffer *flat)
{
    struct capnp_message message;
    struct capnp_json_error where;
    struct json_object *json;
    const char *text;
    err_t error;
    bool ok;

    capnp_open(&message, flat->data, flat->len);
    error = capnp_json_decode(&work->schema, work->id, capnp_root(&message), &json, NULL, &where);
    if (error) {
        char shown[512];

        capnp_json_error_print(&where, shown, sizeof shown);
        return refuse(work, error == ERR_BAD_ARGUMENT ? shown : err_sentence(error));
    }
    text = json_object_to_json_string_ext(json,
                                          JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_NOSLASHESCAPE);
    ok = write_out(work, text, strlen(text)) && write_out(work, "\n", 1);
    json_object_put(json);
    return ok;
}

/* The table of one segment: how many there are less one, and its length in words. */
static bool write_framed(struct work *work, const struct buffer *flat)
{
    uint32_t table[2] = {0, (uint32_t)(flat->len / 8)};
    struct buffer framed = {0};
    bool ok;

    buffer_add(&framed, table, sizeof table);
    buffer_add(&framed, flat->data, flat->len);
    ok = write_out(work, framed.data, framed.len);
    buffer_fini(&framed);
    return ok;
}

/* --- All of it --- */

static bool find_type(struct work *work)
{
    const char *type = work->how->type;
    struct schema_node_reader node;
    unsigned n = capnp_schema_find_name(&work->schema, SCHEMA_NODE_WHICH_STRUCT, type, &node);

    if (n == 0)
        return error_set(work->err, "%s: there is no struct \"%s\"", work->how->schema, type);
    if (n > 1)
        return error_set(work->err,
                         "%s: there are several structs \"%s\"; expected FILE.capnp:NAME",
                         work->how->schema, type);
    work->id = schema_node_id(node);
    return true;
}

static bool move(struct work *work)
{
    struct buffer flat = {0};
    bool ok = work->how->from == FORMAT_JSON ? read_json(work, &flat) : read_message(work, &flat);

    if (ok && work->how->to == FORMAT_JSON)
        ok = write_json(work, &flat);
    else if (ok && work->how->to == FORMAT_FRAMED)
        ok = write_framed(work, &flat);
    else if (ok)
        ok = write_out(work, flat.data, flat.len);
    buffer_fini(&flat);
    return ok;
}

bool convert(const struct conversion *how, struct error *err)
{
    struct work work = {.how = how, .in = how->in ? how->in : "/dev/stdin", .err = err};
    struct buffer request = {0};
    bool ok = schema_compile(how->schema, how->imports, &request, err);

    if (ok && capnp_schema_open(&work.schema, request.data, request.len))
        ok = error_set(err, "%s: capnp compile gave no request", how->schema);
    ok = ok && find_type(&work) && move(&work);
    buffer_fini(&request);
    return ok;
}

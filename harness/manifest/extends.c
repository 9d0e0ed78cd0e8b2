/* The files of an "extends" chain.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/manifest/extends.h"

#include "harness/manifest/locate.h"

#include <stdlib.h>
#include <string.h>

/* Takes the last folder off the path in @out. False when it has none to take off. */
static bool go_up(struct buffer *out)
{
    const char *path = buffer_text(out), *slash = strrchr(path, '/');
    const char *last = slash ? slash + 1 : path;
    if (!*last || strcmp(last, "..") == 0)
        return false;
    size_t len = slash && slash > path ? (size_t)(slash - path) : (size_t)(last - path);
    out->data[out->len = len] = '\0';
    return true;
}

/* Adds the parts of @path to @out, following "." and ".." in the text, so that errors show a file
 * by the name that people know it by. */
static void add_parts(struct buffer *out, const char *path, size_t len)
{
    const char *end = path + len;
    while (path < end) {
        const char *slash = memchr(path, '/', (size_t)(end - path));
        size_t part = (size_t)((slash ? slash : end) - path);
        bool up = part == 2 && memcmp(path, "..", 2) == 0;
        if (part > 0 && !(part == 1 && *path == '.') && !(up && go_up(out))) {
            if (out->len && out->data[out->len - 1] != '/')
                buffer_add_char(out, '/');
            buffer_add(out, path, part);
        }
        path += part + 1;
    }
}

/* The path of @relative, which stands in @file; of @relative itself if @file is "". */
static char *path_beside(const char *file, const char *relative)
{
    struct buffer out = {0};
    const char *slash = strrchr(file, '/');
    buffer_add_text(&out, *(*file ? file : relative) == '/' ? "/" : "");
    add_parts(&out, file, slash ? (size_t)(slash - file) : 0);
    add_parts(&out, relative, strlen(relative));
    return out.data;
}

static bool check_patch(const struct source *file, const struct schema *schema, struct error *err)
{
    struct key_path where = {0};
    if (schema_check(schema, file->root, SCHEMA_PATCH, &where, err))
        return true;
    char *what = copy_text(err->text);
    source_refuse(file, &where, err, "%s", what);
    free(what);
    return false;
}

/* A chain being read: what it has so far, and the files that wait for what they extend. */
struct reading {
    struct chain *chain;
    const struct schema *schema;
    struct error *err;
    const struct source *open[CHAIN_LEN_MAX];
    size_t n_open;
};

static bool take_file(struct reading *, struct source *file);

/* Refuses the "extends" of the file read last, which would have led to @base. */
static bool refuse_base(const struct reading *r, const struct key_path *at, const char *base,
                        const char *what)
{
    struct buffer list = {0};
    for (size_t i = 0; i < r->n_open; i++)
        buffer_printf(&list, "%s -> ", r->open[i]->name);
    source_refuse(r->open[r->n_open - 1], at, r->err, "%s: %s%s", what, buffer_text(&list), base);
    buffer_fini(&list);
    return false;
}

static bool check_base(const struct reading *r, const struct key_path *at, const char *base)
{
    for (size_t i = 0; i < r->n_open; i++)
        if (strcmp(r->open[i]->name, base) == 0)
            return refuse_base(r, at, base, "goes round in a circle; expected a chain that ends");
    if (r->chain->n + r->n_open == CHAIN_LEN_MAX)
        return refuse_base(r, at, base, "the chain is too long; expected at most 8 files");
    return true;
}

static bool has_file(const struct chain *chain, const char *name)
{
    for (size_t i = 0; i < chain->n; i++)
        if (strcmp(chain->files[i].name, name) == 0)
            return true;
    return false;
}

/* Reads the file @base, which stands at @at in the file read last. */
static bool read_base(struct reading *r, const struct key_path *at, const char *base)
{
    struct source file = {0};
    if (has_file(r->chain, base))
        return true;
    if (!check_base(r, at, base))
        return false;
    if (source_read(&file, base, r->err))
        return take_file(r, &file);
    source_fini(&file);
    if (strncmp(r->err->text, "cannot", 6) == 0) {
        char *what = copy_text(r->err->text);
        source_refuse(r->open[r->n_open - 1], at, r->err,
                      "%s; expected a path relative to this file's folder", what);
        free(what);
    }
    return false;
}

static bool read_beside(struct reading *r, const struct source *file, const struct key_path *at,
                        struct json_object *relative)
{
    char *path = path_beside(file->name, json_object_get_string(relative));
    bool ok = read_base(r, at, path);
    free(path);
    return ok;
}

static bool read_bases(struct reading *r, const struct source *file)
{
    struct key_path at = {0};
    struct json_object *bases = NULL;
    bool ok = true;
    if (!json_object_object_get_ex(file->root, "extends", &bases) || !bases)
        return true;
    key_push(&at, "extends");
    if (!json_object_is_type(bases, json_type_array))
        return read_beside(r, file, &at, bases);
    for (size_t i = 0; ok && i < json_object_array_length(bases); i++) {
        key_push_item(&at, i);
        ok = read_beside(r, file, &at, json_object_array_get_idx(bases, i));
        key_pop(&at);
    }
    return ok;
}

/* Adds @file, which the chain owns from now on, behind what it extends. */
static bool take_file(struct reading *r, struct source *file)
{
    r->open[r->n_open++] = file;
    bool ok = check_patch(file, r->schema, r->err) && read_bases(r, file);
    r->n_open--;
    if (ok)
        r->chain->files[r->chain->n++] = *file;
    else
        source_fini(file);
    return ok;
}

bool chain_read(struct chain *chain, const char *path, const struct buffer *text,
                const struct schema *schema, struct error *err)
{
    struct reading r = {.chain = chain, .schema = schema, .err = err};
    struct source file = {0};
    char *name = path_beside("", path);
    bool ok = text ? source_parse(&file, name, buffer_text(text), text->len, err)
                   : source_read(&file, name, err);
    free(name);
    if (ok)
        return take_file(&r, &file);
    source_fini(&file);
    return false;
}

void chain_fini(struct chain *chain)
{
    for (size_t i = 0; i < chain->n; i++)
        source_fini(&chain->files[i]);
    chain->n = 0;
}

struct json_object *chain_merge(const struct chain *chain, chain_merger *merge)
{
    struct json_object *merged = json_object_new_object();
    for (size_t i = 0; i < chain->n; i++)
        merge(merged, chain->files[i].root);
    json_object_object_del(merged, "extends");
    json_object_object_del(merged, "$schema");
    return merged;
}

/* The same key one level closer to where it may have been written: what a machine has comes from
 * "machine" or "system" unless the machine says it itself. False when there is none. */
static bool less_special(struct key_path *path)
{
    struct key_part *part = path->parts;
    if (path->n < 2 || !part[0].name || !part[1].name)
        return false;
    bool of_machine = strcmp(part[0].name, "machine") == 0;
    if (strcmp(part[0].name, "machines") == 0)
        part[1].name = "machine";
    else if (!of_machine || strcmp(part[1].name, "system") != 0)
        return false;
    path->n--;
    memmove(part, part + 1, path->n * sizeof *part);
    return true;
}

bool chain_refuse(const struct chain *chain, const struct key_path *path, struct error *err,
                  const char *format, va_list args)
{
    struct key_path candidate = *path, best = *path;
    const struct source *file = &chain->files[chain->n - 1];
    size_t least = SIZE_MAX;
    do {
        for (size_t i = chain->n; i-- > 0;) {
            const struct source *s = &chain->files[i];
            size_t missing;
            locate_key(buffer_text(&s->text), s->text.len, &candidate, &missing);
            if (missing < least) {
                least = missing;
                file = s;
                best = candidate;
            }
        }
    } while (least > 0 && less_special(&candidate));
    struct buffer what = {0};
    buffer_vprintf(&what, format, args);
    source_refuse(file, &best, err, "%s", buffer_text(&what));
    buffer_fini(&what);
    return false;
}

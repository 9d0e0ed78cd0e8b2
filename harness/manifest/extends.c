/* The files of an "extends" chain.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/manifest/extends.h"

#include "harness/manifest/locate.h"
#include "harness/manifest/merge.h"

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

/* Refuses the "extends" of the last file, which would have led to @base. */
static bool refuse_base(const struct chain *chain, const char *base, const char *what,
                        struct error *err)
{
    struct key_path at = {.parts = {{.name = "extends"}}, .n = 1};
    struct buffer list = {0};
    for (size_t i = 0; i < chain->n; i++)
        buffer_printf(&list, "%s -> ", chain->files[i].name);
    source_refuse(&chain->files[chain->n - 1], &at, err, "%s: %s%s", what, buffer_text(&list),
                  base);
    buffer_fini(&list);
    return false;
}

static bool check_base(const struct chain *chain, const char *base, struct error *err)
{
    for (size_t i = 0; i < chain->n; i++)
        if (strcmp(chain->files[i].name, base) == 0)
            return refuse_base(chain, base, "goes round in a circle; expected a chain that ends",
                               err);
    if (chain->n == CHAIN_LEN_MAX)
        return refuse_base(chain, base, "the chain is too long; expected at most 8 files", err);
    return true;
}

/* Reads what the last file of the chain extends. */
static bool read_base(struct chain *chain, const char *base, struct error *err)
{
    const struct source *last = &chain->files[chain->n - 1];
    if (!check_base(chain, base, err))
        return false;
    if (source_read(&chain->files[chain->n++], base, err))
        return true;
    if (strncmp(err->text, "cannot", 6) == 0) {
        struct key_path at = {.parts = {{.name = "extends"}}, .n = 1};
        char *what = copy_text(err->text);
        source_refuse(last, &at, err, "%s; expected a path relative to this file's folder", what);
        free(what);
    }
    return false;
}

bool chain_read(struct chain *chain, const char *path, const struct buffer *text,
                const struct schema *schema, struct error *err)
{
    char *name = path_beside("", path);
    struct source *first = &chain->files[chain->n++];
    bool ok = text ? source_parse(first, name, buffer_text(text), text->len, err)
                   : source_read(first, name, err);
    free(name);
    while (ok) {
        const struct source *last = &chain->files[chain->n - 1];
        struct json_object *base = NULL;
        ok = check_patch(last, schema, err);
        if (!ok || !json_object_object_get_ex(last->root, "extends", &base) || !base)
            break;
        char *next = path_beside(last->name, json_object_get_string(base));
        ok = read_base(chain, next, err);
        free(next);
    }
    return ok;
}

void chain_fini(struct chain *chain)
{
    for (size_t i = 0; i < chain->n; i++)
        source_fini(&chain->files[i]);
    chain->n = 0;
}

struct json_object *chain_merge(const struct chain *chain)
{
    struct json_object *merged = json_object_new_object();
    for (size_t i = chain->n; i-- > 0;)
        merge_manifest(merged, chain->files[i].root);
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
    const struct source *file = &chain->files[0];
    size_t least = SIZE_MAX;
    do {
        for (size_t i = 0; i < chain->n; i++) {
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

/* What a package was made from, for make.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "tools/mkmanifest/depfile.h"

#include "harness/base/files.h"

#include <string.h>

/* Adds a path with what means something to make made plain. */
static void add(struct buffer *out, const char *path)
{
    for (; *path; path++) {
        if (strchr(" #:\\", *path))
            buffer_add_char(out, '\\');
        else if (*path == '$')
            buffer_add_char(out, '$');
        buffer_add_char(out, *path);
    }
}

/* What OUT needs, and a rule by which it is no error for make when it is gone. */
static void add_rule(struct buffer *needs, struct buffer *rules, const char *path)
{
    buffer_add_text(needs, " \\\n  ");
    add(needs, path);
    add(rules, path);
    buffer_add_text(rules, ":\n");
}

bool depfile_write(const char *path, const char *out, const char *raw, const struct chain *chain,
                   const struct images *images, struct error *err)
{
    struct buffer needs = {0}, rules = {0};
    bool ok;

    add(&needs, out);
    buffer_add_text(&needs, ":");
    for (size_t i = 0; i < chain->n; i++)
        add_rule(&needs, &rules, chain->files[i].name);
    if (raw)
        add_rule(&needs, &rules, raw);
    for (size_t i = 0; i < images->n; i++)
        add_rule(&needs, &rules, images->all[i].path);
    buffer_printf(&needs, "\n%s", buffer_text(&rules));
    ok = file_write(path, needs.data, needs.len, err);
    buffer_fini(&needs);
    buffer_fini(&rules);
    return ok;
}

/* Where a value stands in a JSON document.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/manifest/key.h"

#include <assert.h>
#include <string.h>

static void push(struct key_path *path, struct key_part part)
{
    assert(path->n < KEY_DEPTH_MAX);
    path->parts[path->n++] = part;
}

void key_push(struct key_path *path, const char *name)
{
    push(path, (struct key_part){.name = name});
}

void key_push_item(struct key_path *path, size_t index)
{
    push(path, (struct key_part){.index = index});
}

void key_pop(struct key_path *path)
{
    assert(path->n > 0);
    path->n--;
}

void key_print(const struct key_path *path, struct buffer *out)
{
    if (path->n == 0)
        buffer_add_text(out, "(the whole file)");
    for (size_t i = 0; i < path->n; i++) {
        const struct key_part *part = &path->parts[i];
        if (!part->name) {
            buffer_printf(out, "[%zu]", part->index);
            continue;
        }
        if (i > 0)
            buffer_add_char(out, '.');
        buffer_add_escaped(out, part->name, strlen(part->name));
    }
}

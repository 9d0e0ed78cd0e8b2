/* The programs of a boot package: their names, and the files that they come from.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "tools/mkmanifest/image.h"

#include <stdlib.h>
#include <string.h>

static const struct image *find(const struct images *images, const char *name)
{
    for (size_t i = 0; i < images->n; i++)
        if (strcmp(images->all[i].name, name) == 0)
            return &images->all[i];
    return NULL;
}

static bool is_printable(const char *name)
{
    for (; *name; name++)
        if (*name < ' ' || *name > '~')
            return false;
    return true;
}

/* Says NAME in a way that cannot disturb a terminal. */
static bool refuse_name(const char *name, const char *what, struct error *err)
{
    struct buffer shown = {0};

    buffer_add_escaped(&shown, name, strlen(name));
    error_set(err, "\"%s\": %s", buffer_text(&shown), what);
    buffer_fini(&shown);
    return false;
}

bool images_add(struct images *images, const char *name, const char *path, const char *origin,
                struct error *err)
{
    const struct image *namesake;
    size_t len = strlen(name);

    if (len < 1 || len > IMAGE_NAME_MAX)
        return refuse_name(name, "a program's name has 1 to 63 characters", err);
    if (!is_printable(name))
        return refuse_name(name, "a program's name consists of printable ASCII characters", err);
    namesake = find(images, name);
    if (namesake)
        return error_set(err, "two programs have the name \"%s\": %s and %s", name, namesake->path,
                         path);
    if (images->n == IMAGES_MAX)
        return error_set(err, "\"%s\" is one program too many: a package has at most %d", name,
                         IMAGES_MAX);
    images->all[images->n++] = (struct image){copy_text(name), copy_text(path), copy_text(origin)};
    return true;
}

bool images_add_argument(struct images *images, const char *argument, struct error *err)
{
    const char *equals = strchr(argument, '=');
    char *name, *origin;
    bool ok;

    if (!equals || !equals[1])
        return refuse_name(argument, "not NAME=PATH", err);
    name = format_text("%.*s", (int)(equals - argument), argument);
    origin = format_text("program \"%s\": ", name);
    ok = images_add(images, name, equals + 1, origin, err);
    free(origin);
    free(name);
    return ok;
}

bool images_have(const struct images *images, const char *name)
{
    return find(images, name) != NULL;
}

void images_fini(struct images *images)
{
    for (size_t i = 0; i < images->n; i++) {
        free(images->all[i].name);
        free(images->all[i].path);
        free(images->all[i].origin);
    }
    images->n = 0;
}

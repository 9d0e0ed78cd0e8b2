/* mkmanifest: boot packages from JSON manifests and programs; messages of any type from JSON.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/base/files.h"
#include "tools/mkmanifest/depfile.h"
#include "tools/mkmanifest/options.h"
#include "tools/mkmanifest/package.h"
#include "tools/mkmanifest/system.h"

#include <stdio.h>
#include <string.h>

/* What init reads of a manifest that is given as bytes. */
#define RAW_LEN_MAX (1u << 20)

/* What is written, and from what. */
struct product {
    struct layers layers; /* empty without a JSON manifest */
    struct images images;
    struct buffer manifest;
};

static bool collect(const struct options *o, struct product *product, struct error *err)
{
    product->images = o->images;
    if (o->raw)
        return file_read(o->raw, RAW_LEN_MAX, &product->manifest, err);
    if (!o->manifest)
        return true;
    if (!layers_read(&product->layers, o->manifest, err))
        return false;
    if (o->task == TASK_SHOW)
        return system_resolve(&product->layers, err);
    return system_build(&product->layers, o->build, &product->images, &product->manifest, err);
}

static bool show(struct json_object *json, struct error *err)
{
    const char *text = json_object_to_json_string_ext(json, JSON_C_TO_STRING_PRETTY |
                                                                JSON_C_TO_STRING_NOSLASHESCAPE);

    if (puts(text) >= 0 && fflush(stdout) == 0)
        return true;
    return error_set(err, "cannot write to the standard output");
}

static bool finish(const struct options *o, const struct product *product, struct error *err)
{
    if (o->task == TASK_SHOW)
        return show(product->layers.merged, err);
    if (o->depfile &&
        !depfile_write(o->depfile, o->out, o->raw, &product->layers.chain, &product->images, err))
        return false;
    return package_write(o->out, product->manifest.data, product->manifest.len, &product->images,
                         err);
}

static bool make(const struct options *o, struct error *err)
{
    struct product product = {0};
    bool ok = collect(o, &product, err) && finish(o, &product, err);

    layers_fini(&product.layers);
    images_fini(&product.images);
    buffer_fini(&product.manifest);
    return ok;
}

/* An error in a file already begins with it; what a manifest's services are to each other may be
 * several lines. */
int main(int argc, char **argv)
{
    struct error err = {""};
    struct options o;
    bool ok;

    options_read(&o, argc, argv);
    ok = o.task == TASK_CONVERT ? convert(&o.conversion, &err) : make(&o, &err);
    if (!ok)
        fprintf(stderr, "%s\n", err.text);
    return !ok;
}

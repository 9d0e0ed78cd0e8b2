/* From a merged manifest to what goes into the package: SystemManifest's message, and the programs.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "tools/mkmanifest/system.h"

#include "tools/mkmanifest/check.h"
#include "tools/mkmanifest/embedded.h"
#include "tools/mkmanifest/interfaces.h"
#include "tools/mkmanifest/message.h"

#include <stdlib.h>

/* SystemManifest, in userspace/interfaces/manifest.capnp. */
#define SYSTEM_MANIFEST_ID 0xf9a552ac49cdfcdf

static bool add_program(const struct layers *layers, const char *build, const char *name,
                        const char *path, struct images *images, struct error *err)
{
    char *full = *path == '/' ? copy_text(path) : format_text("%s/%s", build, path);
    struct key_path at = {0};
    struct error origin, what;
    bool ok;

    key_push(&at, "binaries");
    key_push(&at, name);
    layers_refuse(layers, &at, &origin, "%s", "");
    ok = images_add(images, name, full, origin.text, &what);
    free(full);
    return ok || layers_refuse(layers, &at, err, "%s", what.text);
}

static bool add_programs(const struct layers *layers, const char *build, struct images *images,
                         struct error *err)
{
    struct json_object *binaries = NULL;
    struct key_path at = {0};

    if (json_object_object_get_ex(layers->merged, "binaries", &binaries)) {
        json_object_object_foreach(binaries, name, path)
        {
            if (!add_program(layers, build, name, json_object_get_string(path), images, err))
                return false;
        }
    }
    key_push(&at, "binaries");
    return images_have(images, "init") ||
           layers_refuse(layers, &at, err, "there is no program \"init\", which the kernel starts");
}

static bool encode(const struct layers *layers, struct capnp_schema *schema, struct buffer *message,
                   struct error *err)
{
    struct json_object *system = NULL;
    struct capnp_json_error where = {0};
    struct key_path at = {0};
    err_t error;

    key_push(&at, "system");
    if (!json_object_object_get_ex(layers->merged, "system", &system))
        return layers_refuse(layers, &at, err, "missing; expected an object: name, services");
    error = message_encode(schema, SYSTEM_MANIFEST_ID, system, message, &where);
    message_path(&where, &at);
    return !error || layers_refuse(layers, &at, err, "%s", message_sentence(error, &where));
}

/* Complaints become lines of one error. */
struct complaints {
    const struct layers *layers;
    struct buffer lines;
};

static void take_complaint(void *context, const struct key_path *path, const char *text)
{
    struct complaints *complaints = context;
    struct error line;

    layers_refuse(complaints->layers, path, &line, "%s", text);
    buffer_printf(&complaints->lines, "%s%s", complaints->lines.len ? "\n" : "", line.text);
}

static bool check(const struct layers *layers, struct capnp_schema *schema,
                  const struct images *images, const struct buffer *message, struct error *err)
{
    struct complaints complaints = {.layers = layers};
    bool ok = check_system(message, images, schema, take_complaint, &complaints);

    if (!ok)
        error_set(err, "%s", buffer_text(&complaints.lines));
    buffer_fini(&complaints.lines);
    return ok;
}

static bool open_schemas(struct capnp_schema *schema, struct error *err)
{
    return !capnp_schema_open(schema, embedded_request, embedded_request_len) ||
           error_set(err, "the schemas in this program cannot be read; build it again");
}

bool system_resolve(const struct layers *layers, struct error *err)
{
    struct capnp_schema schema;

    return open_schemas(&schema, err) && interfaces_resolve(layers, &schema, err);
}

bool system_build(const struct layers *layers, const char *build, struct images *images,
                  struct buffer *message, struct error *err)
{
    struct capnp_schema schema;

    if (!open_schemas(&schema, err))
        return false;
    return add_programs(layers, build, images, err) && interfaces_resolve(layers, &schema, err) &&
           encode(layers, &schema, message, err) && check(layers, &schema, images, message, err);
}

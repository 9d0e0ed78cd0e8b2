/*
 * BootPackage (kernel.capnp): what the system was started with.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "object/boot_package.h"

#include "abi/kernel.capnp.h"
#include "crypto/sha256.h"
#include "lib/message_bytes.h"
#include "lib/string.h"
#include "ring/invocation.h"
#include "sched/work.h"

#define READ_LEN_MAX 4096

/* Bytes hashed in one go: some hundred thousand instructions. */
#define HASH_STEP_LEN 16384

/* How far the check of an image's bytes is; they do not change after boot, for nothing maps
 * them. */
struct check {
    enum { UNCHECKED, GOOD, BAD } result;
    size_t len; /* hashed */
    struct sha256 hash;
};

static const struct package *package;
static struct check checks[PACKAGE_IMAGES_MAX];

void boot_package_set(const struct package *new_package)
{
    package = new_package;
}

static void judge(struct check *check, const struct package_image *image)
{
    uint8_t digest[PACKAGE_SHA256_LEN];

    sha256_final(&check->hash, digest);
    check->result = memcmp(digest, image->sha256.at, sizeof(digest)) == 0 ? GOOD : BAD;
}

/* Goes on with the check; true when its result is known. */
static bool check_step(struct check *check, const struct package_image *image)
{
    struct bytes rest = bytes_from(image->elf, check->len);
    size_t len = rest.len < HASH_STEP_LEN ? rest.len : HASH_STEP_LEN;

    if (check->result != UNCHECKED)
        return true;
    if (check->len == 0)
        sha256_init(&check->hash);
    sha256_update(&check->hash, rest.at, len);
    check->len += len;
    work_add((uint32_t)len / 64 * WORK_HASH_64);
    if (check->len == image->elf.len)
        judge(check, image);
    return check->result != UNCHECKED;
}

err_t boot_package_image(struct bytes name, struct bytes *elf, bool *again)
{
    struct package_image image;
    uint32_t i;

    *again = false;
    if (!package || package_find(package, name, &i) || package_image(package, i, &image))
        return ERR_NOT_FOUND;
    *elf = image.elf;
    *again = !check_step(&checks[i], &image);
    return checks[i].result == BAD ? ERR_BAD_CHECKSUM : ERR_OK;
}

static err_t info(struct invocation *invocation)
{
    struct package_info_results_builder results =
        package_info_results_init_root(&invocation->results);

    package_info_results_set_manifest_len(results, package_manifest(package).len);
    package_info_results_set_images(results, package_n_images(package));
    return ERR_OK;
}

/* Shorter at the end of the manifest. */
static err_t read(struct invocation *invocation)
{
    struct bytes manifest = package_manifest(package);
    struct package_read_params_reader params = package_read_params_root(&invocation->params);
    uint64_t offset = package_read_params_offset(params);
    uint32_t len = package_read_params_len(params);
    struct bytes part;

    if (offset > manifest.len || len > READ_LEN_MAX)
        return ERR_BAD_ARGUMENT;
    part = bytes_from(manifest, offset);
    if (part.len > len)
        part.len = len;
    if (!invocation_has_room(invocation, RESULT_WORDS(PACKAGE_READ), part.len))
        return ERR_NO_ROOM;
    package_read_results_set_bytes(package_read_results_init_root(&invocation->results),
                                   data_of_bytes(part));
    return ERR_OK;
}

static err_t image(struct invocation *invocation)
{
    struct package_image_params_reader params = package_image_params_root(&invocation->params);
    struct package_image_results_builder results;
    struct package_image image;

    if (package_image(package, package_image_params_index(params), &image))
        return ERR_NOT_FOUND;
    results = package_image_results_init_root(&invocation->results);
    package_image_results_set_name(results, text_of_bytes(image.name));
    package_image_results_set_len(results, image.elf.len);
    package_image_results_set_sha256(results, data_of_bytes(image.sha256));
    return ERR_OK;
}

/* Those of a name with its NUL, and of a hash. */
#define IMAGE_BYTES_WORDS ((PACKAGE_NAME_MAX + 1 + PACKAGE_SHA256_LEN) / 8)

static const struct method methods[PACKAGE_METHODS] = {
    [PACKAGE_INFO] = {info, RESULT_WORDS(PACKAGE_INFO), 0},
    [PACKAGE_READ] = {read, RESULT_WORDS(PACKAGE_READ), 0},
    [PACKAGE_IMAGE] = {image, RESULT_WORDS(PACKAGE_IMAGE) + IMAGE_BYTES_WORDS, 0},
};

static const struct object_type type = {
    .name = "boot package",
    .interface_id = INTERFACE_PACKAGE,
    .methods = methods,
    .n_methods = PACKAGE_METHODS,
    .session_bound = true,
};

struct object boot_package = {.type = &type, .refs = 1};

/*
 * BootPackage (kernel.capnp): what the system was started with.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "object/boot_package.h"

#include "abi/interfaces.h"
#include "crypto/sha256.h"
#include "lib/string.h"
#include "ring/invocation.h"
#include "sched/work.h"

/* Root, its pointer; what texts and data of a method need beyond is checked by it. */
#define READ_LEN_MAX 4096

/* Bytes hashed in one go: some hundred thousand instructions. */
#define HASH_STEP_LEN 16384

/* How far the check of an image's bytes is; they do not change after boot, for nothing maps them. */
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
    uint32_t n = package ? package_n_images(package) : 0;

    *again = false;
    for (uint32_t i = 0; i < n; i++) {
        struct package_image image;

        if (package_image(package, i, &image) || image.name.len != name.len ||
            memcmp(image.name.at, name.at, name.len) != 0)
            continue;
        *elf = image.elf;
        *again = !check_step(&checks[i], &image);
        return checks[i].result == BAD ? ERR_BAD_CHECKSUM : ERR_OK;
    }
    return ERR_NOT_FOUND;
}

static uint32_t words_of(uint64_t len)
{
    return (uint32_t)((len + 7) / 8);
}

/* () -> (manifestLen :UInt64, images :UInt32) */
static err_t info(struct invocation *invocation)
{
    struct builder_struct results = invocation_results(invocation, 2, 0);

    builder_u64(&results, 0, package_manifest(package).len);
    builder_u32(&results, 8, (uint32_t)package_n_images(package));
    return ERR_OK;
}

/* (offset :UInt64, len :UInt32) -> (bytes :Data); shorter at the end of the manifest. */
static err_t read(struct invocation *invocation)
{
    struct bytes manifest = package_manifest(package);
    uint64_t offset = message_u64(&invocation->params, 0);
    uint32_t len = message_u32(&invocation->params, 8);
    struct bytes part;

    if (offset > manifest.len || len > READ_LEN_MAX)
        return ERR_BAD_ARGUMENT;
    part = bytes_from(manifest, offset);
    if (part.len > len)
        part.len = len;
    if (invocation->submission->result_len / 8 < 2 + words_of(part.len))
        return ERR_NO_ROOM;

    struct builder_struct results = invocation_results(invocation, 0, 1);

    builder_data(&results, 0, part);
    return ERR_OK;
}

/* (index :UInt32) -> (name :Text, len :UInt64, sha256 :Data) */
static err_t image(struct invocation *invocation)
{
    struct package_image image;

    if (package_image(package, message_u32(&invocation->params, 0), &image))
        return ERR_NOT_FOUND;

    struct builder_struct results = invocation_results(invocation, 1, 2);

    builder_text(&results, 0, image.name);
    builder_u64(&results, 0, image.elf.len);
    builder_data(&results, 1, image.sha256);
    return ERR_OK;
}

static const struct method methods[BOOT_PACKAGE_METHODS] = {
    [BOOT_PACKAGE_INFO] = {info, 3, 0},
    [BOOT_PACKAGE_READ] = {read, 2, 0},
    [BOOT_PACKAGE_IMAGE] = {image, 4 + PACKAGE_NAME_MAX / 8 + 1 + PACKAGE_SHA256_LEN / 8, 0},
};

static const struct object_type type = {
    .name = "boot package",
    .interface_id = INTERFACE_BOOT_PACKAGE,
    .methods = methods,
    .n_methods = BOOT_PACKAGE_METHODS,
};

struct object boot_package = {.type = &type, .refs = 1};

/*
 * BootPackage (kernel.capnp): what the system was started with.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "object/boot_package.h"

#include "abi/interfaces.h"
#include "crypto/sha256.h"
#include "lib/string.h"
#include "ring/invocation.h"

/* Root, its pointer; what texts and data of a method need beyond is checked by it. */
#define READ_LEN_MAX 4096

static const struct package *package;
static uint64_t checked; /* images whose bytes have their hash, one bit each */

_Static_assert(PACKAGE_IMAGES_MAX <= 64, "a bit each");

void boot_package_set(const struct package *new_package)
{
    package = new_package;
}

/* The bytes do not change after boot: nothing maps them. */
static err_t check_hash(uint32_t i, const struct package_image *image)
{
    uint8_t digest[PACKAGE_SHA256_LEN];

    if (checked >> i & 1)
        return ERR_OK;
    sha256(image->elf.at, image->elf.len, digest);
    if (memcmp(digest, image->sha256.at, sizeof(digest)) != 0)
        return ERR_BAD_CHECKSUM;
    checked |= 1ull << i;
    return ERR_OK;
}

err_t boot_package_image(struct bytes name, struct bytes *elf)
{
    uint32_t n = package ? package_n_images(package) : 0;

    for (uint32_t i = 0; i < n; i++) {
        struct package_image image;

        if (package_image(package, i, &image) || image.name.len != name.len ||
            memcmp(image.name.at, name.at, name.len) != 0)
            continue;
        *elf = image.elf;
        return check_hash(i, &image);
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

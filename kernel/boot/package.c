/*
 * The boot package: the manifest and the programs that the loader put into memory.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "boot/package.h"

#include "abi/package.capnp.h"
#include "lib/message_bytes.h"
#include "lib/string.h"

static err_t refuse(err_t error, const char *why, const char **out)
{
    *out = why;
    return error;
}

static bool is_printable(struct bytes bytes)
{
    for (size_t i = 0; i < bytes.len; i++) {
        if (bytes.at[i] < 0x20 || bytes.at[i] > 0x7e)
            return false;
    }
    return true;
}

static bool is_same(struct bytes left, struct bytes right)
{
    return left.len == right.len && memcmp(left.at, right.at, left.len) == 0;
}

err_t package_find(const struct package *package, struct bytes name, uint32_t *i)
{
    for (uint32_t n = 0; n < package->n_images; n++) {
        if (is_same(package->images[n].name, name)) {
            *i = n;
            return ERR_OK;
        }
    }
    return ERR_NOT_FOUND;
}

static err_t read_name(struct image_reader from, struct bytes *name, const char **why)
{
    *name = bytes_of_text(image_name(from));
    if (capnp_error(from.s.message))
        return refuse(ERR_MALFORMED, "an image's name is not a text within the package", why);
    if (name->len == 0 || name->len > PACKAGE_NAME_MAX)
        return refuse(ERR_MALFORMED, "an image's name is not 1 to 63 bytes long", why);
    if (!is_printable(*name))
        return refuse(ERR_MALFORMED, "an image's name has bytes that do not print", why);
    return ERR_OK;
}

static err_t read_image(struct image_reader from, struct package_image *image, const char **why)
{
    err_t error = read_name(from, &image->name, why);

    if (error)
        return error;
    image->sha256 = bytes_of_data(image_sha256(from));
    if (capnp_error(from.s.message))
        return refuse(ERR_MALFORMED, "an image's SHA-256 does not lie within the package", why);
    if (image->sha256.len != PACKAGE_SHA256_LEN)
        return refuse(ERR_MALFORMED, "an image's SHA-256 is not 32 bytes long", why);
    image->elf = bytes_of_data(image_elf(from));
    if (capnp_error(from.s.message))
        return refuse(ERR_MALFORMED, "an image does not lie within the package", why);
    if (image->elf.len == 0)
        return refuse(ERR_MALFORMED, "an image is empty", why);
    return ERR_OK;
}

static err_t read_images(struct boot_package_reader root, struct package *package, const char **why)
{
    struct capnp_list list = boot_package_images(root);
    uint32_t twin;

    if (capnp_error(list.message))
        return refuse(ERR_MALFORMED, "the list of images does not lie within the package", why);
    if (list.n == 0)
        return refuse(ERR_MALFORMED, "the package has no images", why);
    if (list.n > PACKAGE_IMAGES_MAX)
        return refuse(ERR_UNSUPPORTED, "the package has more than 64 images", why);
    for (uint32_t i = 0; i < list.n; i++) {
        struct package_image *image = &package->images[i];
        err_t error = read_image(image_at(list, i), image, why);

        if (error)
            return error;
        if (package_find(package, image->name, &twin) == ERR_OK)
            return refuse(ERR_MALFORMED, "two images have the same name", why);
        package->n_images++;
    }
    return ERR_OK;
}

/* Begins with the frame of one segment: a likely mistake, which can read as an empty package. */
static bool is_framed(struct bytes file)
{
    return bytes_field(file, 0, 8) == (uint64_t)(file.len / 8 - 1) << 32;
}

static err_t read_package(struct bytes file, struct package *package, const char **why)
{
    struct capnp_message message;
    struct boot_package_reader root;

    if ((uintptr_t)file.at % 8)
        return refuse(ERR_BAD_ADDRESS, "the package is not aligned to 8 bytes in memory", why);
    if (file.len == 0)
        return refuse(ERR_BAD_LENGTH, "the package is empty", why);
    if (file.len % 8)
        return refuse(ERR_BAD_LENGTH, "the package's length is not a multiple of 8", why);
    if (is_framed(file))
        return refuse(ERR_MALFORMED, "the package is a framed message, not a flat one", why);
    capnp_open(&message, file.at, file.len);
    root = boot_package_root(&message);
    if (capnp_error(&message))
        return refuse(ERR_MALFORMED, "the package is not a flat Cap'n Proto message", why);
    package->manifest = bytes_of_data(boot_package_manifest(root));
    if (capnp_error(&message))
        return refuse(ERR_MALFORMED, "the manifest does not lie within the package", why);
    return read_images(root, package, why);
}

static void clear(struct package *package)
{
    package->manifest = (struct bytes){(const uint8_t *)"", 0};
    package->n_images = 0;
}

err_t package_open(const void *at, size_t len, struct package *out, const char **why)
{
    err_t error;

    clear(out);
    error = read_package((struct bytes){at, len}, out, why);
    if (error)
        clear(out);
    return error;
}

err_t package_image(const struct package *package, uint32_t i, struct package_image *out)
{
    if (i >= package->n_images)
        return ERR_NOT_FOUND;
    *out = package->images[i];
    return ERR_OK;
}

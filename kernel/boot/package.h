/*
 * The boot package: the manifest and the programs that the loader put into memory.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Format: abi/package.capnp. The package is read in place: all that is returned points into it, and
 * it must neither move nor change. Once opened, the skeleton is known to be sound; what an image's
 * bytes are, and whether they match their hash, is not looked at here.
 */
#pragma once

#include "abi/err.h"
#include "lib/bytes.h"
#include "lib/types.h"

#define PACKAGE_IMAGES_MAX 64
#define PACKAGE_NAME_MAX   63
#define PACKAGE_SHA256_LEN 32

struct package_image {
    struct bytes name;   /* printable ASCII, not terminated */
    struct bytes sha256; /* PACKAGE_SHA256_LEN bytes */
    struct bytes elf;    /* not empty */
};

/* 3 KiB: too large for a kernel stack. */
struct package {
    struct bytes manifest;
    uint32_t n_images; /* 0: not open */
    struct package_image images[PACKAGE_IMAGES_MAX];
};

/*
 * Opens the LEN bytes AT. When they are refused, *WHY is a sentence without a full stop, for
 * people, and OUT has nothing in it; otherwise *WHY is untouched.
 *
 * ERR_BAD_ADDRESS: AT is not aligned to 8. ERR_BAD_LENGTH: empty, or not in whole words.
 * ERR_UNSUPPORTED: more than PACKAGE_IMAGES_MAX images. ERR_MALFORMED: anything else.
 */
err_t package_open(const void *at, size_t len, struct package *out, const char **why);

static inline struct bytes package_manifest(const struct package *package)
{
    return package->manifest;
}

static inline uint32_t package_n_images(const struct package *package)
{
    return package->n_images;
}

/* Image I. ERR_NOT_FOUND, and OUT is untouched. */
err_t package_image(const struct package *package, uint32_t i, struct package_image *out);

/* The number of the image with that NAME. ERR_NOT_FOUND, and *I is untouched. */
err_t package_find(const struct package *package, struct bytes name, uint32_t *i);

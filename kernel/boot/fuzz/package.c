/*
 * Fuzzes boot/package.c: the input is the package.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "boot/package.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

/* What was read, so that the reads are not optimized away. */
static volatile uint8_t sum;

static void touch(struct bytes bytes)
{
    for (size_t i = 0; i < bytes.len; i++)
        sum += bytes.at[i];
}

static void check(const struct package *package)
{
    struct package_image image;
    uint32_t found;

    require(package_n_images(package) <= PACKAGE_IMAGES_MAX);
    touch(package_manifest(package));
    for (uint32_t i = 0; i < package_n_images(package); i++) {
        require(package_image(package, i, &image) == ERR_OK);
        require(image.name.len && image.name.len <= PACKAGE_NAME_MAX && image.elf.len);
        require(image.sha256.len == PACKAGE_SHA256_LEN);
        touch(image.name);
        touch(image.sha256);
        touch(image.elf);
        require(package_find(package, image.name, &found) == ERR_OK && found == i);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct package package;
    const char *why = NULL;
    void *copy = malloc(size ? size : 1);
    err_t error;

    if (size)
        memcpy(copy, data, size);
    error = package_open(copy, size, &package, &why);
    require(!error == !why);
    check(&package);
    free(copy);
    return 0;
}

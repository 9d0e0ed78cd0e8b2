/*
 * The boot package, as far as init needs it: the manifest's bytes and the names of the images.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "package.h"

#define CHUNK_LEN      4096 /* as much as one call reads */
#define IMAGE_NAME_LEN 64   /* with the terminator */

static struct outcome manifest_read(uint8_t *to, uint32_t len)
{
    struct outcome outcome = outcome_done();

    for (uint32_t at = 0, got = 0; at < len && outcome_is_done(outcome); at += got) {
        uint32_t n = len - at < CHUNK_LEN ? len - at : CHUNK_LEN;

        outcome = package_read(capos_cap("package"), at, n, to + at, n, &got);
        if (outcome_is_done(outcome) && got == 0)
            outcome = outcome_transport(ERR_BAD_LENGTH);
    }
    return outcome;
}

static struct outcome manifest_load(struct package *package, uint64_t len)
{
    uint32_t pages = (uint32_t)((len + PAGE_LEN - 1) / PAGE_LEN);
    struct outcome outcome;
    uint64_t at = 0;

    if (len > MANIFEST_PAGES_MAX * PAGE_LEN)
        return outcome_refuse(EXCEPTION_FAILED, ERR_NO_ROOM,
                              "a manifest of %lu bytes, and at most %u are possible", len,
                              MANIFEST_PAGES_MAX * PAGE_LEN);
    if (len == 0)
        return outcome_done();
    outcome = vm_map(capos_cap("memory"), 0, pages, ACCESS_READ_WRITE, &at);
    if (!outcome_is_done(outcome))
        return outcome;
    package->manifest = (const void *)at;
    package->manifest_len = len;
    return manifest_read((uint8_t *)at, (uint32_t)len);
}

static struct outcome images_load(struct package *package, uint32_t n)
{
    static char names[PACKAGE_IMAGES_MAX][IMAGE_NAME_LEN];
    uint8_t sha256[32];
    struct outcome outcome = outcome_done();

    for (uint32_t i = 0; i < n && i < PACKAGE_IMAGES_MAX && outcome_is_done(outcome); i++) {
        outcome = package_image(capos_cap("package"), i, names[i], sizeof(names[i]), NULL, NULL,
                                sha256, sizeof(sha256), NULL);
        package->images[package->n_images++] = names[i];
    }
    return outcome;
}

struct outcome package_load(struct package *package)
{
    uint64_t len;
    uint32_t n;
    struct outcome outcome = package_info(capos_cap("package"), &len, &n);

    if (outcome_is_done(outcome))
        outcome = manifest_load(package, len);
    if (outcome_is_done(outcome))
        outcome = images_load(package, n);
    return outcome;
}

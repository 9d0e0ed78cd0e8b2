/*
 * The boot package, as far as init needs it: the manifest's bytes and the names of the images.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "capos/capos.h"

#define MANIFEST_PAGES_MAX 16
#define PACKAGE_IMAGES_MAX 64

struct package {
    const void *manifest; /* in memory of its own, until init ends */
    size_t manifest_len;  /* bytes */
    const char *images[PACKAGE_IMAGES_MAX];
    uint32_t n_images;
};

/* Reads it in chunks. Refused (NO_ROOM) when the manifest is longer than MANIFEST_PAGES_MAX pages.
 * */
struct outcome package_load(struct package *);

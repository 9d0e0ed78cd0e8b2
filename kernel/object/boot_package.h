/*
 * BootPackage (kernel.capnp): what the system was started with.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "boot/package.h"
#include "object/object.h"

extern struct object boot_package;

/* The package that the object shows. It stays where it is. */
void boot_package_set(const struct package *package);

/* The image NAME, its bytes compared with their hash: ERR_NOT_FOUND, ERR_BAD_CHECKSUM. *AGAIN: ask again, this is a long
 * image and the comparison has not come to its end. */
err_t boot_package_image(struct bytes name, struct bytes *elf, bool *again);

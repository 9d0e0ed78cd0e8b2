/*
 * SHA-256 (FIPS 180-4, section 6.2), by BearSSL.
 * SPDX-License-Identifier: Apache-2.0
 *
 * It costs 54 instructions a byte and 3600 a digest: whoever hashes much under the kernel lock does so in pieces.
 */
#pragma once

#include "lib/types.h"

#define SHA256_LEN 32

/* A hash under way. Of no use to others; may be copied, to go on in two ways. */
struct sha256 {
    uint64_t state[14];
};

void sha256_init(struct sha256 *hash);
void sha256_update(struct sha256 *hash, const void *bytes, size_t len);

/* The digest of all bytes so far. HASH stays as it is. */
void sha256_final(const struct sha256 *hash, uint8_t digest[SHA256_LEN]);

/* The digest of LEN bytes at once. */
void sha256(const void *bytes, size_t len, uint8_t digest[SHA256_LEN]);

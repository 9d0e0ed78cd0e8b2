/*
 * SHA-256 (FIPS 180-4, section 6.2), by BearSSL.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "crypto/sha256.h"

#include <bearssl_hash.h>

_Static_assert(sizeof(br_sha256_context) <= sizeof(struct sha256), "BearSSL's state fits in ours");
_Static_assert(_Alignof(br_sha256_context) <= _Alignof(struct sha256), "and is aligned");

/* Only BearSSL looks at the state, so the compiler never sees it as two types. */
static br_sha256_context *context(struct sha256 *hash)
{
    return (br_sha256_context *)(void *)hash;
}

void sha256_init(struct sha256 *hash)
{
    br_sha256_init(context(hash));
}

void sha256_update(struct sha256 *hash, const void *bytes, size_t len)
{
    br_sha256_update(context(hash), bytes, len);
}

void sha256_final(const struct sha256 *hash, uint8_t digest[SHA256_LEN])
{
    br_sha256_out((const br_sha256_context *)(const void *)hash, digest);
}

void sha256(const void *bytes, size_t len, uint8_t digest[SHA256_LEN])
{
    struct sha256 hash;

    sha256_init(&hash);
    sha256_update(&hash, bytes, len);
    sha256_final(&hash, digest);
}

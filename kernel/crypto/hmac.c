/*
 * HMAC-SHA256 (RFC 2104, FIPS 198-1), by BearSSL.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "crypto/hmac.h"

#include <bearssl_hmac.h>

_Static_assert(sizeof(br_hmac_key_context) <= sizeof(struct hmac_key),
               "BearSSL's key fits in ours");
_Static_assert(_Alignof(br_hmac_key_context) <= _Alignof(struct hmac_key), "and is aligned");

/* Only BearSSL looks into the key, so the compiler never sees it as two types. */
void hmac_key_init(struct hmac_key *key, const void *secret, size_t len)
{
    br_hmac_key_init((br_hmac_key_context *)(void *)key, &br_sha256_vtable, secret, len);
}

void hmac(const struct hmac_key *key, const void *bytes, size_t len, uint8_t code[HMAC_LEN])
{
    br_hmac_context context;

    br_hmac_init(&context, (const br_hmac_key_context *)(const void *)key, HMAC_LEN);
    br_hmac_update(&context, bytes, len);
    br_hmac_out(&context, code);
}

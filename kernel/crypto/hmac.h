/*
 * HMAC-SHA256 (RFC 2104, FIPS 198-1), by BearSSL.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What depends on the key alone is computed once. Each code then costs two blocks of SHA-256 for up
 * to 55 bytes: 7,600 instructions.
 */
#pragma once

#include "lib/types.h"

#define HMAC_LEN 32

/* A key. Of no use to others. */
struct hmac_key {
    uint64_t state[17];
};

/* Takes a secret of any length; it is not needed any more then. */
void hmac_key_init(struct hmac_key *key, const void *secret, size_t len);

/* The code of LEN bytes. */
void hmac(const struct hmac_key *key, const void *bytes, size_t len, uint8_t code[HMAC_LEN]);

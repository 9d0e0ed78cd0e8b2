/*
 * Checks published vectors with BearSSL, as Debian compiled it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <bearssl.h>

#include "vectors.h"

static void sha256(const char *what, const char *text, unsigned times, const char *expected)
{
    br_sha256_context context;
    uint8_t hash[32];

    br_sha256_init(&context);
    while (times--)
        br_sha256_update(&context, text, strlen(text));
    br_sha256_out(&context, hash);
    tell(what, is(hash, expected));
}

static void hmac(const char *what, const void *key, size_t key_len, const char *text,
                 const char *expected)
{
    br_hmac_key_context prepared;
    br_hmac_context context;
    uint8_t code[32];

    br_hmac_key_init(&prepared, &br_sha256_vtable, key, key_len);
    br_hmac_init(&context, &prepared, 0);
    br_hmac_update(&context, text, strlen(text));
    br_hmac_out(&context, code);
    tell(what, is(code, expected));
}

static void aead(void)
{
    uint8_t text[] = AEAD_TEXT, tag[16];
    size_t len = sizeof(text) - 1;

    br_poly1305_ctmul_run(hex(AEAD_KEY), hex(AEAD_NONCE), text, len, hex(AEAD_DATA), 12, tag,
                          br_chacha20_ct_run, 1);
    tell("BearSSL ChaCha20-Poly1305, encrypted", is(text, AEAD_CIPHER) && is(tag, AEAD_TAG));
    br_poly1305_ctmul_run(hex(AEAD_KEY), hex(AEAD_NONCE), text, len, hex(AEAD_DATA), 12, tag,
                          br_chacha20_ct_run, 0);
    tell("BearSSL ChaCha20-Poly1305, decrypted",
         strcmp((char *)text, AEAD_TEXT) == 0 && is(tag, AEAD_TAG));
    memcpy(text, hex(AEAD_CIPHER), len);
    text[len / 2] ^= 1;
    br_poly1305_ctmul_run(hex(AEAD_KEY), hex(AEAD_NONCE), text, len, hex(AEAD_DATA), 12, tag,
                          br_chacha20_ct_run, 0);
    tell_refused("BearSSL ChaCha20-Poly1305 with a bit that is wrong", !is(tag, AEAD_TAG));
}

static void x25519(void)
{
    uint8_t point[32];

    memcpy(point, hex(X25519_OTHER), 32);
    tell("BearSSL X25519",
         br_ec_c25519_m31.mul(point, 32, hex(X25519_PRIVATE), 32, BR_EC_curve25519) &&
             is(point, X25519_SHARED));
}

static void ecdsa(void)
{
    uint8_t hash[32], signature[64], private[32], public[65];
    br_ec_private_key private_key = {BR_EC_secp256r1, private, 32};
    br_ec_public_key public_key = {BR_EC_secp256r1, public, 65};
    br_sha256_context context;

    memcpy(private, hex(P256_PRIVATE), 32);
    memcpy(public, hex(P256_PUBLIC), 65);
    br_sha256_init(&context);
    br_sha256_update(&context, "sample", 6);
    br_sha256_out(&context, hash);
    tell("BearSSL ECDSA P-256, signed",
         br_ecdsa_i31_sign_raw(&br_ec_p256_m31, &br_sha256_vtable, hash, &private_key, signature) ==
                 64 &&
             is(signature, P256_SIGNATURE));
    tell("BearSSL ECDSA P-256, verified",
         br_ecdsa_i31_vrfy_raw(&br_ec_p256_m31, hash, 32, &public_key, signature, 64) == 1);
    signature[40] ^= 1;
    tell_refused("BearSSL ECDSA P-256 with a signature that is wrong",
                 br_ecdsa_i31_vrfy_raw(&br_ec_p256_m31, hash, 32, &public_key, signature, 64) == 0);
    signature[40] ^= 1;
    hash[0] ^= 1;
    tell_refused("BearSSL ECDSA P-256 for another text",
                 br_ecdsa_i31_vrfy_raw(&br_ec_p256_m31, hash, 32, &public_key, signature, 64) == 0);
}

int main(void)
{
    uint8_t long_key[131];

    memset(long_key, 0xaa, sizeof(long_key));
    sha256("BearSSL SHA-256 of nothing", "", 1, SHA256_OF_NOTHING);
    sha256("BearSSL SHA-256 of abc", "abc", 1, SHA256_OF_ABC);
    sha256("BearSSL SHA-256 of a million letters", "aaaaaaaaaa", 100000, SHA256_OF_MILLION);
    hmac("BearSSL HMAC", HMAC_KEY, 4, HMAC_TEXT, HMAC);
    hmac("BearSSL HMAC with a long key", long_key, sizeof(long_key), HMAC_6_TEXT, HMAC_6);
    aead();
    x25519();
    ecdsa();
    return failures;
}

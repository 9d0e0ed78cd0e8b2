/*
 * Checks published vectors with libsodium, as Debian compiled it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The vector of RFC 9106 has a secret and four lanes, for which libsodium has no function; the ones
 * here are the reference implementation's (phc-winner-argon2, src/test.c).
 */
#include <sodium.h>
#include <stdlib.h>

#include "vectors.h"

static const char argon2_256_kib[crypto_pwhash_STRBYTES] =
    "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
static const char argon2_64_mib[crypto_pwhash_STRBYTES] =
    "$argon2id$v=19$m=65536,t=1,p=1$c29tZXNhbHQ$9qWtwbpyPd3vm1rB1GThgPzZ3/ydHL92zKL+15XZypg";

static void hashes(void)
{
    uint8_t hash[32];
    crypto_auth_hmacsha256_state state;

    crypto_hash_sha256(hash, (const uint8_t *)"abc", 3);
    tell("libsodium SHA-256 of abc", is(hash, SHA256_OF_ABC));
    crypto_auth_hmacsha256_init(&state, (const uint8_t *)HMAC_KEY, 4);
    crypto_auth_hmacsha256_update(&state, (const uint8_t *)HMAC_TEXT, strlen(HMAC_TEXT));
    crypto_auth_hmacsha256_final(&state, hash);
    tell("libsodium HMAC", is(hash, HMAC));
}

static void aead(void)
{
    uint8_t sealed[sizeof(AEAD_TEXT) + 16], text[sizeof(AEAD_TEXT)] = {0};
    unsigned long long len;

    crypto_aead_chacha20poly1305_ietf_encrypt(sealed, &len, (const uint8_t *)AEAD_TEXT,
                                              sizeof(AEAD_TEXT) - 1, hex(AEAD_DATA), 12, NULL,
                                              hex(AEAD_NONCE), hex(AEAD_KEY));
    tell("libsodium ChaCha20-Poly1305, encrypted",
         len == sizeof(AEAD_TEXT) + 15 && is(sealed, AEAD_CIPHER AEAD_TAG));
    tell("libsodium ChaCha20-Poly1305, decrypted",
         crypto_aead_chacha20poly1305_ietf_decrypt(text, NULL, NULL, sealed, len, hex(AEAD_DATA),
                                                   12, hex(AEAD_NONCE), hex(AEAD_KEY)) == 0 &&
             strcmp((char *)text, AEAD_TEXT) == 0);
    sealed[3] ^= 1;
    tell_refused("libsodium ChaCha20-Poly1305 with a bit that is wrong",
                 crypto_aead_chacha20poly1305_ietf_decrypt(text, NULL, NULL, sealed, len,
                                                           hex(AEAD_DATA), 12, hex(AEAD_NONCE),
                                                           hex(AEAD_KEY)) != 0);
}

static void curves(void)
{
    uint8_t out[64], public[32], secret[64];

    tell("libsodium X25519, public key",
         crypto_scalarmult_base(out, hex(X25519_PRIVATE)) == 0 && is(out, X25519_PUBLIC));
    tell("libsodium X25519, shared secret",
         crypto_scalarmult(out, hex(X25519_PRIVATE), hex(X25519_OTHER)) == 0 &&
             is(out, X25519_SHARED));
    memset(public, 0, sizeof(public));
    tell_refused("libsodium X25519 with the point 0",
                 crypto_scalarmult(out, hex(X25519_PRIVATE), public) != 0);
    crypto_sign_seed_keypair(public, secret, hex(ED25519_SEED));
    crypto_sign_detached(out, NULL, hex(ED25519_TEXT), 2, secret);
    tell("libsodium Ed25519, public key", is(public, ED25519_PUBLIC));
    tell("libsodium Ed25519, signed", is(out, ED25519_SIGNATURE));
    tell("libsodium Ed25519, verified",
         crypto_sign_verify_detached(out, hex(ED25519_TEXT), 2, public) == 0);
    tell_refused("libsodium Ed25519 for another text",
                 crypto_sign_verify_detached(out, hex("af83"), 2, public) != 0);
    out[10] ^= 1;
    tell_refused("libsodium Ed25519 with a signature that is wrong",
                 crypto_sign_verify_detached(out, hex(ED25519_TEXT), 2, public) != 0);
}

static void passwords(void)
{
    tell("libsodium Argon2id in 256 KiB",
         crypto_pwhash_str_verify(argon2_256_kib, "password", 8) == 0);
    tell("libsodium Argon2id in 64 MiB",
         crypto_pwhash_str_verify(argon2_64_mib, "password", 8) == 0);
    tell_refused("libsodium Argon2id of another password",
                 crypto_pwhash_str_verify(argon2_256_kib, "Password", 8) != 0);
}

/* Its own use of the system: random bytes, and memory between guard pages. */
static void system_use(void)
{
    uint8_t one[32], other[32], *guarded = sodium_malloc(100);

    randombytes_buf(one, sizeof(one));
    randombytes_buf(other, sizeof(other));
    printf("libsodium's random bytes: %s\n",
           memcmp(one, other, 32) ? "others each time" : "THE SAME");
    memset(guarded, 7, 100);
    printf("libsodium's guarded memory: %s\n",
           sodium_mprotect_readonly(guarded) == 0 && guarded[99] == 7 ? "read only" : "NOT");
    sodium_free(guarded);
}

int main(void)
{
    if (sodium_init() < 0)
        return 100;
    hashes();
    aead();
    curves();
    passwords();
    system_use();
    return failures;
}

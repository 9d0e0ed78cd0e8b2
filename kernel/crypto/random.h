/*
 * Unpredictable bytes: ChaCha20 with fast key erasure, seeded by the processor.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each request makes a stream of ChaCha20 (RFC 8439, section 2.4) with the current key; its first 32 bytes become
 * the next key at once, the others are the output. So what was given out cannot be found from the memory
 * afterwards. The key is hashed anew with words of the processor after 1 MiB or 65536 requests.
 *
 * A request of up to 32 bytes costs 1400 instructions, each further byte 20.
 *
 * Fails closed: without a source of entropy, or when it fails or repeats itself, there are no bytes at
 * all; the next request tries again. Under the kernel lock.
 */
#pragma once

#include "abi/err.h"
#include "lib/types.h"

/* Of one request, in bytes. */
#define RANDOM_MAX 4096

/* Forgets everything and seeds. ERR_NO_ENTROPY: not now, at least. */
err_t random_init(void);

/*
 * Fills the LEN bytes at TO. ERR_NO_ENTROPY, ERR_BAD_ARGUMENT when LEN exceeds RANDOM_MAX: then TO is as it was.
 * TO is memory of the kernel's own: it is written, read and written again.
 */
err_t random_bytes(void *to, size_t len);

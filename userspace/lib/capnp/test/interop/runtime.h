/*
 * Our runtime as the C++ test calls it: the include paths of the two libraries exclude each other.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * What becomes of the LEN bytes AT, aligned to 8, in TO, which has ROOM bytes: the length in bytes,
 * 0 when the message was refused or there was no room. A framed message has at most
 * RUNTIME_SEGMENTS segments.
 */
#define RUNTIME_SEGMENTS (1 << 16)
size_t runtime_canonical_framed(const void *at, size_t len, void *to, size_t room);
size_t runtime_canonical_flat(const void *at, size_t len, void *to, size_t room);
size_t runtime_copy_framed(const void *at, size_t len, void *to, size_t room);
size_t runtime_pack(const void *at, size_t len, void *to, size_t room);
size_t runtime_unpack(const void *at, size_t len, void *to, size_t room);

#ifdef __cplusplus
}
#endif

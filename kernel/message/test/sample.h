/*
 * The message of sample.txt, as Debian's capnp writes it in canonical form by sample.capnp.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "lib/types.h"

/* clang-format off */
static const uint64_t sample_words[] = {
    0x0006000200000000, 0x112210f47de98115, /* root: u64 */
    0x05c8c350b2d05e00, 0x0000006a00000015, /* u32, u16, u8, bools; text */
    0x0000001a00000019, 0x0001000100000018, /* data; inner */
    0x0000003700000021, 0x0000000000000000, /* list; unset */
    0x0000000a0000003d, 0x77202c6f6c6c6568, /* emptyText; "hello, w" */
    0x00000000646c726f, 0x0000000000ff0100, /* "orld"; 00 01 ff */
    0x0000000100000007, 0x0000003200000001, /* inner: value, flag; text */
    0x00000072656e6e69, 0x000100010000000c, /* "inner"; three structs of one word and one pointer */
    0x0000000000000001, 0x0000002200000011, /* value; text */
    0x0000000100000002, 0x000000220000000d, /* value, flag; text */
    0x0000000000000000, 0x0000000000000000, /* nothing */
    0x0000000000656e6f, 0x00000000006f7774, /* "one"; "two" */
    0x0000000000000000,                     /* "" */
};
/* clang-format on */

#define SAMPLE_DATA_WORDS 2
#define SAMPLE_POINTERS   6

/* Byte offsets, bits, and pointers, as `capnp compile -ocapnp` tells them. */
enum { SAMPLE_U64 = 0, SAMPLE_U32 = 8, SAMPLE_U16 = 12, SAMPLE_U8 = 14 };
enum { SAMPLE_FIRST = 120, SAMPLE_SECOND, SAMPLE_THIRD };
enum { SAMPLE_TEXT, SAMPLE_DATA, SAMPLE_INNER, SAMPLE_LIST, SAMPLE_UNSET, SAMPLE_EMPTY_TEXT };

enum { INNER_VALUE = 0, INNER_FLAG = 32, INNER_TEXT = 0 };

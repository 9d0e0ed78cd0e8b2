/*
 * Every error of capOS, once: its name, its number and a sentence for people.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Shared by the kernel, user space and the harness. Numbers are never reused.
 */
#pragma once

#include <stdint.h>

typedef uint32_t err_t;

/* clang-format off */
#define ERR_LIST(X)                                                \
    X(OK,            0, "no error")                                \
    X(NOT_FOUND,     1, "not found")                               \
    X(OUT_OF_BOUNDS, 2, "outside the memory that is mapped")       \
    X(BAD_SIGNATURE, 3, "wrong signature")                         \
    X(BAD_LENGTH,    4, "impossible length")                       \
    X(BAD_CHECKSUM,  5, "wrong checksum")                          \
    X(MALFORMED,     6, "malformed contents")                      \
    X(UNSUPPORTED,   7, "not supported")                           \
    X(TIMED_OUT,     8, "no answer in time")
/* clang-format on */

#define ERR_ENUM(name, number, sentence) ERR_##name = (number),
enum { ERR_LIST(ERR_ENUM) };
#undef ERR_ENUM

/* The sentence for ERROR, which may be any number. */
static inline const char *err_sentence(err_t error)
{
#define ERR_CASE(name, number, sentence) \
    case number:                         \
        return sentence;
    switch (error) {
        ERR_LIST(ERR_CASE)
    default:
        return "unknown error";
    }
#undef ERR_CASE
}

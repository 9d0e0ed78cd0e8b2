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
#define ERR_LIST(X)                                                          \
    X(OK,              0, "no error")                                        \
    X(NOT_FOUND,       1, "not found")                                       \
    X(OUT_OF_BOUNDS,   2, "outside the memory that is mapped")               \
    X(BAD_SIGNATURE,   3, "wrong signature")                                 \
    X(BAD_LENGTH,      4, "impossible length")                               \
    X(BAD_CHECKSUM,    5, "wrong checksum")                                  \
    X(MALFORMED,       6, "malformed contents")                              \
    X(UNSUPPORTED,     7, "not supported")                                   \
    X(TIMED_OUT,       8, "no answer in time")                               \
    X(NO_MEMORY,       9, "the machine has no memory left")                  \
    X(NO_FRAMES,      10, "the ledger has no frames left")                   \
    X(NO_OBJECTS,     11, "the ledger has no kernel objects left")           \
    X(NO_CALLS,       12, "the ledger has no calls in flight left")          \
    X(NO_TIMERS,      13, "the ledger has no timers left")                   \
    X(NO_CAPS,        14, "the ledger has no capabilities left")             \
    X(BAD_HANDLE,     15, "no such capability: stale, forged or never held") \
    X(BAD_INTERFACE,  16, "the capability has another interface")            \
    X(BAD_METHOD,     17, "the interface has no such method")                \
    X(BAD_OPCODE,     18, "no such operation")                               \
    X(BAD_FLAGS,      19, "reserved fields or flags are set")                \
    X(BAD_ARENA,      20, "outside the arena, or not aligned")               \
    X(BAD_MESSAGE,    21, "not a valid message")                             \
    X(BAD_ARGUMENT,   22, "an argument is out of range")                     \
    X(BAD_ADDRESS,    23, "an address is out of range or not aligned")       \
    X(BAD_RING,       24, "the ring's indices lie")                          \
    X(NO_ROOM,        25, "the result space is too small")                   \
    X(NOT_PERMITTED,  26, "the capability does not permit it")               \
    X(IN_USE,         27, "in use")                                          \
    X(NOT_MAPPED,     28, "not mapped")                                      \
    X(CANCELLED,      29, "cancelled")                                       \
    X(DISCONNECTED,   30, "the other side is gone")                          \
    X(REVOKED,        31, "revoked")                                         \
    X(ENDED,          32, "has ended already")                               \
    X(MISMATCH,       33, "the value is not the expected one")               \
    X(DEADLOCK,       34, "would wait for itself")                           \
    X(NO_ENTROPY,     35, "there is no source of entropy")                   \
    X(FAULTED,        36, "ended by a fault")                                \
    X(TERMINATED,     37, "ended by another process")                        \
    X(WRITE_EXECUTE,  38, "writable and executable at once")                 \
    X(OVERLAP,        39, "overlaps what is there")                          \
    X(RESERVED,       40, "reserved by a transfer under way")                \
    X(NOT_DELIVERED,  41, "the answer was not delivered; what was to move has stayed") \
    X(STALE_SESSION,  42, "the session has ended")                           \
    X(SCOPE,          43, "its scope does not let it go there")              \
    X(BROKEN_PROMISE, 44, "the call it was addressed to gave no capability") \
    X(WOULD_WAIT,     45, "would have to wait")
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

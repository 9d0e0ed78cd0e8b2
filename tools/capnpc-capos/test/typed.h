/*
 * What the programs of typed.c share: their main(), and printing what needs no schema.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "capnp/canonical.h"
#include "capnp/capnp.h"
#include "capnp/float.h"
#include "capnp/framing.h"

#include <stdio.h>
#include <stdlib.h>

#define TYPED_LEN (4u << 20)

static inline void print_bytes(const void *at, uint32_t len)
{
    const uint8_t *bytes = at;

    for (uint32_t i = 0; i < len; i++)
        printf("%02x", bytes[i]);
}

/* The canonical message whose root is a struct with the pointer alone. */
static inline void print_pointer(struct capnp_pointer pointer)
{
    static uint64_t words[TYPED_LEN / 8], canonical[TYPED_LEN / 8];
    struct capnp_builder builder, second;
    struct capnp_message message;

    capnp_build(&builder, words, sizeof(words));
    capnp_copy_pointer(capnp_init_root(&builder, 0, 1), 0, pointer);
    capnp_as_reader(&builder, &message);
    capnp_trust(&message);
    capnp_build(&second, canonical, sizeof(canonical));
    if (capnp_canonical(capnp_root(&message), &second))
        printf("no canonical form");
    print_bytes(canonical, (uint32_t)capnp_built_len(&second));
}

/* Prints each message of the standard input to the standard output, one a line, and writes its
 * copy to the file that the argument names. */
#define TYPED_MAIN(root)                                                                       \
    int main(int n_arguments, char **arguments)                                                \
    {                                                                                          \
        static struct capnp_segment segments[65536];                                           \
        static uint64_t words[TYPED_LEN / 8], copy[TYPED_LEN / 8];                             \
        FILE *copies = n_arguments == 2 ? fopen(arguments[1], "w") : NULL;                     \
        size_t len = fread(words, 1, sizeof(words), stdin), used, n;                           \
        struct capnp_message message;                                                          \
        struct capnp_builder builder;                                                          \
                                                                                               \
        for (size_t at = 0; copies && at < len; at += used) {                                  \
            if (capnp_open_framed(&message, words + at / 8, len - at, segments, 65536, &used)) \
                return 1;                                                                      \
            capnp_trust(&message);                                                             \
            print_##root(root##_root(&message));                                               \
            printf("\n");                                                                      \
            capnp_build_framed(&builder, copy, sizeof(copy));                                  \
            copy_##root(root##_root(&message), root##_init_root(&builder));                    \
            n = capnp_built_framed_len(&builder);                                              \
            if (capnp_error(&message) || !n || fwrite(copy, 1, n, copies) != n)                \
                return 1;                                                                      \
        }                                                                                      \
        return !copies || fclose(copies) != 0;                                                 \
    }

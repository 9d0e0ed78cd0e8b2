/*
 * Arguments and environment as one block of bytes, as a program is started with
 * (StartInfo.arguments). SPDX-License-Identifier: Apache-2.0
 *
 * Strings, each with its terminating NUL: the arguments after the program's name, then an empty
 * string, then the environment as NAME=value. Without an environment the empty string may be
 * missing, so that no bytes at all mean neither. An argument cannot be empty.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "abi/err.h"

#define ARGUMENTS_MAX 128 /* arguments and environment together */

struct arguments {
    const char
        *strings[ARGUMENTS_MAX]; /* in the block that was read: arguments, then environment */
    uint32_t n_arguments, n_environment;
};

/* ERR_MALFORMED: no NUL at the end, or an empty string in the environment; ERR_BAD_LENGTH: too
 * many. */
err_t arguments_read(const void *block, size_t len, struct arguments *out);

/* Writes a block of at most ROOM bytes to TO; *LEN is its length. ERR_NO_ROOM; ERR_BAD_ARGUMENT: an
 * empty string. */
err_t arguments_pack(void *to, size_t room, const char *const *arguments, uint32_t n_arguments,
                     const char *const *environment, uint32_t n_environment, size_t *len);

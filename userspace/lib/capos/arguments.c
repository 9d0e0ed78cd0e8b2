/*
 * Arguments and environment as one block of bytes, as a program is started with
 * (StartInfo.arguments). SPDX-License-Identifier: Apache-2.0
 */
#include "capos/arguments.h"

#include <stdbool.h>
#include <string.h>

err_t arguments_read(const void *block, size_t len, struct arguments *out)
{
    const char *at = block, *end = at + len;
    bool environment = false;

    *out = (struct arguments){0};
    if (len && end[-1] != '\0')
        return ERR_MALFORMED;
    for (; at < end; at += strlen(at) + 1) {
        uint32_t n = out->n_arguments + out->n_environment;

        if (*at == '\0' && environment)
            return ERR_MALFORMED;
        if (*at == '\0') {
            environment = true;
            continue;
        }
        if (n == ARGUMENTS_MAX)
            return ERR_BAD_LENGTH;
        out->strings[n] = at;
        if (environment)
            out->n_environment++;
        else
            out->n_arguments++;
    }
    return ERR_OK;
}

/* Appends the string with its NUL. */
static err_t pack_string(char *to, size_t room, const char *string, size_t *len)
{
    size_t more = strlen(string) + 1;

    if (more > room - *len)
        return ERR_NO_ROOM;
    memcpy(to + *len, string, more);
    *len += more;
    return ERR_OK;
}

static err_t pack_strings(char *to, size_t room, const char *const *strings, uint32_t n,
                          size_t *len)
{
    err_t error = ERR_OK;

    for (uint32_t i = 0; i < n && !error; i++)
        error = strings[i][0] ? pack_string(to, room, strings[i], len) : ERR_BAD_ARGUMENT;
    return error;
}

err_t arguments_pack(void *to, size_t room, const char *const *arguments, uint32_t n_arguments,
                     const char *const *environment, uint32_t n_environment, size_t *len)
{
    err_t error;

    *len = 0;
    if (n_arguments > ARGUMENTS_MAX || n_environment > ARGUMENTS_MAX - n_arguments)
        return ERR_NO_ROOM;
    error = pack_strings(to, room, arguments, n_arguments, len);
    if (!error && n_environment)
        error = pack_string(to, room, "", len);
    if (!error)
        error = pack_strings(to, room, environment, n_environment, len);
    return error;
}

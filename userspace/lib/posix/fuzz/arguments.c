/*
 * Fuzzes arguments_read(): what is read is packed again, and is what it was.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/arguments.h"

#include <stdlib.h>
#include <string.h>

#include "harness/test/fuzz/target.h"

static void pack_again(const struct arguments *arguments, const char *block, size_t size)
{
    char *packed = malloc(size + 1);
    size_t len;

    if (!packed ||
        arguments_pack(packed, size, arguments->strings, arguments->n_arguments,
                       arguments->strings + arguments->n_arguments, arguments->n_environment, &len))
        abort();
    /* An empty string at the end, before no environment, is left out. */
    if ((len != size && len + 1 != size) || memcmp(packed, block, len) != 0)
        abort();
    free(packed);
}

/* The input is copied to memory of exactly its size, so that a byte too far is seen. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arguments arguments;
    char *copy = malloc(size ? size : 1);

    if (!copy)
        abort();
    memcpy(copy, data, size);
    if (!arguments_read(copy, size, &arguments))
        pack_again(&arguments, copy, size);
    free(copy);
    return 0;
}

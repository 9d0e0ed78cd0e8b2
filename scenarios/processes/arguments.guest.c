/*
 * Checks its arguments, which are a pattern, and its name; says how many bytes and grants came.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "child.h"

int main(void)
{
    size_t len;
    const uint8_t *bytes = capos_arguments(&len);
    uint32_t n;

    capos_grants(&n);
    console_printf("%lu bytes, and %u grants", len, n);
    check(strcmp(capos_name(), "arguments") == 0, "its own name, not %s", capos_name());
    for (size_t i = 0; i < len; i++)
        check(bytes[i] == (uint8_t)(i * 7), "byte %lu of the pattern", i);
    return 0;
}

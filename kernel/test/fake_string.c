/*
 * What lib/string.h has beyond the C library, for host tests.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

void clear_page(void *page);

void clear_page(void *page)
{
    memset(page, 0, 4096);
}

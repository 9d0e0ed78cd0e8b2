/*
 * Ends with the code that its argument says, a digit.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"

int main(void)
{
    size_t len;
    const char *arguments = capos_arguments(&len);

    return len > 0 ? arguments[0] - '0' : 0;
}

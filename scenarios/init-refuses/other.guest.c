/*
 * Says that it was started, which it never is.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"

int main(void)
{
    console_printf("was started");
    return 0;
}

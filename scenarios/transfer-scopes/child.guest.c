/*
 * Has been started with a capability.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "scopes.h"

int main(void)
{
    check(capos_grant("thing") != NULL, "the grant");
    return 0;
}

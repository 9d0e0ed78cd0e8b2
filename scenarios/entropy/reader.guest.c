/*
 * Ends with 32 unpredictable bits.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"

int main(void)
{
    uint32_t code;

    check(outcome_is_done(
              entropy_read(capos_cap("entropy"), sizeof(code), &code, sizeof(code), NULL)),
          "4 bytes");
    return (int)code;
}

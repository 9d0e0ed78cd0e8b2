/*
 * Says that it runs: the boot package has come from the image, whole.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"

/* Makes the package long: under UEFI GRUB puts it at 0x1000, and at 0x8000 other processors start. The
 * kernel has checked every byte by its SHA-256. */
static const volatile uint8_t ballast[128 << 10] = {[0] = 1, [sizeof(ballast) - 1] = 1};

int main(void)
{
    check(ballast[0] == 1 && ballast[sizeof(ballast) - 1] == 1, "the first and the last byte");
    console_printf("came from the image");
    return 0;
}

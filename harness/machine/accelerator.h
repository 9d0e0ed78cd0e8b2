/* Which accelerator QEMU shall use: KVM where it works and is quick, else TCG.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <stdbool.h>

/* Whether /dev/kvm really runs a guest at a useful speed: it may exist and be refused, broken, or
 * so slow (nested) that emulation is faster. Runs a few instructions and a few thousand exits in a
 * virtual machine of one page, in about a millisecond. @why (of at least 128 bytes) gets the reason
 * when it does not. */
bool kvm_usable(char *why);

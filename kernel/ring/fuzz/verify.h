/*
 * The kernel's books, recounted: what each ledger, object, ring and table should say.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

/* Aborts when anything differs from what the living objects add up to. Between two entries into the
 * kernel. */
void verify(void);

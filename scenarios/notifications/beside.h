/*
 * What beside.guest.c and ringer.guest.c know of each other.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#define INTERFACE_BESIDE 0x1234
#define BIT_BETWEEN      0x10
#define EXCHANGES        5000

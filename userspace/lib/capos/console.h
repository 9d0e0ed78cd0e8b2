/*
 * Lines on the console.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <stdarg.h>

#include "abi/kernel.calls.h"

#define CONSOLE_LINE_LEN 240 /* longer lines are cut */

/* One line (without a line feed) to the granted "console"; nothing without that grant. */
struct outcome console_printf(const char *format, ...) __attribute__((format(printf, 1, 2)));
struct outcome console_printf_list(const char *format, va_list list);

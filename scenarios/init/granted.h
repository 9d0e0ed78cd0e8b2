/*
 * What a program was started with, as lines.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "capos/arguments.h"
#include "capos/capos.h"

static inline void show_grants(void)
{
    uint32_t n;
    const struct grant *grants = capos_grants(&n);

    for (uint32_t i = 0; i < n; i++)
        console_printf("granted: %s", grants[i].name);
}

static inline void show_arguments(void)
{
    struct arguments arguments;
    size_t len;
    const void *block = capos_arguments(&len);
    uint32_t n;

    check(!arguments_read(block, len, &arguments), "arguments");
    n = arguments.n_arguments;
    for (uint32_t i = 0; i < n; i++)
        console_printf("argument: %s", arguments.strings[i]);
    for (uint32_t i = 0; i < arguments.n_environment; i++)
        console_printf("environment: %s", arguments.strings[n + i]);
}

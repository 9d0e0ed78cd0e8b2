/*
 * What Tab completes: commands, capabilities, methods and programs.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "line/choices.h"

/* A line's complete(). */
size_t complete_word(void *context, const char *at, size_t len, struct choices *);

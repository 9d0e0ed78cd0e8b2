/*
 * The part of ISO C's <string.h> that this library and its compiler call.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <stddef.h>

void *memcpy(void *restrict to, const void *restrict from, size_t len);
void *memmove(void *to, const void *from, size_t len);
void *memset(void *to, int byte, size_t len);
int memcmp(const void *left, const void *right, size_t len);
size_t strlen(const char *string);
int strcmp(const char *left, const char *right);

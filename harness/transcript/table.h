/* A bounded map from byte strings to numbers.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Nothing is ever taken out. Like buffers, it aborts when memory runs out.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

struct table;

/* A table of at most @limit keys. */
struct table *table_create(size_t limit);
void table_destroy(struct table *);

/* The number of @key, to read or change until the next table_add(); NULL when it is not there. */
uint32_t *table_find(struct table *, const void *key, size_t len);

/* The same, adding the key with 0 if it is not there; NULL when the table is full. */
uint32_t *table_add(struct table *, const void *key, size_t len);

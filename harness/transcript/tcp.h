/* Sequence numbers of TCP as they would be if every connection started at 0.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "harness/base/buffer.h"

#include <stdbool.h>

/* The starts of the connections seen so far, by direction. */
struct tcp_starts;

struct tcp_starts *tcp_starts_create(void);
void tcp_starts_destroy(struct tcp_starts *);

/* Rewrites the sequence and acknowledgement numbers (SACK blocks, too) in @line, which is a
 * packet's text by tcpdump with absolute numbers; leaves any other line alone. tcpdump's own
 * relative numbers will not do: it prints the first ones, which are random, as they are. False when
 * there are too many connections. */
bool tcp_make_relative(struct tcp_starts *, struct buffer *line);

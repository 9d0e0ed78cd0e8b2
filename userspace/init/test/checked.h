/*
 * For tests of the graph: a manifest is checked, and what is wrong with it comes as lines.
 * SPDX-License-Identifier: Apache-2.0
 *
 * init has what holdings.h says. Quotes are single ones, in the manifests and in the lines.
 */
#pragma once

#include "graph.h"
#include "manifest_text.h"

/* What came of the last check. */
extern struct graph checked;
extern struct place checked_last; /* of the last complaint */
extern uint32_t checked_n;        /* complaints */

/* The complaints about a manifest, a line each. */
const char *check_manifest(struct manifest_reader);
const char *wrong(const char *text);

/* A manifest with one service, which has more fields than these. */
#define SERVICE(fields) "(services = [(name = 'a', program = 'shell', " fields ")])"

/* A text of N times the same element, with commas; a text with another one for its %s. */
const char *list_of(unsigned n, const char *element);
const char *formatted(const char *format, const char *list);

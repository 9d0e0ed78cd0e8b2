/* The pieces of the report's page.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "harness/runner/report.h"

/* The style sheet and the script, inline in the page: it is one file that can be sent anywhere. */
extern const char page_style[];
extern const char page_script[];

/* Adds a link to @file in the folder @link, percent-encoded. */
void page_add_link(struct buffer *, const char *link, const char *file, const char *text);

/* Adds what unfolds below a scenario's line. */
void page_add_details(struct buffer *, const struct entry *);

/* Adds the beginning of a file of the run as an element <pre>, as a diff or as it is, with a link
 * to the file if there is more. */
void page_add_file(struct buffer *, const struct entry *, const char *file, bool is_diff);

/* Adds the benchmarks of the file @path, as `make bench` wrote it; nothing when there is none. */
void page_add_bench(struct buffer *, const char *path);

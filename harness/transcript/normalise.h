/* Normalisation: what may differ between two correct runs is replaced by a name.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A normaliser holds an ordered list of rules and, for numbered ones, the values seen so far: equal
 * values get equal names (<addr:1> … <addr:1>) across every stream that the same normaliser has
 * handled. It is owned by one thread.
 */
#pragma once

#include "harness/base/buffer.h"
#include "harness/base/error.h"
#include "harness/manifest/manifest.h"

#include <stdbool.h>
#include <stddef.h>

struct normaliser;

/* The built-in rules (times of log lines, …) come first, then @rules in order. NULL when a pattern
 * does not compile; the error names the rule, the position and the reason. */
struct normaliser *normaliser_create(const struct rule *rules, size_t n_rules, struct error *);
void normaliser_destroy(struct normaliser *);

/* From now on the text @value is called <name:N> wherever it stands as a whole word: for values
 * that the harness knows and no pattern could find, such as a forwarded host port ("port"). */
void normaliser_name(struct normaliser *, const char *name, const char *value);

/* Adds the normalised form of one line (without its line feed) to @out. Bytes that a terminal would
 * not show are escaped first; a rule that runs into PCRE2's match limit is an error, not a silent
 * skip. A rule never looks into what an earlier one has named, but may name more around it. A line
 * of more than 4096 bytes is normalised in pieces of that size, each for itself. */
bool normalise_line(struct normaliser *, const char *line, size_t len, struct buffer *out,
                    struct error *);

/* The same for a line of a packet transcript: instead of the built-in rules for log lines, those
 * for packets (ephemeral ports become <port:N>, identifiers of DNS and ICMP <id:N>). */
bool normalise_packet(struct normaliser *, const char *line, size_t len, struct buffer *out,
                      struct error *);

/* A console log as a transcript. With @by_source, lines of the form "[seconds] source: text" are
 * grouped under a heading "== source" per source, without their time and source (sources in sorted
 * order; order within one exact, so the interleaving of sources is free); lines of any other form
 * come first under no heading. Values are numbered in the order of the transcript, not of the log.
 * Carriage returns before line feeds go; a last line without a line feed is kept and marked by a
 * line of its own. */
bool transcript_console(struct normaliser *, const char *log, size_t len, bool by_source,
                        struct buffer *out, struct error *);

/* Where the first match of @pattern in a log begins, 0 when there is none. False when @pattern is
 * no pattern, or its match ran into a limit. */
bool transcript_beginning(const char *pattern, const char *log, size_t len, size_t *start,
                          struct error *);

/* Error text that a function hands to its caller: one sentence that says what to do about it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A harness function that may fail takes a `struct error *` last, returns false (or NULL, or -1)
 * and has then filled it. The struct is plain memory of the caller: nothing to release.
 */
#pragma once

#include <stdbool.h>

struct error {
    char text[2048];
};

/* Fills @err (which may be NULL) like printf, cutting what does not fit. Always returns false, so
 * that a function can end in `return error_set(err, …)`. */
bool error_set(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Puts "format: " before what @err already says. Always returns false. */
bool error_prefix(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

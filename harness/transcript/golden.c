/* Goldens: accepted transcripts.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/transcript/golden.h"

#include "harness/base/files.h"
#include "harness/base/process.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define GOLDEN_LEN_MAX (64 << 20)
#define DIFF_MS        60000

/* The golden's path as people know it: from goldens/ on, wherever the project lies. */
static const char *label_of(const char *golden)
{
    const char *label = golden;
    for (const char *p = golden; (p = strstr(p, "goldens/")); p++)
        if (p == golden || p[-1] == '/')
            label = p;
    return label;
}

static bool has_nul(const struct buffer *b)
{
    return b->len && memchr(b->data, '\0', b->len);
}

static size_t first_difference(const struct buffer *a, const struct buffer *b)
{
    size_t i = 0;
    while (i < a->len && i < b->len && a->data[i] == b->data[i])
        i++;
    return i;
}

/* Adds the unified diff from the file @from to @actual. */
static bool add_diff(const char *from, const char *label, const struct buffer *actual,
                     struct buffer *diff, struct error *err)
{
    struct buffer said = {0};
    const char *const argv[] = {"env",     "LC_ALL=C", "diff", "-a", "-u", "--label", label,
                                "--label", "this run", "--",   from, "-",  NULL};
    int status = process_run(argv, actual, diff, &said, DIFF_MS, err);
    if (status >= 0 && status != 1)
        error_set(err, "diff cannot compare %s: %.500s", from, buffer_text(&said));
    buffer_fini(&said);
    return status == 1;
}

/* The golden is not what came; @wanted is empty when there is none. */
static bool explain(const char *golden, bool missing, const struct buffer *wanted,
                    const struct buffer *actual, struct buffer *diff, struct error *err)
{
    const char *label = label_of(golden);
    if (has_nul(wanted) || has_nul(actual)) {
        buffer_printf(diff, "--- %s\n+++ this run\nbinary files differ at byte %zu\n", label,
                      first_difference(wanted, actual));
        return true;
    }
    if (missing && actual->len == 0) /* diff sees no difference to an empty file: there is none */
        return true;
    return add_diff(missing ? "/dev/null" : golden, label, actual, diff, err);
}

/* Whether there is a golden. False with @err set when the host cannot tell. */
static bool look(const char *golden, bool *missing, struct error *err)
{
    struct stat st;
    *missing = false;
    if (stat(golden, &st) == 0)
        return true;
    *missing = errno == ENOENT;
    return *missing || error_set(err, "cannot read %s: %s", golden, strerror(errno));
}

bool golden_compare(const char *golden, const struct buffer *actual, enum golden_state *state,
                    struct buffer *diff, struct error *err)
{
    struct buffer wanted = {0};
    bool missing, ok = look(golden, &missing, err);
    if (ok && !missing)
        ok = file_read(golden, GOLDEN_LEN_MAX, &wanted, err);
    bool same =
        !missing && wanted.len == actual->len && first_difference(&wanted, actual) == wanted.len;
    *state = missing ? GOLDEN_MISSING : same ? GOLDEN_SAME : GOLDEN_DIFFERS;
    if (ok && *state != GOLDEN_SAME)
        ok = explain(golden, missing, &wanted, actual, diff, err);
    buffer_fini(&wanted);
    return ok;
}

bool golden_accept(const char *golden, const struct buffer *actual, struct error *err)
{
    const char *slash = strrchr(golden, '/');
    char *folder = slash ? format_text("%.*s", (int)(slash - golden), golden) : NULL;
    bool ok = !folder || !*folder || folder_make(folder, err);
    free(folder);
    return ok && file_write(golden, buffer_text(actual), actual->len, err);
}

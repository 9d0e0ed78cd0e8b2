/* Any bytes as a console log: a transcript comes out, the same one every time, readable everywhere.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/test/fuzz/target.h"

#include "harness/transcript/normalise.h"

#include <stdlib.h>
#include <string.h>

static const struct rule rules[] = {
    {"addr", "0x[0-9a-f]+", true},
    {"took", "took (\\d+)( ms)?", false},
    {"names", "<[a-z]+:[0-9]+> <[a-z]+:[0-9]+>", true},
    {"word", "\\bx(y*)\\b", true},
};

static void transcribe(const char *log, size_t size, bool by_source, struct buffer *out)
{
    struct error err;
    struct normaliser *n = normaliser_create(rules, sizeof rules / sizeof rules[0], &err);
    if (!n)
        abort();
    normaliser_name(n, "port", "40001");
    if (!transcript_console(n, log, size, by_source, out, &err) && !strstr(err.text, "more than"))
        abort();
    normaliser_destroy(n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    for (int by_source = 0; by_source < 2; by_source++) {
        struct buffer first = {0}, second = {0};
        transcribe((const char *)data, size, by_source, &first);
        transcribe((const char *)data, size, by_source, &second);
        if (first.len != second.len || (first.len && memcmp(first.data, second.data, first.len)))
            abort();
        if (first.len && first.data[first.len - 1] != '\n')
            abort();
        for (size_t i = 0; i < first.len; i++)
            if ((unsigned char)first.data[i] >= 0x7f ||
                (first.data[i] < ' ' && first.data[i] != '\n' && first.data[i] != '\t'))
                abort();
        buffer_fini(&first);
        buffer_fini(&second);
    }
    return 0;
}

/* Any bytes as tcpdump's lines: TCP's numbers and the names of a transcript, the same every time.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/test/fuzz/target.h"

#include "harness/transcript/normalise.h"
#include "harness/transcript/tcp.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static void require(bool ok)
{
    if (!ok)
        abort();
}

/* What is not a number: that, tcp_make_relative() leaves as it is. */
static void add_words(struct buffer *out, const struct buffer *line)
{
    for (size_t i = 0; i < line->len; i++)
        if (!isdigit((unsigned char)line->data[i]))
            buffer_add_char(out, line->data[i]);
}

static void relate(struct tcp_starts *starts, struct buffer *line)
{
    struct buffer before = {0}, after = {0};
    add_words(&before, line);
    require(tcp_make_relative(starts, line));
    add_words(&after, line);
    /* tcpdump prints no zero bytes; at one, a line may end. */
    if (!memchr(buffer_text(&before), '\0', before.len))
        require(strcmp(buffer_text(&before), buffer_text(&after)) == 0);
    buffer_fini(&before);
    buffer_fini(&after);
}

static void transcribe(const char *p, size_t size, struct buffer *out)
{
    struct error err;
    struct normaliser *n = normaliser_create(NULL, 0, &err);
    struct tcp_starts *starts = tcp_starts_create();
    require(n != NULL);
    normaliser_name(n, "port", "40001");
    for (const char *end = p + size; p < end;) {
        const char *feed = memchr(p, '\n', (size_t)(end - p));
        const char *stop = feed ? feed : end;
        struct buffer line = {0};
        buffer_add(&line, p, (size_t)(stop - p));
        relate(starts, &line);
        require(normalise_packet(n, line.data, line.len, out, &err));
        buffer_add_char(out, '\n');
        buffer_fini(&line);
        p = stop + 1;
    }
    tcp_starts_destroy(starts);
    normaliser_destroy(n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buffer first = {0}, second = {0};
    transcribe((const char *)data, size, &first);
    transcribe((const char *)data, size, &second);
    require(first.len == second.len &&
            memcmp(buffer_text(&first), buffer_text(&second), first.len) == 0);
    for (size_t i = 0; i < first.len; i++)
        require(first.data[i] == '\n' || first.data[i] == '\t' ||
                (first.data[i] >= ' ' && first.data[i] < 0x7f));
    buffer_fini(&first);
    buffer_fini(&second);
    return 0;
}

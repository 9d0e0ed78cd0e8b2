/* The kernel's log as a scenario sees it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/stream/kernel_log.h"

#include <ctype.h>
#include <string.h>

/* Longer than any name of a service; what looks like one beyond it is text. */
enum { SOURCE_MAX = 64 };

static size_t digits(const char *p, const char *end)
{
    const char *start = p;
    while (p < end && isdigit((unsigned char)*p))
        p++;
    return (size_t)(p - start);
}

static bool names_source(char c)
{
    return isalnum((unsigned char)c) || (c && strchr("_-./", c));
}

/* Where "[seconds] " ends, NULL when the line does not start so. */
static const char *skip_time(const char *p, const char *end)
{
    if (p == end || *p++ != '[')
        return NULL;
    while (p < end && *p == ' ')
        p++;
    size_t whole = digits(p, end);
    p += whole;
    if (!whole || p == end || *p++ != '.')
        return NULL;
    size_t fraction = digits(p, end);
    p += fraction;
    return fraction && end - p >= 2 && p[0] == ']' && p[1] == ' ' ? p + 2 : NULL;
}

bool log_line_parse(const char *line, size_t len, struct log_line *out)
{
    const char *end = line + len;
    if (len && end[-1] == '\r')
        end--;
    const char *source = skip_time(line, end), *p = source;
    while (p && p < end && names_source(*p))
        p++;
    if (!p || p == source || p - source > SOURCE_MAX || p == end || *p != ':' ||
        (p + 1 < end && p[1] != ' '))
        return false;
    out->source = source;
    out->source_len = (size_t)(p - source);
    out->text = p + 1 < end ? p + 2 : end;
    out->text_len = (size_t)(end - out->text);
    return true;
}

static bool skip_word(const char **p, const char *end, const char *word)
{
    size_t len = strlen(word);
    if ((size_t)(end - *p) < len || memcmp(*p, word, len) != 0)
        return false;
    *p += len;
    return true;
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool panic_frame_parse(const struct log_line *line, unsigned *number, uint64_t *address)
{
    const char *p = line->text, *end = p + line->text_len;
    if (!skip_word(&p, end, "frame "))
        return false;
    size_t n = digits(p, end);
    if (n == 0 || n > 3)
        return false;
    *number = 0;
    for (; n; n--)
        *number = *number * 10 + (unsigned)(*p++ - '0');
    if (!skip_word(&p, end, " 0x") || end - p != 16)
        return false;
    *address = 0;
    for (; p < end; p++) {
        int value = hex_value(*p);
        if (value < 0)
            return false;
        *address = *address << 4 | (uint64_t)value;
    }
    return true;
}

static void keep_reason(struct panic_report *r, const struct log_line *line)
{
    size_t len = line->text_len < PANIC_REASON - 1 ? line->text_len : PANIC_REASON - 1;
    for (size_t i = 0; i < len; i++)
        r->reason[i] = isprint((unsigned char)line->text[i]) ? line->text[i] : '?';
    r->reason[len] = '\0';
}

bool panic_report_add(struct panic_report *r, const char *text, size_t len)
{
    struct log_line line;
    if (!log_line_parse(text, len, &line) || line.source_len != 5 ||
        memcmp(line.source, "panic", 5) != 0)
        return false;
    if (!r->begun)
        keep_reason(r, &line);
    r->begun = true;
    if (line.text_len == 3 && memcmp(line.text, "end", 3) == 0)
        r->complete = true;
    unsigned number;
    uint64_t address;
    if (panic_frame_parse(&line, &number, &address) && r->n_frames < PANIC_FRAMES)
        r->frames[r->n_frames++] = address;
    return true;
}

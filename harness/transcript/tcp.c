/* Sequence numbers of TCP from 0.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/transcript/tcp.h"

#include "harness/transcript/table.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define DIRECTIONS_MAX 65536

/* "SOURCE > DESTINATION" → the first sequence number from there. */
struct tcp_starts {
    struct table *table;
};

/* The line under way. */
struct segment {
    struct tcp_starts *starts;
    struct buffer *out;
    const char *flags;   /* after "Flags [" */
    struct buffer forth; /* the direction of this packet, as a key */
    struct buffer back;
    bool full;
};

struct tcp_starts *tcp_starts_create(void)
{
    struct tcp_starts *s = calloc(1, sizeof *s);
    if (!s)
        abort();
    s->table = table_create(DIRECTIONS_MAX);
    return s;
}

void tcp_starts_destroy(struct tcp_starts *s)
{
    if (!s)
        return;
    table_destroy(s->table);
    free(s);
}

static uint32_t start_of(struct segment *s, const struct buffer *direction, uint32_t first)
{
    uint32_t *start = table_find(s->starts->table, direction->data, direction->len);
    if (!start) {
        start = table_add(s->starts->table, direction->data, direction->len);
        if (!start) {
            s->full = true;
            return first;
        }
        *start = first;
    }
    return *start;
}

/* A SYN starts a connection anew, even between the same ports. */
static void note_syn(struct segment *s, uint32_t seq)
{
    if (*s->flags != 'S')
        return;
    uint32_t *start = table_add(s->starts->table, s->forth.data, s->forth.len);
    if (start)
        *start = seq;
    else
        s->full = true;
}

/* Copies a number at @text less @start; gives what follows it. */
static const char *add_less(struct segment *s, const char *text, uint32_t start)
{
    char *end;
    uint32_t value = (uint32_t)strtoul(text, &end, 10);
    buffer_printf(s->out, "%u", value - start);
    return end;
}

/* "N" or "N:M" after "seq ". */
static const char *add_seq(struct segment *s, const char *text)
{
    uint32_t first = (uint32_t)strtoul(text, NULL, 10);
    note_syn(s, first);
    uint32_t start = start_of(s, &s->forth, first - (*s->flags != 'S' && *s->flags != 'R'));
    text = add_less(s, text, start);
    if (*text == ':' && isdigit((unsigned char)text[1])) {
        buffer_add_char(s->out, ':');
        text = add_less(s, text + 1, start);
    }
    return text;
}

/* "N" after "ack ": what the other side has sent, and the SYN. */
static const char *add_ack(struct segment *s, const char *text)
{
    uint32_t next = (uint32_t)strtoul(text, NULL, 10);
    return add_less(s, text, start_of(s, &s->back, next - 1));
}

/* The edge of a SACK block, after "{" or after the ":" in it. */
static const char *add_edge(struct segment *s, const char *text)
{
    uint32_t edge = (uint32_t)strtoul(text, NULL, 10);
    return add_less(s, text, start_of(s, &s->back, edge - 1));
}

/* Whether the text before @at ends in @word. */
static bool after(const char *line, const char *at, const char *word)
{
    size_t len = strlen(word);
    return (size_t)(at - line) >= len && memcmp(at - len, word, len) == 0;
}

/* Copies from the flags on to the end of what TCP itself says: the payload, which tcpdump may show
 * after "length N", is not ours to change. */
static void rewrite(struct segment *s, const char *at)
{
    const char *start = at, *open = NULL;
    while (*at && !after(start, at, ", length ")) {
        bool digit = isdigit((unsigned char)*at);
        if (*at == '{' || *at == '}')
            open = *at == '{' ? at : NULL;
        if (digit && after(start, at, ", seq "))
            at = add_seq(s, at);
        else if (digit && after(start, at, ", ack "))
            at = add_ack(s, at);
        else if (digit && open && (at[-1] == '{' || at[-1] == ':'))
            at = add_edge(s, at);
        else
            buffer_add_char(s->out, *at++);
    }
    buffer_add_text(s->out, at);
}

/* Finds "SOURCE > DESTINATION" before ": Flags [" and makes keys of it. */
static bool read_direction(struct segment *s, const char *line, const char *flags)
{
    const char *arrow = NULL, *from;
    for (const char *p = line; (p = strstr(p, " > ")) && p < flags; p++)
        arrow = p;
    if (!arrow || memchr(arrow + 3, ' ', (size_t)(flags - arrow - 3)))
        return false;
    for (from = arrow; from > line && from[-1] != ' '; from--)
        ;
    buffer_printf(&s->forth, "%.*s > %.*s", (int)(arrow - from), from, (int)(flags - arrow - 3),
                  arrow + 3);
    buffer_printf(&s->back, "%.*s > %.*s", (int)(flags - arrow - 3), arrow + 3, (int)(arrow - from),
                  from);
    return true;
}

bool tcp_make_relative(struct tcp_starts *starts, struct buffer *line)
{
    static const char mark[] = ": Flags [";
    struct buffer out = {0};
    const char *flags = strstr(buffer_text(line), mark);
    struct segment s = {.starts = starts, .out = &out};
    if (flags && read_direction(&s, line->data, flags)) {
        s.flags = flags + sizeof mark - 1;
        buffer_add(&out, line->data, (size_t)(flags - line->data));
        rewrite(&s, flags);
        line->len = 0;
        buffer_add(line, out.data, out.len);
    }
    buffer_fini(&out);
    buffer_fini(&s.forth);
    buffer_fini(&s.back);
    return !s.full;
}

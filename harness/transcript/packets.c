/* Packet transcripts: a capture as tcpdump's text.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/transcript/packets.h"

#include "harness/base/files.h"
#include "harness/base/process.h"
#include "harness/manifest/pattern.h"
#include "harness/transcript/table.h"
#include "harness/transcript/tcp.h"

#include <string.h>

/* A scenario's capture has some kilobytes; one that is larger than this is no transcript for
 * people. */
#define CAPTURE_LEN_MAX (64 << 20)
#define PACKETS_MAX     (1 << 20)
#define TCPDUMP_MS      60000

/* What is cut from a packet's text: the first group. */
static const char *const cuts[] = {
    /* Of the link header, the EtherType's name stays, or all of it when it has none. */
    "^[^ ]+ > [^ ]+, (ethertype )(?!Unknown)",
    "^[^ ]+ > [^ ]+, (?!ethertype)[^ ]+( \\(0x[0-9a-f]{4}\\), length [0-9]+): ",
    /* TCP's timestamps are the peers' clocks; after the handshake, the window is how quickly the
     * receiver's program reads. */
    ", options \\[[^]]*TS( val [0-9]+ ecr [0-9]+)",
    ": Flags \\[[^S\\]]*\\](?:, (?:seq|ack) [0-9:]+)*(, win [0-9]+)",
    "( +)$",
};

#define N_CUTS (sizeof cuts / sizeof cuts[0])

/* A packet that may be a retransmission: ARP or reverse ARP, or one with ports behind the addresses. */
static const char repeatable[] = "^[^ ]+ > [^ ]+, (?:ARP: |Reverse ARP |IPv4: "
                                 "(?:[0-9]+\\.){4}[0-9]+ > |IPv6: [0-9a-f:]+\\.[0-9]+ > )";

struct packets {
    struct normaliser *normaliser;
    struct pattern *cuts[N_CUTS];
    struct pattern *repeatable;
    struct tcp_starts *starts;
    struct table *seen;
    bool drop_repeats;
    struct buffer packet; /* the text of the packet under way: a line, and indented ones after it */
    struct buffer *out;
    struct error *err;
};

static bool run_tcpdump(const char *path, struct buffer *text, struct error *err)
{
    /* Through a pipe: started by root, tcpdump becomes another user before it opens a file, and
     * that user may not get at it. Absolute sequence numbers (-S) because tcp.h counts better. */
    static const char *const argv[] = {"env", "LC_ALL=C", "TZ=UTC", "tcpdump", "-nn", "-t",
                                       "-e",  "-S",       "-r",     "-",       NULL};
    struct buffer capture = {0}, said = {0};
    int status = -1;
    if (file_read(path, CAPTURE_LEN_MAX, &capture, err))
        status = process_run(argv, &capture, text, &said, TCPDUMP_MS, err);
    if (status > 0 && strstr(buffer_text(&said), "truncated dump file"))
        error_set(err, "%s is cut off in the middle of a packet or of its header", path);
    else if (status > 0)
        error_set(err, "tcpdump cannot read %s: %.500s", path, buffer_text(&said));
    buffer_fini(&capture);
    buffer_fini(&said);
    return status == 0;
}

static bool cut(struct packets *p, const struct pattern *pattern)
{
    struct span part;
    enum pattern_result result =
        pattern_find(pattern, p->packet.data, p->packet.len, 0, true, NULL, &part, p->err);
    if (result == PATTERN_MATCH) {
        memmove(p->packet.data + part.start, p->packet.data + part.end,
                p->packet.len - part.end + 1);
        p->packet.len -= part.end - part.start;
    }
    return result != PATTERN_FAILED;
}

/* Whether the packet is to be left out. Compared is the text with absolute sequence numbers: those
 * of a new connection between the same ports are others. */
static bool is_repeat(struct packets *p, bool *repeat)
{
    enum pattern_result result =
        pattern_find(p->repeatable, p->packet.data, p->packet.len, 0, true, NULL, NULL, p->err);
    *repeat = false;
    if (result != PATTERN_MATCH || !p->drop_repeats)
        return result != PATTERN_FAILED;
    uint32_t *times = table_add(p->seen, p->packet.data, p->packet.len);
    if (!times)
        return error_set(p->err, "more than %d packets to compare", PACKETS_MAX);
    *repeat = (*times)++ > 0;
    return true;
}

/* Writes the packet line by line: a name never spans two. */
static bool write_packet(struct packets *p)
{
    const char *at = p->packet.data, *end = at + p->packet.len;
    while (at < end) {
        const char *feed = memchr(at, '\n', (size_t)(end - at));
        const char *stop = feed ? feed : end;
        if (!normalise_packet(p->normaliser, at, (size_t)(stop - at), p->out, p->err))
            return false;
        buffer_add_char(p->out, '\n');
        at = stop + 1;
    }
    return true;
}

static bool finish_packet(struct packets *p)
{
    bool repeat;
    if (p->packet.len == 0)
        return true;
    for (size_t i = 0; i < N_CUTS; i++)
        if (!cut(p, p->cuts[i]))
            return false;
    if (!is_repeat(p, &repeat))
        return false;
    if (!repeat && !tcp_make_relative(p->starts, &p->packet))
        return error_set(p->err, "too many TCP connections for one transcript");
    bool ok = repeat || write_packet(p);
    p->packet.len = 0;
    return ok;
}

/* tcpdump's lines: one that starts with space belongs to the packet before it. */
static bool add_line(struct packets *p, const char *line, size_t len)
{
    bool more = len > 0 && (*line == '\t' || *line == ' ');
    if (!more && !finish_packet(p))
        return false;
    if (more) {
        while (p->packet.len && p->packet.data[p->packet.len - 1] == ' ')
            p->packet.data[--p->packet.len] = '\0';
        buffer_add_text(&p->packet, "\n    ");
        line++;
        len--;
    }
    buffer_add(&p->packet, line, len);
    return true;
}

static bool add_text(struct packets *p, const struct buffer *text)
{
    const char *at = buffer_text(text), *end = at + text->len;
    while (at < end) {
        const char *feed = memchr(at, '\n', (size_t)(end - at));
        const char *stop = feed ? feed : end;
        if (!add_line(p, at, (size_t)(stop - at)))
            return false;
        at = stop + 1;
    }
    return finish_packet(p);
}

static bool packets_init(struct packets *p)
{
    p->starts = tcp_starts_create();
    p->seen = table_create(PACKETS_MAX);
    p->repeatable = pattern_compile(repeatable, p->err);
    bool ok = p->repeatable;
    for (size_t i = 0; i < N_CUTS; i++) {
        p->cuts[i] = pattern_compile(cuts[i], p->err);
        ok = ok && p->cuts[i];
    }
    return ok;
}

static void packets_fini(struct packets *p)
{
    for (size_t i = 0; i < N_CUTS; i++)
        pattern_free(p->cuts[i]);
    pattern_free(p->repeatable);
    table_destroy(p->seen);
    tcp_starts_destroy(p->starts);
    buffer_fini(&p->packet);
}

bool transcript_packets(struct normaliser *n, const char *pcap, bool drop_repeats,
                        struct buffer *out, struct error *err)
{
    struct packets p = {.normaliser = n, .drop_repeats = drop_repeats, .out = out, .err = err};
    struct buffer text = {0};
    bool ok = run_tcpdump(pcap, &text, err);
    if (ok && !(packets_init(&p) && add_text(&p, &text)))
        ok = error_prefix(err, "%s", pcap);
    packets_fini(&p);
    buffer_fini(&text);
    return ok;
}

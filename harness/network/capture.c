/* Writing and reading packet captures, by libpcap.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/network/capture.h"

#include "harness/base/buffer.h"

#include <pcap/pcap.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

struct capture {
    pcap_t *pcap;
    pcap_dumper_t *dumper;
};

struct frame_filter {
    struct bpf_program program;
};

struct capture *capture_create(const char *path, struct error *err)
{
    struct capture *c = calloc(1, sizeof *c);
    if (!c)
        abort();
    c->pcap =
        pcap_open_dead_with_tstamp_precision(DLT_EN10MB, FRAME_MAX, PCAP_TSTAMP_PRECISION_NANO);
    c->dumper = c->pcap ? pcap_dump_open(c->pcap, path) : NULL;
    if (c->dumper)
        return c;
    error_set(err, "cannot write %s: %s", path, c->pcap ? pcap_geterr(c->pcap) : "no memory");
    if (c->pcap)
        pcap_close(c->pcap);
    free(c);
    return NULL;
}

bool capture_add(struct capture *c, const uint8_t *frame, size_t len, struct error *err)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    /* With nanosecond precision, tv_usec holds nanoseconds (pcap-savefile(5)). */
    struct pcap_pkthdr header = {.ts = {.tv_sec = now.tv_sec, .tv_usec = now.tv_nsec},
                                 .caplen = (bpf_u_int32)len,
                                 .len = (bpf_u_int32)len};
    pcap_dump((u_char *)c->dumper, &header, frame);
    /* A reader that comes while the machine runs, or after a crash, finds whole frames. What was
     * too large for the buffer is written already: only the file knows whether that failed. */
    bool good = pcap_dump_flush(c->dumper) == 0 && !ferror(pcap_dump_file(c->dumper));
    return good || error_set(err, "cannot write the capture: is the disk full?");
}

void capture_close(struct capture *c)
{
    if (!c)
        return;
    pcap_dump_close(c->dumper);
    pcap_close(c->pcap);
    free(c);
}

int capture_read(const char *path, void (*each)(const uint8_t *frame, size_t len, void *arg),
                 void *arg, struct error *err)
{
    char message[PCAP_ERRBUF_SIZE];
    pcap_t *pcap = pcap_open_offline(path, message);
    if (!pcap) {
        error_set(err, "%s", message);
        return -1;
    }
    int n = 0, rc;
    struct pcap_pkthdr *header;
    const u_char *frame;
    while ((rc = pcap_next_ex(pcap, &header, &frame)) == 1) {
        each(frame, header->caplen, arg);
        n++;
    }
    if (rc == PCAP_ERROR) {
        error_set(err, "%s: %s", path, pcap_geterr(pcap));
        n = -1;
    }
    pcap_close(pcap);
    return n;
}

struct frame_filter *frame_filter_create(const char *expression, struct error *err)
{
    struct frame_filter *f = calloc(1, sizeof *f);
    pcap_t *pcap = pcap_open_dead(DLT_EN10MB, FRAME_MAX);
    if (!f || !pcap)
        abort();
    bool good = pcap_compile(pcap, &f->program, expression, 1, PCAP_NETMASK_UNKNOWN) == 0;
    if (!good) {
        error_set(err, "filter \"%s\": %s", expression, pcap_geterr(pcap));
        free(f);
        f = NULL;
    }
    pcap_close(pcap);
    return f;
}

bool frame_filter_matches(const struct frame_filter *f, const uint8_t *frame, size_t len)
{
    struct pcap_pkthdr header = {.caplen = (bpf_u_int32)len, .len = (bpf_u_int32)len};
    return pcap_offline_filter(&f->program, &header, frame) != 0;
}

void frame_filter_destroy(struct frame_filter *f)
{
    if (!f)
        return;
    pcap_freecode(&f->program);
    free(f);
}

/* Any bytes as the kernel's log: parts that lie in their line, reports that stay in bounds.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/test/fuzz/target.h"

#include "harness/stream/faults.h"
#include "harness/stream/kernel_log.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static void require(bool ok)
{
    if (!ok)
        abort();
}

static void inspect_line(const char *line, size_t len)
{
    struct log_line l;
    unsigned number;
    uint64_t address;
    if (!log_line_parse(line, len, &l))
        return;
    require(l.source > line && l.source_len > 0 && !memchr(l.source, ' ', l.source_len));
    const char *colon = l.source + l.source_len, *end = line + len;
    require(colon < end && *colon == ':' && l.text + l.text_len <= end);
    require(l.text == colon + 2 ? colon[1] == ' ' : l.text == colon + 1 && l.text_len == 0);
    require(l.text + l.text_len == end || l.text[l.text_len] == '\r');
    if (panic_frame_parse(&l, &number, &address))
        require(number < 1000 && l.text_len > 18);
}

static void inspect_report(const struct panic_report *r, const struct panic_report *before)
{
    require(r->n_frames <= PANIC_FRAMES && r->n_frames >= before->n_frames);
    require(memcmp(r->frames, before->frames, before->n_frames * sizeof r->frames[0]) == 0);
    require(r->begun >= before->begun && r->complete >= before->complete);
    require(r->begun || (!r->complete && !r->n_frames && !*r->reason));
    require(!before->begun || strcmp(r->reason, before->reason) == 0);
    for (const char *p = r->reason; *p; p++)
        require(isprint((unsigned char)*p));
}

/* Its program becomes a part of a path. */
static void inspect_fault(const char *line, size_t len)
{
    struct fault_log log = {0};
    if (fault_log_add(&log, line, len)) {
        const struct fault_report *r = &log.reports[0];
        require(log.n == 1 && !r->expected);
        require(strlen(r->text) < FAULT_TEXT && strlen(r->program) < FAULT_PROGRAM);
        require(!strpbrk(r->program, "./\\ ") && strstr(r->text, r->program));
        for (const char *p = r->text; *p; p++)
            require(isprint((unsigned char)*p));
    }
    free(log.reports);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *p = (const char *)data, *end = p + size;
    struct panic_report r = {0};
    while (p < end) {
        const char *feed = memchr(p, '\n', (size_t)(end - p));
        const char *stop = feed ? feed : end;
        size_t len = (size_t)(stop - p);
        char *line = malloc(len ? len : 1); /* of exactly its size */
        require(line != NULL);
        memcpy(line, p, len);
        struct panic_report before = r;
        inspect_line(line, len);
        inspect_fault(line, len);
        bool part = panic_report_add(&r, line, len);
        require(part || (r.begun == before.begun && r.complete == before.complete &&
                         r.n_frames == before.n_frames));
        inspect_report(&r, &before);
        free(line);
        p = stop + 1;
    }
    return 0;
}

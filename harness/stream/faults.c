/* The kernel's reports of processes that faulted.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/stream/faults.h"

#include "harness/stream/kernel_log.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static void keep_text(struct fault_report *r, const struct log_line *line)
{
    size_t len = line->text_len < FAULT_TEXT - 1 ? line->text_len : FAULT_TEXT - 1;
    for (size_t i = 0; i < len; i++)
        r->text[i] = isprint((unsigned char)line->text[i]) ? line->text[i] : '?';
}

/* "process 3 (crasher): …". Anything else than a plain name would be a path somewhere else. */
static void find_program(struct fault_report *r)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
    const char *name = strstr(r->text, " (");
    size_t len = name ? strspn(name + 2, plain) : 0;
    if (len > 0 && len < FAULT_PROGRAM && name[2 + len] == ')')
        memcpy(r->program, name + 2, len);
}

static void find_instruction(struct fault_report *r)
{
    static const char before[] = " at instruction 0x";
    for (const char *p = r->text; (p = strstr(p, before));) {
        p += sizeof before - 1;
        r->instruction = strtoull(p, NULL, 16);
    }
}

static struct fault_report *append(struct fault_log *log)
{
    if (log->n == log->room) {
        log->room = log->room ? 2 * log->room : 8;
        log->reports = reallocarray(log->reports, log->room, sizeof *log->reports);
        if (!log->reports)
            abort();
    }
    return memset(&log->reports[log->n++], 0, sizeof *log->reports);
}

bool fault_log_add(struct fault_log *log, const char *text, size_t len)
{
    struct log_line line;
    if (!log_line_parse(text, len, &line) || line.source_len != 5 ||
        memcmp(line.source, "fault", 5) != 0)
        return false;
    struct fault_report *r = append(log);
    keep_text(r, &line);
    find_program(r);
    find_instruction(r);
    return true;
}

size_t fault_log_unexpected(const struct fault_log *log, const struct fault_report **first)
{
    size_t n = 0;
    *first = NULL;
    for (size_t i = 0; i < log->n; i++) {
        if (log->reports[i].expected)
            continue;
        if (n++ == 0)
            *first = &log->reports[i];
    }
    return n;
}

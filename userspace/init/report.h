/*
 * What is wrong with a manifest: one complaint for each thing, and where in the manifest it is.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <stdarg.h>
#include <stdint.h>

#define REPORT_MAX      32  /* further complaints are counted, and not told */
#define REPORT_TEXT_LEN 240 /* bytes that any of them fits into, with the terminator */

/* Of the manifest, or of one of its services; some are lists, in which an item is meant. */
enum part {
    PART_SERVICES,
    PART_POWER_OFF,
    PART_MESSAGE, /* the encoding */
    PART_NAME,
    PART_PROGRAM,
    PART_ARGUMENTS,
    PART_ENVIRONMENT,
    PART_GRANTS,
    PART_EXPORTS,
    PART_AFTER,
    PART_RESTART,
    PART_BUDGET,
    PART_ARENA_PAGES,
};

#define NO_INDEX UINT32_MAX

struct place {
    enum part part;
    uint32_t service;  /* its index; NO_INDEX: the manifest's own part */
    const char *label; /* the service's name; "" when that is not good */
    uint32_t item;     /* of the part, when it is a list; NO_INDEX: all of it */
};

/* A complaint is said as for vprintf(), with %s, %u, %lu and %lx: init and the host each have a
 * function for that. */
struct report {
    void (*say)(const struct report *, const struct place *, const char *format, va_list);
    void *context; /* of whoever says it */
    uint32_t n;    /* all complaints */
};

void report_add(struct report *, struct place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/*
 * What is wrong with a manifest: one complaint for each thing, and where in the manifest it is.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report.h"

void report_add(struct report *report, struct place place, const char *format, ...)
{
    va_list list;

    if (report->n++ >= REPORT_MAX)
        return;
    va_start(list, format);
    report->say(report, &place, format, list);
    va_end(list);
}

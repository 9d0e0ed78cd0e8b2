/*
 * The lines that were entered before.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "line/history.h"

#include <string.h>

static void drop_oldest(struct history *history)
{
    size_t len = strlen(history->lines) + 1;

    history->used -= len;
    history->n--;
    memmove(history->lines, history->lines + len, history->used);
}

void history_add(struct history *history, const char *line, size_t len)
{
    const char *last = history_get(history, 1);

    if (len == 0 || len + 1 > HISTORY_LEN)
        return;
    if (last && strlen(last) == len && memcmp(last, line, len) == 0)
        return;
    while (HISTORY_LEN - history->used < len + 1)
        drop_oldest(history);
    memcpy(history->lines + history->used, line, len);
    history->lines[history->used + len] = '\0';
    history->used += len + 1;
    history->n++;
}

const char *history_get(const struct history *history, uint32_t back)
{
    const char *line = history->lines;

    if (back == 0 || back > history->n)
        return NULL;
    for (uint32_t i = history->n; i > back; i--)
        line += strlen(line) + 1;
    return line;
}

/*
 * The last lines of the kernel's log, for those who read it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "log/history.h"

#include "lib/string.h"

/* The bytes from `first`, where a line begins, to `end` are kept. */
static char bytes[LOG_HISTORY_LEN];
static uint64_t first, end;

static char *byte_at(uint64_t place)
{
    return &bytes[place % LOG_HISTORY_LEN];
}

/* The end of the line at PLACE, if all of it lies before LIMIT; otherwise PLACE. */
static uint64_t line_end(uint64_t place, uint64_t limit)
{
    for (uint64_t at = place; at < limit; at++) {
        if (*byte_at(at) == '\n')
            return at + 1;
    }
    return place;
}

void log_history_add(const char *line, size_t len)
{
    while (end - first + len > LOG_HISTORY_LEN)
        first = line_end(first, end);
    for (size_t i = 0; i < len; i++)
        *byte_at(end + i) = line[i];
    end += len;
}

/* The end of the last line from PLACE on that fits into ROOM bytes. */
static uint64_t lines_end(uint64_t place, size_t room)
{
    uint64_t limit = room < end - place ? place + room : end;

    while (limit > place && *byte_at(limit - 1) != '\n')
        limit--;
    return limit;
}

/* Around the end of the array. */
static void copy(char *text, uint64_t place, size_t len)
{
    size_t to_end = LOG_HISTORY_LEN - place % LOG_HISTORY_LEN;
    size_t n = len < to_end ? len : to_end;

    memcpy(text, byte_at(place), n);
    memcpy(text + n, bytes, len - n);
}

bool log_history_read(uint64_t from, char *text, size_t room, struct log_part *part)
{
    uint64_t place = from < first ? first : from;

    if (from > end)
        return false;
    part->end = lines_end(place, room);
    part->lost = place - from;
    part->len = part->end - place;
    copy(text, place, part->len);
    return true;
}

/*
 * What the terminal shows: bytes on their way to the second serial port.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "object/terminal_output.h"

#include "arch/arch.h"
#include "lib/byte_queue.h"

#define OUTPUT_LEN 4096

static uint8_t output_bytes[OUTPUT_LEN];
static struct byte_queue output = BYTE_QUEUE(output_bytes);
static bool owes_line_feed; /* its carriage return has been sent */

bool terminal_can_show(size_t len)
{
    return len <= output.size - byte_queue_used(&output);
}

/* Only the end of a line that somebody has cancelled may find no room: see the owner's check before
 * it edits. */
void terminal_show(const char *bytes, size_t len)
{
    if (!terminal_can_show(len))
        return;
    for (size_t i = 0; i < len; i++)
        byte_queue_push(&output, (uint8_t)bytes[i]);
}

bool terminal_put(const uint8_t *bytes, uint32_t len)
{
    uint32_t used = byte_queue_used(&output);

    if (used > TERMINAL_WRITE_MAX || len > TERMINAL_WRITE_MAX - used)
        return false;
    for (uint32_t i = 0; i < len; i++)
        byte_queue_push(&output, bytes[i]);
    return true;
}

/* The next byte for the port. A line feed goes out as carriage return and line feed. */
static bool next_output(uint8_t *byte)
{
    if (owes_line_feed) {
        owes_line_feed = false;
        *byte = '\n';
        return true;
    }
    if (!byte_queue_pop(&output, byte))
        return false;
    if (*byte == '\n') {
        owes_line_feed = true;
        *byte = '\r';
    }
    return true;
}

/* What fits into the port now. Returns how much. */
static size_t send_part(size_t max)
{
    uint8_t part[TERMINAL_STEP];
    size_t room = arch_terminal_room(), n = 0;

    while (n < room && n < max && next_output(&part[n]))
        n++;
    arch_terminal_write(part, n);
    return n;
}

void terminal_send(void)
{
    size_t left = TERMINAL_STEP, n;

    do {
        n = send_part(left);
        left -= n;
    } while (n && left);
}

bool terminal_has_output(void)
{
    return owes_line_feed || byte_queue_used(&output);
}

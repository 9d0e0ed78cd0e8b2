/*
 * The terminal's port for host tests: a test types, and reads what was sent.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "test/fake_terminal.h"

#include <stdlib.h>
#include <string.h>

#define FIFO_LEN 16
#define SENT_MAX (1 << 16)

bool fake_terminal_has_room;

static bool is_there, listens;
static const uint8_t *typed;
static size_t typed_len;
static char sent[SENT_MAX + 1];
static size_t sent_len, looked_len;

void fake_terminal_start(void)
{
    is_there = fake_terminal_has_room = true;
    listens = true;
    typed_len = sent_len = looked_len = 0;
}

void fake_terminal_type(const void *bytes, size_t len)
{
    typed = bytes;
    typed_len = len;
}

bool fake_terminal_interrupts(void)
{
    return typed_len && listens;
}

const char *fake_terminal_sent(void)
{
    const char *from = sent + looked_len;

    sent[sent_len] = 0;
    looked_len = sent_len;
    return from;
}

err_t arch_terminal_init(void)
{
    return is_there ? ERR_OK : ERR_NOT_FOUND;
}

bool arch_terminal_read(uint8_t *byte)
{
    if (!typed_len)
        return false;
    *byte = *typed++;
    typed_len--;
    return true;
}

size_t arch_terminal_room(void)
{
    return fake_terminal_has_room ? FIFO_LEN : 0;
}

void arch_terminal_write(const uint8_t *bytes, size_t len)
{
    if (len > arch_terminal_room() || len > SENT_MAX - sent_len)
        abort();
    if (len)
        memcpy(sent + sent_len, bytes, len);
    sent_len += len;
}

void arch_terminal_listen(bool on)
{
    listens = on;
}

void arch_terminal_drain(void)
{
}

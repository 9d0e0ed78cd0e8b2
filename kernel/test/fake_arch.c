/*
 * arch.h for host tests: memory that a test made up, a console that it can read.
 * SPDX-License-Identifier: Apache-2.0
 *
 * arch_phys() gives out a fresh copy of exactly the bytes that were asked for, so the address
 * sanitizer sees a read past them even where memory goes on.
 */
#include "test/fake_arch.h"

#include <stdlib.h>
#include <string.h>

struct window {
    struct window *next;
    uint8_t bytes[];
};

static uint8_t *memory;
static paddr_t memory_at;
static size_t memory_len;
static struct window *windows;

static char console[1 << 16];
static size_t console_len;

void fake_arch_start(const void *bytes, size_t len)
{
    fake_arch_start_at(0, bytes, len);
}

void fake_arch_start_at(paddr_t at, const void *bytes, size_t len)
{
    fake_arch_end();
    memory = malloc(len + 1);
    if (!memory)
        abort();
    if (len)
        memcpy(memory, bytes, len);
    memory_at = at;
    memory_len = len;
    console_len = 0;
    console[0] = 0;
}

void fake_arch_end(void)
{
    while (windows) {
        struct window *next = windows->next;

        free(windows);
        windows = next;
    }
    free(memory);
    memory = NULL;
    memory_len = 0;
}

const char *fake_console(void)
{
    return console;
}

unsigned fake_console_count(const char *line)
{
    size_t len = strlen(line);
    unsigned n = 0;

    for (const char *at = console; (at = strstr(at, line)); at += len) {
        if (at - console >= 2 && memcmp(at - 2, ": ", 2) == 0 && at[len] == '\n')
            n++;
    }
    return n;
}

const void *arch_phys(paddr_t at, size_t len)
{
    if (at < memory_at || at - memory_at > memory_len || len > memory_len - (at - memory_at))
        return NULL;

    struct window *window = malloc(sizeof(*window) + len);

    if (!window)
        abort();
    memcpy(window->bytes, memory + (at - memory_at), len);
    window->next = windows;
    windows = window;
    return window->bytes;
}

void arch_console_write(const char *bytes, size_t len)
{
    if (len > sizeof(console) - 1 - console_len)
        len = sizeof(console) - 1 - console_len;
    memcpy(console + console_len, bytes, len);
    console_len += len;
    console[console_len] = 0;
}

uint64_t arch_time_us(void)
{
    return 1234567;
}

/*
 * What the terminal shows: bytes on their way to the second serial port.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A queue of 4096 bytes, of which writes may fill 4000, so that there is room for echo. Under the
 * kernel lock.
 */
#pragma once

#include "lib/types.h"

#define TERMINAL_WRITE_MAX 4000

/*
 * Bytes that one step takes, and that one sends, at most. The port does not say when it takes more:
 * one that is faster than its real self would interrupt on and on, and its processor would do
 * nothing else. A real one takes a FIFO of 16 bytes in 1.4 ms.
 */
#define TERMINAL_STEP 64

/* Echo: all of the LEN bytes, or nothing when they do not fit. */
void terminal_show(const char *bytes, size_t len);

/* Whether LEN bytes of echo fit. */
bool terminal_can_show(size_t len);

/* A write: all of the LEN bytes, or false when they do not fit. */
bool terminal_put(const uint8_t *bytes, uint32_t len);

/* Sends what fits into the port, up to TERMINAL_STEP bytes. */
void terminal_send(void);

/* Whether there is something left to send. */
bool terminal_has_output(void);

/*
 * The terminal's port for host tests: a test types, and reads what was sent.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Implements the terminal of arch.h. It is not there until a test says so.
 */
#pragma once

#include "arch/arch.h"

/* From now on there is a port, with nothing typed and nothing sent. */
void fake_terminal_start(void);

/* What has been typed, and waits in the port; a former text that was not read is gone. */
void fake_terminal_type(const void *bytes, size_t len);

/* Whether the port would interrupt now. */
bool fake_terminal_interrupts(void);

/* Whether the port takes anything. */
extern bool fake_terminal_has_room;

/* All that was sent since the last look, terminated. */
const char *fake_terminal_sent(void);

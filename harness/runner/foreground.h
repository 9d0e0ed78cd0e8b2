/* The terminal's foreground: an interactive scenario gets it, and the runner takes it back.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <stdbool.h>

/* Whether standard input is a terminal in whose foreground the runner is. */
bool foreground_is_ours(void);

/* Remembers the terminal's settings. */
void foreground_save(void);

/* Takes the foreground and the saved settings back: a scenario that died may have left a raw
 * terminal. Nothing happens without foreground_save(). */
void foreground_restore(void);

/*
 * The line in which the user types commands.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "line/line.h"

#define PROMPT "capos> "

/* Waits for a line; NULL: the user has ended the input. It is valid until the next one is read. */
const char *prompt_read(void);

/* Something is shown between these, when the prompt may be there. */
void prompt_hide(void);
void prompt_show(void);

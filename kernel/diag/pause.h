/*
 * Waits for a line typed on the console: time to attach a debugger, and proof that input arrives.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

/* Asks for a line, waits until it is ended by a carriage return or a line feed, and logs what was
 * read (its first PAUSE_LINE_MAX bytes). */
void pause_for_line(void);

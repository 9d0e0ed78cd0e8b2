/*
 * The program that waits for a notification, and what it shares with who rings.
 * SPDX-License-Identifier: Apache-2.0
 *
 * "bell" waits for the notification granted as "bell", writes the time at which it goes on into the
 * first word of the memory object granted as "times", and signals "done". It ends when it gets
 * BELL_STOP.
 */
#pragma once

#define BELL_RING 1
#define BELL_STOP 2

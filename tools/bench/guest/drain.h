/*
 * The consumer that the benchmark of channels has.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The program "drain" takes as many messages as its argument says, from the channel in the memory
 * granted as "channel", and then writes the time into the first word of the memory granted as
 * "times".
 */
#pragma once

#define DRAIN_MESSAGE 64
#define DRAIN_LAYOUT  ((struct channel_layout){.capacity = DRAIN_MESSAGE, .n_slots = 512})

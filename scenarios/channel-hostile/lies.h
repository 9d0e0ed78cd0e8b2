/*
 * What the liar is asked for, and the channel that it lies in.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "capos/capos.h"
#include "channel/parked.h"

/* Its argument: as a producer, which sends one good message first, then as a consumer. */
enum lie {
    INDEX_FAR,
    INDEX_BACK,
    LENGTH,
    LENGTH_BY_ONE,
    CHANGING,
    OTHER_SIDE,
    STORM,
    CLOSED,
    DIES,
    CONSUMERS, /* from here on */
    TAKEN_FAR = CONSUMERS,
    TAKEN_BACK,
    TAKES_NOTHING,
    LIES,
};

#define LAYOUT       ((struct channel_layout){.capacity = 64, .n_slots = 8})
#define GOOD_MESSAGE "good"

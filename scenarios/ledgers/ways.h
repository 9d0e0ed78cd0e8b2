/*
 * The ways in which exhaust.guest.c uses up its budget, and the flags by which programs wait for each other.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "abi/err.h"

enum way {
    WAY_MEMORY,        /* frames, by mapping memory */
    WAY_TABLES,        /* frames, by page tables for memory that is far apart */
    WAY_OBJECT_MEMORY, /* frames, by memory objects */
    WAY_OBJECTS,       /* objects, by memory objects of one page */
    WAY_MAPPINGS,      /* objects, by mapping one memory object again and again */
    WAY_ENDPOINTS,     /* objects, by endpoints */
    WAY_THREADS,       /* objects, by threads */
    WAY_CAPS,          /* capabilities, by minting */
    WAY_CALLS,         /* operations in flight */
    WAY_TIMERS,        /* deadlines */
    WAYS,
};

/* Words of the page that is granted as "flags". */
enum flag {
    FLAG_ROUNDS,  /* how many the sibling has done */
    FLAG_OVER,    /* it may end */
    FLAG_USED_UP, /* exhaust.guest.c has nothing left */
    FLAG_GO_ON,   /* it may go on */
};

struct exhaust {
    uint32_t way; /* enum way */
    err_t error;  /* what is expected in the end */
};

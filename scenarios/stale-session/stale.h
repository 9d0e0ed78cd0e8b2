/*
 * What the programs of this scenario share: a service, and a page of memory for what cannot be said
 * otherwise.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A program whose session has ended prints no lines any more, for the console refuses it. So it
 * notes what came of its attempts in memory that it shares with init, which prints them.
 */
#pragma once

#include "capos/capos.h"
#include "capos/program.h"

#define INTERFACE_SERVICE 0xd85f1b037ce24a96

enum {
    SERVICE_ECHO,  /* (number) -> (number, epoch of the caller's session) */
    SERVICE_READY, /* () -> (): what is to happen while it is served happens then */
};

enum part { LOGOUT, IN_LINE, AT_THE_TERMINAL, EXPIRED, RENEWED, PARTS };

/* What no answer may bring to an ended session. */
#define SECRET 0x5ec2e7a11bad5ec2

#define NOTES_MAX 48

struct note {
    char what[80];
    struct outcome outcome;
    err_t expected;
};

struct notes {
    uint32_t n;
    struct note notes[NOTES_MAX];
};
_Static_assert(sizeof(struct notes) <= 2 * 4096, "in two pages");

static inline struct notes *notes_map(cap_t memory)
{
    uint64_t at;

    check(outcome_is_done(memory_map(memory, 0, 0, 2, ACCESS_READ_WRITE, &at)), "the notes");
    return (struct notes *)at;
}

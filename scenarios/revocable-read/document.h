/*
 * What "library" does for whom it has given a document to, and the other calls of this scenario.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Parameters and results are words.
 */
#pragma once

#include "capos/capos.h"
#include "capos/program.h"

#define INTERFACE_DOCUMENT 0xd0c5a1f27b3e9c64
#define INTERFACE_LIBRARY  0x11b2a2f00d5e3c17
#define INTERFACE_DESK     0xde5c0ffee1234a87

/* Document. The text is DOCUMENT_WORDS times the same word, which nobody sees elsewhere. */
#define DOCUMENT_WORDS 16
#define DOCUMENT_TEXT  0x5ec2e7ab0075c1d3
enum {
    DOCUMENT_READ,        /* () -> (text) */
    DOCUMENT_READ_SLOWLY, /* () -> (text), when the library turns the page */
};

/* Library, which only its owner has. */
enum {
    LIBRARY_HELD,      /* () -> (how many read slowly) */
    LIBRARY_TURN_PAGE, /* () -> (): answers them */
    LIBRARY_STOP,      /* () -> () */
};

/* Desk, at which readers meet the owner and each other. */
enum {
    DESK_GIVE,  /* (document) -> () */
    DESK_READY, /* () -> (), when it has been revoked */
};

static inline struct outcome document_read(cap_t document)
{
    uint64_t text[DOCUMENT_WORDS];
    struct outcome outcome =
        capos_call(document, INTERFACE_DOCUMENT, DOCUMENT_READ, NULL, 0, text, DOCUMENT_WORDS);

    for (unsigned i = 0; i < DOCUMENT_WORDS && outcome_is_done(outcome); i++)
        check(text[i] == DOCUMENT_TEXT, "the text");
    return outcome;
}

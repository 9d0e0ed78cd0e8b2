/*
 * Endpoints that tell each caller by which reference they know it.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "capos/capos.h"
#include "capos/program.h"

#define INTERFACE_MIRROR 0xc2f80d5b9e617a43
#define INTERFACE_POST   0x9d31b7e64f0c82a5 /* takes a mirror */

enum {
    MIRROR_LOOK, /* () -> (session, its second half, epoch, flags) */
    MIRROR_STOP, /* the same; then it serves no more */
};

#define REFERENCE_LEN 16

/* In hexadecimal digits. */
static inline void reference_text(const uint64_t *reference, char text[2 * REFERENCE_LEN + 1])
{
    const uint8_t *bytes = (const uint8_t *)reference;

    for (unsigned i = 0; i < 2 * REFERENCE_LEN; i++)
        text[i] = "0123456789abcdef"[bytes[i / 2] >> (i % 2 ? 0 : 4) & 0xf];
    text[2 * REFERENCE_LEN] = 0;
}

/* A line about how MIRROR sees this process. */
static inline void look(const char *what, cap_t mirror)
{
    char text[2 * REFERENCE_LEN + 1];
    uint64_t seen[4];

    check(outcome_is_done(capos_call(mirror, INTERFACE_MIRROR, MIRROR_LOOK, NULL, 0, seen, 4)),
          "a look at %s", what);
    reference_text(seen, text);
    if (seen[3] & RING_CALLER_LIVE)
        console_printf("%s: reference %s, epoch %lu", what, text, seen[2]);
    else
        console_printf("%s: no reference%s", what, seen[0] | seen[1] ? ", but bytes for one" : "");
}

/*
 * The ring tap (abi/ringtap.h): writes each submission and completion as a packet.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Off unless asked for; then a look at one flag is all that it costs.
 */
#pragma once

#include "lib/types.h"

struct ring_completion;
struct ring_submission;
struct thread;

extern bool tap_is_on;

/* Begins the stream. */
void tap_open(void);

/* One that is taken again, as it has been too long for one stay, is written only once. */
void tap_write_submission(struct thread *thread, const struct ring_submission *submission);
void tap_write_completion(const struct thread *thread, const struct ring_completion *completion);

static inline void tap_submission(struct thread *thread, const struct ring_submission *submission)
{
    if (__builtin_expect(tap_is_on, 0))
        tap_write_submission(thread, submission);
}

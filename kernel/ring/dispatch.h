/*
 * Carries out a submission.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

struct ring_submission;
struct thread;

/* Ends in a completion at once or in an operation in flight; a completion is promised for it already. SUBMISSION is
 * the kernel's copy. The thread may have ended afterwards. */
void dispatch(struct thread *thread, const struct ring_submission *submission);

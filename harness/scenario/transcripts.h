/* The transcripts of a run's streams, and their comparison with goldens.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "harness/result/result.h"

#include <stdbool.h>

/* Makes the transcript of every stream, network and program of the run, compares those that have a
 * golden (or, with @accept, makes them the goldens), and fills the streams of @result. False when
 * the host could not do it. The machines have ended. @differs: whether a golden differs, is
 * missing, or belongs to no stream. */
bool transcripts_compare(struct result *, bool accept, bool *differs, struct error *);

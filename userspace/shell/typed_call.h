/*
 * A call of any method by its name, with JSON in and JSON out, as the schemas say.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Where a schema wants a capability, JSON says "$NAME". Capabilities that come with the results get numbers, and stand in
 * the JSON by them.
 */
#pragma once

#include "held.h"

/* Calls METHOD of the capability with JSON, and shows what comes. RESULT: the name for the capability that the
 * method returns; NULL: a number. */
void typed_call(const struct name *, const char *method, const char *json, const char *result);

/*
 * From a request to the files that it asks for.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "files.h"
#include "request.h"

/* Adds to FILES what the request asks for. What is refused stands in request->refusal; then
 * FILES is worth nothing. */
void generate(struct request *, struct files *);

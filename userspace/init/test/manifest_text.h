/*
 * Manifests for tests, in the text form of the schema language.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "interfaces/manifest.capnp.h"

/* What Debian's capnp makes of the text, with single quotes for double ones: a message in memory
 * that the next call uses again. Ends the test when capnp makes nothing of it. */
struct manifest_reader manifest_of(const char *text);

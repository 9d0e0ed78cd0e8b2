/*
 * The files that a schema becomes: what stands around the code, and what make has to know.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "files.h"
#include "generator.h"

/* Relative, nowhere else than below the current folder, and nothing that C or make would take
 * for something else. */
bool is_output_path(struct capnp_text);

/* Adds what was generated for the schema NAME to FILES. */
void outputs_add(struct generator *, struct files *, struct capnp_text name);

/*
 * What the shell holds and knows: its capabilities by name, and the schemas of interfaces.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "capnp_json/schema.h"
#include "names.h"

/* Takes the grants into the names, and opens the schemas, which stand in the shell's own image. */
void held_open(void);

struct names *held_names(void);
struct capnp_schema *held_schema(void);

/* The capability of that name; NULL, and the user is told. */
struct name *held_find(const char *name);

/* The capability that was granted by that name and with that interface, while it is held. Only these may be called without
 * Ctrl-C being able to cancel it: whoever granted them is trusted to have them answered; others may never answer. CAP_NONE:
 * there is none. held_need() also tells the user that a command needs it. */
cap_t held_grant(const char *name, uint64_t interface_id);
cap_t held_need(const char *name, uint64_t interface_id);

/* An interface's name, or its id where no schema has it. The text lives until the next call. */
const char *held_interface_name(uint64_t id);

/*
 * The state of one schema's generation, and its parts in the order of their use.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each part writes C for one node into the outputs. Whatever it cannot write is refused in the
 * request; then the outputs are worth nothing, and it does not matter what is put there
 * meanwhile.
 */
#pragma once

#include "output.h"
#include "symbols.h"
#include "types.h"

struct generator {
    struct request *request;
    const struct node *file;
    struct symbols symbols;
    struct output header, source;             /* FILE.capnp.h and .c */
    struct output calls_header, calls_source; /* FILE.calls.h and .c */
    bool has_floats, has_interfaces;
};

/* generate.c: a comment with the node's path, in front of what is made of it. */
void put_title(struct output *, const struct node *);

/* enums.c */
void generate_enum(struct generator *, const struct node *);

/* structs.c: the types and sizes of a struct or group; then its fields. */
void generate_struct_types(struct generator *, const struct node *);
void generate_struct_fields(struct generator *, const struct node *);

/* getters.c, setters.c */
void generate_getters(struct generator *, const struct field *);
void generate_setters(struct generator *, const struct field *);

/* constants.c */
void generate_constant(struct generator *, const struct node *);

/* interfaces.c: numbers of an interface and its methods. */
void generate_interface(struct generator *, const struct node *);

/* clients.c, servers.c */
void generate_clients(struct generator *, const struct node *);
void generate_server(struct generator *, const struct node *);

/* values.c: what the data section holds for a value: its bits. */
uint64_t value_bits(struct schema_value_reader);

/* values.c: defines NAME, the words of a message whose root is VALUE, which is of a pointer's
 * TYPE. */
void generate_words(struct generator *, const struct node *, struct capnp_text member,
                    const char *name, const struct type *, struct schema_value_reader);

/* symbols.c: a name of NODE or its MEMBER; refuses what is declared twice and C's keywords. */
void declare(struct generator *, const struct node *, struct capnp_text member, const char *name);

/* The same for a struct or enum, whose names are apart from others in C. */
void declare_tag(struct generator *, const struct node *, const char *name);

/* Declares and begins a function in OUT: "RESULT NAME(PARAMS)". */
void put_function(struct generator *, struct output *, const struct field *, const char *result,
                  const char *name, const char *params);

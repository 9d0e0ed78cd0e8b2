/*
 * Schemas at run time: a CodeGeneratorRequest, as `capnp compile -o-` writes it, looked up by id
 * and by name.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The request is one framed message, aligned to 8, that stays where it is and does not change. Its
 * nodes are read with the readers of capnp/schema.capnp. A request may come from anybody: a lie in
 * it reads as something empty, and stays in capnp_error(&schema->message). Each look-up pays anew
 * out of the same budget, so that a schema lasts as long as it is needed and yet no look-up is
 * longer than the request.
 */
#pragma once

#include "capnp/framing.h"
#include "capnp/schema.capnp.h"

/* capnp writes large requests in several segments. */
#define CAPNP_SCHEMA_SEGMENTS_MAX 64

/* Must stay where it is. */
struct capnp_schema {
    struct capnp_message message;
    struct capnp_segment segments[CAPNP_SCHEMA_SEGMENTS_MAX];
    uint64_t budget;
    struct capnp_list nodes, comments;
};

/* ERR_BAD_MESSAGE: no request; ERR_NO_ROOM: in more than CAPNP_SCHEMA_SEGMENTS_MAX segments. */
err_t capnp_schema_open(struct capnp_schema *, const void *request, size_t len);

/* Begins a look-up by other means: what is read from here on pays out of the whole budget. */
static inline void capnp_schema_begin(struct capnp_schema *schema)
{
    schema->message.budget = schema->budget;
}

/* The node of that id. */
bool capnp_schema_find(struct capnp_schema *, uint64_t id, struct schema_node_reader *);

/*
 * The node of that kind by NAME: its own name ("Timer"), or with what it stands in
 * ("ProcessHandle.Reason", "timer.capnp:Timer"). How many there are, of which NODE becomes the
 * first.
 */
unsigned capnp_schema_find_name(struct capnp_schema *, enum schema_node_which, const char *name,
                                struct schema_node_reader *node);

/* A node's name in its file: "ProcessHandle.Reason". A NUL is behind it. */
struct capnp_text capnp_schema_name(struct schema_node_reader);

/* A struct's field by name, among the members of its unnamed union, too. */
bool capnp_schema_find_field(struct capnp_schema *, struct schema_node_reader, const char *name,
                             struct schema_field_reader *);

/* An interface's own method by name, and its ordinal. */
bool capnp_schema_find_method(struct capnp_schema *, struct schema_node_reader, const char *name,
                              uint16_t *ordinal, struct schema_method_reader *);

/* The comment that stands at a node, and at its member MEMBER: a field, method or enumerant by
 * ordinal. Empty: none. */
struct capnp_text capnp_schema_comment(struct capnp_schema *, uint64_t id);
struct capnp_text capnp_schema_member_comment(struct capnp_schema *, uint64_t id, uint32_t member);

/* A message's root of the struct type ID. Goes nowhere when there is no such type. */
struct capnp_struct_builder capnp_schema_init_root(struct capnp_schema *, uint64_t id,
                                                   struct capnp_builder *);

/*
 * What `capnp compile` asks of a plugin: its nodes by id, each with the name that it has in C.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A request is foreign: an id may lead nowhere, a list may be absent, a name may be anything.
 * request_open() checks what everything else relies on: nodes of files and what is declared in
 * them form trees, and all names in them are identifiers. The message of the request must stay
 * where it is.
 */
#pragma once

#include "refusal.h"
#include "schema.capnp.h"

#define NODES_MAX    65536u
#define NAME_LEN_MAX 128 /* a declaration's name in C, with the NUL */
#define DEPTH_MAX    16  /* of declarations in declarations */
#define NO_NODE      UINT32_MAX
/* Bounds of a request in bytes, and of what is read of each of its words: comments are, once;
 * types often. */
#define REQUEST_LEN_MAX (64u << 20)
#define REQUEST_BUDGET  8192

struct node {
    struct schema_node_reader schema;
    uint64_t id;
    enum schema_node_which kind;
    uint32_t file;           /* the node of the file that it is declared in; NO_NODE: in none */
    uint32_t next;           /* in order of declaration: the next one of the file, or NO_NODE */
    bool is_used;            /* a file: the one being generated uses something of it */
    char name[NAME_LEN_MAX]; /* in C, in lower case; of a file: its prefix, or empty */
    struct capnp_text comment;
    struct capnp_list member_comments; /* by field, enumerant or method; may be empty */
};

struct request {
    struct capnp_message *message;
    struct schema_code_generator_request_reader schema;
    struct node *nodes; /* by id */
    uint32_t n_nodes;
    struct refusal refusal;
};

/* Takes the root of MESSAGE. What is refused stands in request->refusal; request_close() is due
 * in any case. */
void request_open(struct request *, struct capnp_message *message);
void request_close(struct request *);

/* NULL: the request has no node of that id, or none of that kind that is declared in a file. */
const struct node *request_node(const struct request *, uint64_t id);
const struct node *request_node_of(const struct request *, uint64_t id,
                                   enum schema_node_which kind);

/* The comment of the member with that index; may be empty. */
struct capnp_text node_member_comment(const struct node *, uint32_t index);

/*
 * Fields and their types, checked and ready to be written in C.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "request.h"

enum type_kind {
    TYPE_VOID,
    TYPE_BOOL,
    TYPE_INTEGER,
    TYPE_FLOAT,
    TYPE_ENUM,
    TYPE_TEXT,
    TYPE_DATA,
    TYPE_LIST,
    TYPE_STRUCT,
    TYPE_CAP,     /* an interface, or Capability */
    TYPE_POINTER, /* AnyPointer, AnyStruct, AnyList */
    TYPE_GROUP,   /* only of fields */
};

struct type {
    enum type_kind kind;
    enum schema_value_which which; /* what a value of this type is */
    uint32_t bits;                 /* in the data section; 0: a pointer, or nothing */
    bool is_signed;                /* an integer */
    const struct node *node;       /* of an enum, struct or group */
    enum type_kind element;        /* of a list */
    const struct node *element_node;
    const char *element_size; /* the name in C: "CAPNP_BIT" */
};

struct field {
    const struct node *owner;  /* struct or group */
    char name[NAME_LEN_MAX];   /* its own component: "until" */
    char c_name[NAME_LEN_MAX]; /* with the owner's: "timer_sleep_params_until" */
    struct capnp_text schema_name;
    struct capnp_text comment;
    struct type type;
    uint32_t offset; /* data: in bytes, or in bits (bool); else the number of the pointer */
    bool in_union;
    uint16_t tag;                     /* the union's discriminant when this member is set */
    struct schema_value_reader value; /* the default; of no meaning for groups */
    bool is_default_explicit;
};

/* Reads TYPE as it appears at PATH.MEMBER. False: refused. */
bool type_read(struct request *, struct capnp_text path, struct capnp_text member,
               struct schema_type_reader, struct type *);

/* Refuses a value that is not of TYPE. */
bool value_check(struct request *, struct capnp_text path, struct capnp_text member,
                 const struct type *, struct schema_value_reader);

/* Reads field INDEX of a struct or group that lies in a struct. False: refused. */
bool field_read(struct request *, const struct node *owner, uint32_t index, struct field *);

uint32_t node_n_fields(const struct node *);

static inline bool type_is_pointer(const struct type *type)
{
    return type->kind >= TYPE_TEXT && type->kind <= TYPE_POINTER;
}

/* The type of a value in C: "uint32_t", "enum terminal_echo", "struct capnp_text", "struct
 * budget_reader". */
void type_in_c(const struct type *, char to[NAME_LEN_MAX + 16]);

/* Refuses type parameters and their bindings. */
bool brand_check(struct request *, struct capnp_text path, struct capnp_text member,
                 struct schema_brand_reader);

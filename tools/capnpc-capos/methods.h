/*
 * Methods of interfaces, checked and ready to be written in C.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "generator.h"

/* StreamResult of /usr/include/capnp/stream.capnp: what "-> stream" returns. */
#define STREAM_RESULT 0x995f9a3377c0b16e

struct method {
    const struct node *interface;
    char name[NAME_LEN_MAX];   /* its own component: "sleep" */
    char c_name[NAME_LEN_MAX]; /* with the interface's: "timer_sleep" */
    char upper[NAME_LEN_MAX];  /* its number */
    struct capnp_text schema_name, comment;
    const struct node *params, *results; /* structs */
};

uint32_t interface_n_methods(const struct node *);

/* Reads method INDEX, which is its number. False: refused. */
bool method_read(struct generator *, const struct node *interface, uint32_t index, struct method *);

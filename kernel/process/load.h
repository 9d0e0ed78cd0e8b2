/*
 * Makes a process out of a program.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "cap/table.h"
#include "ledger/ledger.h"
#include "lib/bytes.h"

struct process;
struct session;

/* Pages that a program's segments may have altogether. */
#define LOAD_PAGES_MAX  4096
#define LOAD_GRANTS_MAX 32
#define LOAD_NAME_MAX   63

/* A capability that the new process gets, under a name. */
struct load_grant {
    struct bytes name;
    const struct cap *cap;
};

struct load_request {
    const char *name;
    struct bytes elf;
    struct bytes arguments;
    struct process *parent;  /* NULL: this is the first one */
    struct session *session; /* whose scopes its grants have passed */
    struct budget budget;
    uint32_t arena_pages;
    unsigned priority;
    unsigned n_grants;
    struct load_grant grants[LOAD_GRANTS_MAX];
};

/* Starts the program; *OUT has a reference for the caller. When it is refused, nothing is left of
 * it, and *WHY says why if the program itself is bad. */
err_t load(const struct load_request *request, struct process **out, const char **why);

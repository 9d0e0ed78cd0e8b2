/*
 * What a program of players is started with, and how it talks to init.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <stdint.h>

#define WORKERS 5
#define TOKENS  6 /* of each worker */

/* The argument of a worker; its index below WORKERS. Of a process further down: */
struct victim {
    uint64_t seed;
    uint32_t n_operations;
    uint32_t depth; /* 0: it is a worker */
};

/* Methods of init. JOIN gives capabilities: a client of each worker whose answers count, one of
 * each whose answers do not, and tokens. MEET is answered when all workers are there. REPORT says
 * the score. A call of a token shows that it is held. */
enum { METHOD_JOIN = 1, METHOD_MEET, METHOD_REPORT, METHOD_TOKEN };
#define INTERFACE_BANK 0x8e1a44c09d53b276ull

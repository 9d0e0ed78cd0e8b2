/*
 * Options of the kernel, given as words on its command line.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An option is name=value; words are separated by spaces. The last of several counts. What is not
 * understood is logged and ignored, so a command line never keeps the kernel from booting.
 */
#pragma once

#include "lib/types.h"

/* What the kernel does when it has nothing left to do. */
#define AT_END_LIST(X)              \
    X(AT_END_POWER_OFF, "poweroff") \
    X(AT_END_HALT, "halt")          \
    X(AT_END_REBOOT, "reboot")

/* How the kernel breaks on purpose. */
#define PROVOKE_LIST(X)                     \
    X(PROVOKE_NONE, "none")                 \
    X(PROVOKE_PANIC, "panic")               \
    X(PROVOKE_ASSERT, "assert")             \
    X(PROVOKE_FAULT, "fault")               \
    X(PROVOKE_DIVIDE, "divide")             \
    X(PROVOKE_STACK, "stack")               \
    X(PROVOKE_OVERFLOW, "overflow")         \
    X(PROVOKE_TRIPLE_FAULT, "triple-fault") \
    X(PROVOKE_SPIN, "spin")

#define SWITCH_LIST(X) \
    X(SWITCH_NO, "no") \
    X(SWITCH_YES, "yes")

#define OPTION_ENUM(id, word) id,
enum at_end { AT_END_LIST(OPTION_ENUM) };
enum provoke { PROVOKE_LIST(OPTION_ENUM) };
enum { SWITCH_LIST(OPTION_ENUM) };
#undef OPTION_ENUM

#define LOG_FLOOD_MAX 1000000

struct options {
    uint32_t at_end;    /* enum at_end */
    uint32_t help;      /* SWITCH_YES: list the options */
    uint32_t log_flood; /* lines; 0: none */
    uint32_t pause;     /* SWITCH_YES: wait for a line on the console */
    uint32_t provoke;   /* enum provoke */
    uint32_t ringtap;   /* SWITCH_YES: each submission and completion goes to the debug port */
};

/* Sets every option: from COMMAND_LINE, or to its default. */
void options_read(const char *command_line, struct options *options);

/* Logs every option with its value, in one line. */
void options_log(const struct options *options);

/* Logs every option with what it does, one line each. */
void options_log_help(void);

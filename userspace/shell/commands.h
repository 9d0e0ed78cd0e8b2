/*
 * The shell's commands.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each is a function of its words, the first of which is its name. What goes wrong is said, and never ends the shell.
 */
#pragma once

#include "words.h"

struct command {
    const char *name;
    const char *usage;   /* what follows the name */
    const char *summary; /* a line */
    const char *more;    /* what else "help NAME" says, in lines; may be empty */
    void (*run)(const struct word *words, uint32_t n);
};

extern const struct command commands[];
extern const uint32_t n_commands;

/* Does what a line says. */
void command_line(const char *line);

/* Does what words say that are a command. */
void command_words(const struct word *words, uint32_t n);

/* Says how the command is to be written. */
void command_usage(const char *name);

/* A whole number without sign; false: it is none. */
bool number_read(const char *text, uint64_t max, uint64_t *number);

/* names.c's entry for the capability of "NAME = call …" while that runs; NULL: none was asked for. */
const char *command_result(void);

/* commands_caps.c */
void command_caps(const struct word *words, uint32_t n);
void command_call(const struct word *words, uint32_t n);
void command_describe(const struct word *words, uint32_t n);
void command_drop(const struct word *words, uint32_t n);

/* commands_jobs.c */
void command_run(const struct word *words, uint32_t n);
void command_ps(const struct word *words, uint32_t n);
void command_kill(const struct word *words, uint32_t n);

/* commands_system.c */
void command_time(const struct word *words, uint32_t n);
void command_mem(const struct word *words, uint32_t n);
void command_log(const struct word *words, uint32_t n);

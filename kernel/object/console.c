/*
 * Console (kernel.capnp): lines of a process in the kernel's log.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "object/console.h"

#include "abi/kernel.capnp.h"
#include "lib/message_bytes.h"
#include "log/log.h"
#include "process/process.h"
#include "ring/invocation.h"
#include "sched/work.h"

#define TEXT_MAX  4000
#define LINES_MAX 64

static unsigned count_lines(struct bytes text)
{
    unsigned n = 1;

    for (size_t i = 0; i < text.len; i++)
        n += text.at[i] == '\n';
    return n;
}

/* The line that begins at AT; what follows it, without the line feed, is left in REST. */
static struct bytes next_line(struct bytes *rest)
{
    struct bytes line = {rest->at, 0};

    while (line.len < rest->len && line.at[line.len] != '\n')
        line.len++;
    *rest = bytes_from(*rest, line.len + 1);
    return line;
}

static err_t write(struct invocation *invocation)
{
    struct console_write_params_reader params = console_write_params_root(&invocation->params);
    struct bytes text = bytes_of_text(console_write_params_text(params));
    err_t error = capnp_error(&invocation->params);

    if (!error && (text.len > TEXT_MAX || count_lines(text) > LINES_MAX))
        error = ERR_BAD_ARGUMENT;
    if (error)
        return error;
    console_write_results_init_root(&invocation->results);
    while (text.len) {
        struct bytes line = next_line(&text);

        work_add(WORK_LOG_LINE);
        log_line(invocation->process->name, "%.*s", (int)line.len, (const char *)line.at);
    }
    return ERR_OK;
}

static const struct method methods[CONSOLE_METHODS] = {
    [CONSOLE_WRITE] = {write, RESULT_WORDS(CONSOLE_WRITE), 0},
};

static const struct object_type type = {
    .name = "console",
    .interface_id = INTERFACE_CONSOLE,
    .methods = methods,
    .n_methods = CONSOLE_METHODS,
    .session_bound = true,
};

struct object console = {.type = &type, .refs = 1};

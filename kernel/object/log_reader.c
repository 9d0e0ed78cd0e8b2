/*
 * LogReader (kernel.capnp): the kernel's log, for those who may see what all programs write there.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "object/log_reader.h"

#include "abi/kernel.capnp.h"
#include "log/history.h"
#include "log/log.h"
#include "ring/invocation.h"

#define TEXT_MAX 4000

static err_t read(struct invocation *invocation)
{
    static char text[TEXT_MAX];
    struct log_read_params_reader params = log_read_params_root(&invocation->params);
    uint32_t max = log_read_params_max_len(params);
    struct log_read_results_builder results;
    struct log_part part;

    if (max < LOG_LINE_LEN_MAX || max > TEXT_MAX)
        return ERR_BAD_ARGUMENT;
    if (!invocation_has_room(invocation, RESULT_WORDS(LOG_READ), max))
        return ERR_NO_ROOM;
    if (!log_history_read(log_read_params_cursor(params), text, max, &part))
        return ERR_BAD_ARGUMENT;
    results = log_read_results_init_root(&invocation->results);
    log_read_results_set_cursor(results, part.end);
    log_read_results_set_lost(results, part.lost);
    log_read_results_set_text(results, capnp_data(text, (uint32_t)part.len));
    return ERR_OK;
}

static const struct method methods[LOG_METHODS] = {
    [LOG_READ] = {read, RESULT_WORDS(LOG_READ), 0},
};

static const struct object_type type = {
    .name = "log reader",
    .interface_id = INTERFACE_LOG,
    .methods = methods,
    .n_methods = LOG_METHODS,
    .session_bound = true,
};

struct object log_reader = {.type = &type, .refs = 1};

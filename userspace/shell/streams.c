/*
 * The streams of the shell's jobs: one service, whose clients' cookies say which job's and which
 * stream it is.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "streams.h"

#include <string.h>

#include "abi/kernel.calls.h"
#include "capos/service.h"
#include "capos/start.h"
#include "interfaces/stdio.calls.h"
#include "loop.h"
#include "prompt.h"
#include "user.h"

#define CHUNK_MAX 4000 /* bytes that a call carries */
#define ROOM      4096

/* A client's cookie: the job's number, and the stream's. */
enum stream_number { STREAM_INPUT, STREAM_OUTPUT, STREAM_ERROR };
#define STREAM_BITS 2

static struct outcome stream_read(void *object, struct incoming *,
                                  struct byte_stream_read_params_reader,
                                  struct byte_stream_read_results_builder);
static struct outcome stream_write(void *object, struct incoming *,
                                   struct byte_stream_write_params_reader,
                                   struct byte_stream_write_results_builder);
static struct outcome stream_info(void *object, struct incoming *,
                                  struct byte_stream_info_params_reader,
                                  struct byte_stream_info_results_builder);
static struct outcome stream_set_mode(void *object, struct incoming *,
                                      struct byte_stream_set_mode_params_reader,
                                      struct byte_stream_set_mode_results_builder);

static const struct byte_stream_server methods = {
    .read = stream_read, .write = stream_write, .info = stream_info, .set_mode = stream_set_mode};
static const struct service_interface interfaces[] = {BYTE_STREAM_SERVICE(methods)};

static void *find_job(struct service *service, uint64_t cookie)
{
    (void)service;
    return job_find((uint32_t)(cookie >> STREAM_BITS));
}

static struct service service = {
    .interfaces = interfaces, .n_interfaces = 1, .room = ROOM, .find = find_job};

static enum stream_number number_of(const struct incoming *incoming)
{
    return incoming->cookie & ((1 << STREAM_BITS) - 1);
}

/* --- Reading --- */

/* A read that waits may have been cancelled, and nobody says so: only the last one counts. */
static void reader_supersede(struct job *job)
{
    if (job->reader.reply != CAP_NONE)
        answer_refuse(job->reader, outcome_refuse(EXCEPTION_FAILED, ERR_IN_USE,
                                                  "another read has taken the place of this one"));
    job->reader.reply = CAP_NONE;
}

/* What did not reach a reader is the next one's; one that still waits is told. */
void stream_answer(struct job *job)
{
    struct tty *tty = job_tty();
    uint8_t bytes[CHUNK_MAX];
    struct outcome outcome;
    struct call answer;
    uint32_t len;

    if (job->reader.reply == CAP_NONE || !tty_is_ready(tty))
        return;
    len = (uint32_t)tty_take(tty, bytes, job->reader_max);
    answer_open(&answer, job->reader, 2 + (len + 7) / 8);
    byte_stream_read_results_set_bytes(byte_stream_read_results_init_root(&answer.params),
                                       capnp_data(bytes, len));
    outcome = answer_send(&answer);
    if (!outcome_is_done(outcome))
        tty_give_back(tty, bytes, len);
    if (!outcome_is_done(outcome) && outcome.code != ERR_CANCELLED)
        answer_refuse(job->reader, outcome);
    job->reader.reply = CAP_NONE;
}

/* What is there at once; what is not is awaited. */
static struct outcome stream_read(void *object, struct incoming *incoming,
                                  struct byte_stream_read_params_reader params,
                                  struct byte_stream_read_results_builder results)
{
    struct job *job = object;
    uint32_t max = byte_stream_read_params_max_len(params);

    (void)results;
    if (number_of(incoming) != STREAM_INPUT)
        return outcome_refuse(EXCEPTION_UNIMPLEMENTED, ERR_UNSUPPORTED,
                              "this stream is for writing");
    if (max == 0 || max > CHUNK_MAX)
        return outcome_refuse(EXCEPTION_FAILED, ERR_BAD_ARGUMENT, "1 to %u bytes can be read",
                              CHUNK_MAX);
    if (!job_is_foreground(job))
        return outcome_done();
    reader_supersede(job);
    job->reader = incoming_defer(incoming);
    job->reader_max = max;
    stream_answer(job);
    return outcome_done();
}

/* --- Writing --- */

static void show_line(struct job *job)
{
    prompt_hide();
    say("[%u] ", job->number);
    say_text(job->line, job->line_len);
    say("\n");
    prompt_show();
    job->line_len = 0;
}

static void write_lines(struct job *job, struct capnp_data bytes)
{
    for (uint32_t i = 0; i < bytes.len; i++) {
        if (bytes.at[i] != '\n' && bytes.at[i] != '\r')
            job->line[job->line_len++] = (char)bytes.at[i];
        if (bytes.at[i] == '\n' || job->line_len == JOB_LINE_LEN)
            show_line(job);
    }
}

void stream_end(struct job *job)
{
    cap_drop(job->reader.reply);
    job->reader.reply = CAP_NONE;
    if (job->line_len > 0)
        show_line(job);
}

static struct outcome stream_write(void *object, struct incoming *incoming,
                                   struct byte_stream_write_params_reader params,
                                   struct byte_stream_write_results_builder results)
{
    struct job *job = object;
    struct capnp_data bytes = byte_stream_write_params_bytes(params);

    (void)results;
    if (number_of(incoming) == STREAM_INPUT)
        return outcome_refuse(EXCEPTION_UNIMPLEMENTED, ERR_UNSUPPORTED,
                              "this stream is for reading");
    if (bytes.len > CHUNK_MAX)
        return outcome_refuse(EXCEPTION_FAILED, ERR_BAD_LENGTH, "at most %u bytes can be written",
                              CHUNK_MAX);
    if (!job_is_foreground(job)) {
        write_lines(job, bytes);
        return outcome_done();
    }
    tty_hide(job_tty());
    user_show(NULL, (const char *)bytes.at, bytes.len);
    tty_show(job_tty());
    return outcome_done();
}

/* --- Being a terminal --- */

static struct outcome stream_info(void *object, struct incoming *incoming,
                                  struct byte_stream_info_params_reader params,
                                  struct byte_stream_info_results_builder results)
{
    (void)incoming;
    (void)params;
    if (!job_is_foreground(object)) {
        byte_stream_info_results_set_kind(results, BYTE_STREAM_KIND_LOG);
        return outcome_done();
    }
    byte_stream_info_results_set_kind(results, BYTE_STREAM_KIND_TERMINAL);
    byte_stream_info_results_set_columns(results, TTY_COLUMNS);
    byte_stream_info_results_set_rows(results, TTY_ROWS);
    return outcome_done();
}

static struct outcome stream_set_mode(void *object, struct incoming *incoming,
                                      struct byte_stream_set_mode_params_reader params,
                                      struct byte_stream_set_mode_results_builder results)
{
    static const enum tty_mode modes[] = {[BYTE_STREAM_MODE_LINE] = TTY_LINE,
                                          [BYTE_STREAM_MODE_KEYS] = TTY_KEYS,
                                          [BYTE_STREAM_MODE_HIDDEN] = TTY_HIDDEN};
    enum byte_stream_mode mode = byte_stream_set_mode_params_mode(params);

    (void)incoming;
    (void)results;
    if (!job_is_foreground(object))
        return outcome_refuse(EXCEPTION_UNIMPLEMENTED, ERR_UNSUPPORTED,
                              "this stream is no terminal");
    if (mode >= BYTE_STREAM_MODE_COUNT)
        return outcome_refuse(EXCEPTION_FAILED, ERR_BAD_ARGUMENT, "a terminal has no mode %u",
                              mode);
    tty_set_mode(job_tty(), modes[mode]);
    return outcome_done();
}

/* --- The service --- */

/* Without the means to receive, callers stay in line until something else has ended. */
static bool is_stalled;

static void receive(void)
{
    is_stalled = service_submit(&service, LOOP_STREAMS) != ERR_OK;
}

void streams_resume(void)
{
    if (is_stalled)
        receive();
}

struct outcome streams_open(void)
{
    const struct grant *factory = capos_grant("endpoints");
    cap_t client;
    struct outcome outcome;
    err_t err;

    if (!factory)
        return outcome_transport(ERR_NOT_FOUND);
    outcome = endpoints_create(factory->cap, INTERFACE_BYTE_STREAM, &service.endpoint, &client);
    if (!outcome_is_done(outcome))
        return outcome;
    cap_drop(client);
    err = service_open(&service);
    if (err)
        return outcome_transport(err);
    receive();
    return outcome_done();
}

void streams_serve(const struct ring_completion *completion)
{
    is_stalled = !outcome_is_done(service_take(&service, completion));
    if (!is_stalled)
        receive();
}

struct outcome stream_mint(const struct job *job, uint32_t stream, cap_t *client)
{
    *client = CAP_NONE;
    if (service.endpoint == CAP_NONE)
        return outcome_done();
    return endpoint_mint(service.endpoint, (uint64_t)job->number << STREAM_BITS | stream,
                         INTERFACE_BYTE_STREAM, SCOPE_SHAREABLE, 0, client);
}

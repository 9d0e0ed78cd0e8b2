/*
 * Serves the streams of a POSIX program in several ways: as pipes, as a terminal, badly, and not at
 * all. SPDX-License-Identifier: Apache-2.0
 */
#include "capos/arguments.h"
#include "capos/capos.h"
#include "capos/program.h"
#include "interfaces/stdio.calls.h"

#define ROOM 4200 /* of a call: the longest text and its message */

enum { INPUT = 1, OUTPUT = 2 }; /* cookies */

static struct {
    const char *input; /* what is left of it */
    uint32_t piece;    /* most bytes that one read gets */
    enum byte_stream_kind kind;
    bool lies;
    uint32_t written, longest; /* bytes of all writes, of the longest one */
    struct service *service;
} streams;

static struct outcome read(void *object, struct incoming *incoming,
                           struct byte_stream_read_params_reader params,
                           struct byte_stream_read_results_builder results)
{
    uint32_t len = (uint32_t)strlen(streams.input), most = byte_stream_read_params_max_len(params);

    (void)object;
    (void)incoming;
    if (most > streams.piece)
        most = streams.piece;
    if (len > most)
        len = most;
    if (streams.lies)
        len = 2000;
    byte_stream_read_results_set_bytes(results, capnp_data(streams.input, len));
    streams.input += streams.lies ? 0 : len;
    return outcome_done();
}

/* Short texts are shown, without the end of their line. "." alone: the program is about to end. */
static void show(struct capnp_data bytes)
{
    char text[100] = {0};

    if (bytes.len == 2 && bytes.at[0] == '.')
        service_stop(streams.service);
    else if (bytes.len && bytes.len < sizeof(text))
        console_printf("written: %s", (char *)memcpy(text, bytes.at, bytes.len - 1));
}

static struct outcome write(void *object, struct incoming *incoming,
                            struct byte_stream_write_params_reader params,
                            struct byte_stream_write_results_builder results)
{
    struct capnp_data bytes = byte_stream_write_params_bytes(params);

    (void)object;
    (void)incoming;
    (void)results;
    show(bytes);
    streams.written += bytes.len;
    if (bytes.len > streams.longest)
        streams.longest = bytes.len;
    return outcome_done();
}

static struct outcome info(void *object, struct incoming *incoming,
                           struct byte_stream_info_params_reader params,
                           struct byte_stream_info_results_builder results)
{
    (void)object;
    (void)incoming;
    (void)params;
    byte_stream_info_results_set_kind(results, streams.kind);
    byte_stream_info_results_set_columns(results, 40);
    byte_stream_info_results_set_rows(results, 10);
    return outcome_done();
}

static struct outcome set_mode(void *object, struct incoming *incoming,
                               struct byte_stream_set_mode_params_reader params,
                               struct byte_stream_set_mode_results_builder results)
{
    static const char *const names[] = {"lines", "keys", "hidden lines"};

    (void)object;
    (void)incoming;
    (void)results;
    console_printf("mode: %s", names[byte_stream_set_mode_params_mode(params) % 3]);
    return outcome_done();
}

static const struct byte_stream_server methods = {
    .read = read, .write = write, .info = info, .set_mode = set_mode};

static cap_t start(const char *what, cap_t input, cap_t output)
{
    struct process_grant grants[] = {
        {"stdin", input},
        {"stdout", output},
        {"console", capos_cap("console")},
        {"thread", capos_cap("thread")},
        {"memory", capos_cap("memory")},
    };
    struct process_request request = {
        .image = "user",
        .arguments = what,
        .arguments_len = strlen(what) + 1,
        .grants = grants,
        .n_grants = 5,
        .budget = BUDGET_SMALL,
    };
    cap_t process;

    check(outcome_is_done(process_spawn(capos_cap("processes"), &request, &process)), "a process");
    return process;
}

/* Serves the program until it is about to end, closes the streams, and waits for it. */
static void run(const char *what, const char *text, uint32_t piece)
{
    static const struct service_interface interfaces[] = {BYTE_STREAM_SERVICE(methods)};
    struct service service = {.interfaces = interfaces, .n_interfaces = 1, .room = ROOM};
    struct process_end end;
    cap_t client, process;

    streams.input = text;
    streams.piece = piece;
    streams.service = &service;
    streams.written = streams.longest = 0;
    check(outcome_is_done(endpoints_create(capos_cap("endpoints"), INTERFACE_BYTE_STREAM,
                                           &service.endpoint, &client)),
          "an endpoint");
    process = start(what, client, client);
    check(service_open(&service) == ERR_OK, "room for a service");
    check(outcome_is_done(service_run(&service)), "a program that says that it ends");
    service_close(&service);
    cap_release(service.endpoint);
    end = program_finish(process);
    cap_release(client);
    console_printf("%s: %u bytes written, at most %u at once; %s %u", what, streams.written,
                   streams.longest, end.reason == PROCESS_REASON_EXITED ? "exit code" : "ended",
                   end.code);
}

int main(void)
{
    struct budget before = ledger_used();

    run("pipe", "one line\nand another", 5);
    run("long", "", 100);
    streams.kind = BYTE_STREAM_KIND_TERMINAL;
    run("terminal", "typed\n", 100);
    streams.kind = BYTE_STREAM_KIND_PIPE;
    streams.lies = true;
    run("lied to", "", 100);
    streams.lies = false;
    run("left", "", 100);
    run("killed", "", 100);
    ledger_check("all streams", before);
    return 0;
}

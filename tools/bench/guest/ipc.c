/*
 * What it costs to speak with other processes: by hand in the ring, and by the libraries.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The other side waits when an operation begins, and waits again when it has ended. On one
 * processor operations are counted; on two, pairs of a client and a server run beside each other,
 * and calls go from one processor to the other.
 */
#include "ipc.h"

#include "bench/echo.capnp.h"
#include "measure.h"

cap_t ipc_start(const char *image, const void *arguments, size_t len,
                const struct process_grant *grants, uint32_t n)
{
    struct process_request request = {
        .image = image,
        .arguments = arguments,
        .arguments_len = len,
        .grants = grants,
        .n_grants = n,
        .budget = {.frames = 256, .objects = 32, .calls = 64, .timers = 32, .caps = 512},
    };
    cap_t process;

    check(outcome_is_done(process_spawn(capos_cap("processes"), &request, &process)), "a process");
    return process;
}

void ipc_finish(cap_t process)
{
    struct process_end end;

    check(outcome_is_done(process_wait(process, &end.reason, &end.code)), "an end");
    check(end.reason == PROCESS_REASON_EXITED && end.code == 0, "a good one");
    cap_release(process);
}

static struct ipc_server serve(const char *image, size_t arguments_len)
{
    struct process_grant grant = {.name = "echo"};
    struct ipc_server server;

    check(outcome_is_done(endpoints_create(capos_cap("endpoints"), INTERFACE_ECHO, &server.endpoint,
                                           &server.client)),
          "an endpoint");
    grant.cap = server.endpoint;
    server.process = ipc_start(image, "k", arguments_len, &grant, 1);
    return server;
}

struct ipc_server ipc_serve(const char *image)
{
    return serve(image, 0);
}

struct ipc_server ipc_serve_keeping(const char *image)
{
    return serve(image, 1);
}

void ipc_close(const struct ipc_server *server)
{
    check(outcome_is_done(endpoint_close(server->endpoint)), "the end of a server");
    ipc_finish(server->process);
    cap_release(server->endpoint);
    cap_release(server->client);
}

struct ipc_times ipc_times_create(void)
{
    struct ipc_times times;
    uint64_t address;

    check(outcome_is_done(frames_allocate(capos_cap("frames"), 1, &times.memory)), "memory");
    check(outcome_is_done(memory_map(times.memory, 0, 0, 1, ACCESS_READ_WRITE, &address)),
          "memory in common");
    times.first = (volatile uint64_t *)address;
    return times;
}

void ipc_times_destroy(const struct ipc_times *times)
{
    check(outcome_is_done(memory_unmap(times->memory, (uint64_t)times->first)), "memory");
    cap_release(times->memory);
}

int main(void)
{
    console_printf("bench first-user-instruction\n");
    measure_overhead();
    ipc_measure_calls();
    ipc_measure_revoke();
    ipc_measure_session();
    ipc_measure_signals();
    ipc_measure_channel();
    ipc_measure_pipeline();
    if (program_processors() > 1) {
        ipc_measure_pairs();
        ipc_measure_across();
    }
    return 0;
}

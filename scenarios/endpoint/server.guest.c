/*
 * Serves "server", an endpoint, as service.h says.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "service.h"

#define HELD_MAX  8
#define LARGE_MAX 512

static struct service service;
static struct deferred held[HELD_MAX];
static uint64_t held_numbers[HELD_MAX];
static uint32_t n_held;

static uint64_t param(struct incoming *in, uint32_t i)
{
    return capnp_u64(capnp_root(&in->params), i * 8);
}

static struct outcome answer(struct incoming *in, uint64_t first, uint64_t second)
{
    struct capnp_struct_builder results = capnp_init_root(&in->results, 2, 0);

    capnp_set_u64(results, 0, first);
    capnp_set_u64(results, 8, second);
    return outcome_done();
}

static uint64_t free_all(void)
{
    uint64_t n = n_held;

    while (n_held > 0) {
        struct outcome outcome;

        n_held--;
        outcome = capos_answer(held[n_held].reply, &held_numbers[n_held], 1);
        console_printf("answering call %lu at last: %s", held_numbers[n_held],
                       outcome_is_done(outcome) ? "done" : outcome_sentence(outcome));
    }
    return n;
}

static struct outcome hold(struct incoming *in)
{
    check(n_held < HELD_MAX, "not more calls than can be held");
    held_numbers[n_held] = param(in, 0);
    held[n_held++] = incoming_defer(in);
    return outcome_done();
}

static struct outcome use_memory(struct incoming *in)
{
    cap_t memory = incoming_cap(in, capnp_get_cap(capnp_root(&in->params), 0));
    uint64_t at, seen;

    check(incoming_cap_interface(in, 0) == INTERFACE_MEMORY, "a memory object");
    check(outcome_is_done(memory_map(memory, 0, 0, 1, ACCESS_READ_WRITE, &at)), "a place");
    seen = (*(volatile uint64_t *)at)++;
    check(outcome_is_done(memory_unmap(memory, at)), "the place back");
    check(outcome_is_done(cap_release(memory)), "its release");
    return answer(in, seen, 0);
}

static struct outcome give(struct incoming *in)
{
    cap_t client;

    check(outcome_is_done(endpoint_mint(capos_cap("server"), param(in, 0), INTERFACE_OTHER,
                                        SCOPE_SHAREABLE, 0, &client)),
          "a client");
    capnp_set_cap(capnp_init_root(&in->results, 0, 1), 0, incoming_move(in, client));
    return outcome_done();
}

/* Longer than the library would let a reason be. */
static struct outcome refuse_at_length(struct incoming *in, uint32_t len)
{
    struct call answer;
    struct capnp_struct_builder exception;
    uint8_t *reason;

    answer_open(&answer, incoming_defer(in), 4 + len / 8);
    exception = capnp_init_root(&answer.params, 1, 1);
    capnp_set_u32(exception, 4, ERR_IN_USE);
    reason = capnp_init_data(exception, 0, len);
    check(reason, "a reason that fits");
    memset(reason, 'x', len - 1);
    answer.submission.flags = RING_EXCEPTION;
    answer.submission.value = ERR_IN_USE;
    return answer_send(&answer);
}

static void answer_raw(const char *what, struct ring_submission answer, err_t expected)
{
    answer.opcode = RING_RETURN;
    attempt(what, ring_operate(&answer, NULL), expected);
}

static void pass_on(cap_t reply)
{
    cap_t server, client;
    struct call call;

    check(outcome_is_done(
              endpoints_create(capos_cap("endpoints"), INTERFACE_OTHER, &server, &client)),
          "an endpoint");
    call_open(&call, client, INTERFACE_OTHER, SERVICE_ADD, 0);
    call_give(&call, reply);
    attempt("passing the right to answer on", call_make(&call, 0), ERR_NOT_PERMITTED);
    call_close(&call);
    cap_release(client);
    cap_release(server);
}

/* Wrong answers do not use the right up; the right one does. */
static struct outcome misuse(struct incoming *in)
{
    cap_t reply = incoming_defer(in).reply;

    answer_raw("answering from beyond the arena",
               (struct ring_submission){.cap = reply, .params = 1 << 30, .params_len = 8},
               ERR_BAD_ARENA);
    answer_raw("answering with an exception's code and no exception",
               (struct ring_submission){.cap = reply, .value = 1}, ERR_BAD_FLAGS);
    attempt("calling the right to answer", capos_call(reply, INTERFACE_REPLY, 0, NULL, 0, NULL, 0),
            ERR_BAD_METHOD);
    pass_on(reply);
    attempt("answering", capos_answer(reply, NULL, 0), ERR_OK);
    attempt("answering once more", capos_answer(reply, NULL, 0), ERR_BAD_HANDLE);
    return outcome_done();
}

/* More than the service has room for among its results. */
static struct outcome large(struct incoming *in)
{
    static uint64_t words[LARGE_MAX];
    uint64_t n = param(in, 0);

    check(n <= LARGE_MAX, "no more words than there are");
    for (uint64_t i = 0; i < n; i++)
        words[i] = i;
    return capos_answer(incoming_defer(in).reply, words, (uint16_t)n);
}

static struct outcome serve(const void *server, void *object, struct incoming *in)
{
    (void)server;
    (void)object;
    switch (in->method) {
    case SERVICE_ADD:
        return answer(in, param(in, 0) + param(in, 1), 0);
    case SERVICE_WHO:
        return answer(in, in->cookie, in->interface_id);
    case SERVICE_HOLD:
        return hold(in);
    case SERVICE_FREE_ALL:
        return answer(in, free_all(), 0);
    case SERVICE_HELD:
        return answer(in, n_held, 0);
    case SERVICE_USE_MEMORY:
        return use_memory(in);
    case SERVICE_GIVE:
        return give(in);
    case SERVICE_REFUSE:
        if (param(in, 0) > 0)
            return refuse_at_length(in, (uint32_t)param(in, 0));
        return outcome_refuse(EXCEPTION_OVERLOADED, ERR_IN_USE, SERVICE_REASON);
    case SERVICE_DROP:
        return cap_release(incoming_defer(in).reply);
    case SERVICE_MISUSE:
        return misuse(in);
    case SERVICE_LARGE:
        return large(in);
    case SERVICE_DIE:
        syscall_exit(0);
    case SERVICE_STOP:
        service_stop(&service);
        return outcome_done();
    default:
        return incoming_unimplemented(in);
    }
}

int main(void)
{
    static const struct service_interface interfaces[] = {
        {INTERFACE_SERVICE, serve, NULL},
        {INTERFACE_OTHER, serve, NULL},
    };
    struct outcome outcome;

    service = (struct service){
        .endpoint = capos_cap("server"),
        .interfaces = interfaces,
        .n_interfaces = 2,
        .room = SERVICE_ROOM,
    };
    check(service_open(&service) == ERR_OK, "room for calls");
    outcome = service_run(&service);
    check(outcome_is_done(outcome), "a call, not: %s", outcome_sentence(outcome));
    service_close(&service);
    return 0;
}

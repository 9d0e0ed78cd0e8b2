/*
 * Serves "library": documents (document.h), and its owner.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "document.h"

#define HELD_MAX 4
#define ROOM     256

static struct service service;
static struct deferred held[HELD_MAX];
static uint64_t n_held;

static void write_text(struct capnp_builder *message)
{
    struct capnp_struct_builder text = capnp_init_root(message, DOCUMENT_WORDS, 0);

    for (uint32_t i = 0; i < DOCUMENT_WORDS; i++)
        capnp_set_u64(text, i * 8, DOCUMENT_TEXT);
}

static struct outcome document(const void *server, void *object, struct incoming *incoming)
{
    (void)server;
    (void)object;
    switch (incoming->method) {
    case DOCUMENT_READ:
        write_text(&incoming->results);
        return outcome_done();
    case DOCUMENT_READ_SLOWLY:
        check(n_held < HELD_MAX, "not more readers than can be held");
        held[n_held++] = incoming_defer(incoming);
        return outcome_done();
    default:
        return incoming_unimplemented(incoming);
    }
}

/* It answers as always: that nobody gets it is not its concern. */
static void turn_page(void)
{
    while (n_held > 0) {
        struct call answer;

        answer_open(&answer, held[--n_held], 1 + DOCUMENT_WORDS);
        write_text(&answer.params);
        attempt("answering who reads slowly", answer_send(&answer), ERR_OK);
    }
}

static struct outcome owner(const void *server, void *object, struct incoming *incoming)
{
    (void)server;
    (void)object;
    switch (incoming->method) {
    case LIBRARY_HELD:
        capnp_set_u64(capnp_init_root(&incoming->results, 1, 0), 0, n_held);
        return outcome_done();
    case LIBRARY_TURN_PAGE:
        turn_page();
        return outcome_done();
    case LIBRARY_STOP:
        service_stop(&service);
        return outcome_done();
    default:
        return incoming_unimplemented(incoming);
    }
}

int main(void)
{
    static const struct service_interface interfaces[] = {{INTERFACE_DOCUMENT, document, NULL},
                                                          {INTERFACE_LIBRARY, owner, NULL}};

    service = (struct service){.endpoint = capos_cap("library"),
                               .interfaces = interfaces,
                               .n_interfaces = 2,
                               .room = ROOM};
    check(service_open(&service) == ERR_OK, "room for calls");
    check(outcome_is_done(service_run(&service)), "to be stopped");
    service_close(&service);
    return 0;
}

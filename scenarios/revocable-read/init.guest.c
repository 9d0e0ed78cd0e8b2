/*
 * Owns a library: lends a document to "reader", and takes it back while it is being read.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "document.h"

#define BUDGET_PEER \
    ((struct budget){.frames = 256, .objects = 16, .calls = 16, .timers = 8, .caps = 64})

struct line {
    cap_t server, client;
};

static struct line line_open(uint64_t interface_id)
{
    struct line line;

    check(outcome_is_done(
              endpoints_create(capos_cap("endpoints"), interface_id, &line.server, &line.client)),
          "an endpoint");
    return line;
}

static void line_close(struct line line)
{
    cap_release(line.client);
    cap_release(line.server);
}

static cap_t start(const char *program, const struct process_grant *grants, uint32_t n)
{
    return program_start(program, NULL, 0, BUDGET_PEER, grants, n);
}

static void tell_library(cap_t library, uint16_t method)
{
    check(outcome_is_done(capos_call(library, INTERFACE_LIBRARY, method, NULL, 0, NULL, 0)),
          "the library's answer");
}

static void await_slow_reader(cap_t library)
{
    uint64_t held = 0;

    while (held == 0)
        check(outcome_is_done(
                  capos_call(library, INTERFACE_LIBRARY, LIBRARY_HELD, NULL, 0, &held, 1)),
              "how many read");
}

/* Reader and third have it when the reader says that it is ready. */
static void lend(cap_t library, cap_t document)
{
    struct line desk = line_open(INTERFACE_DESK), third = line_open(INTERFACE_DESK);
    cap_t caps = capos_cap("caps"), lent, revoker, readers[2];
    struct words_call in;

    attempt("deriving what can be taken back",
            caps_derive(caps, document, SCOPE_SHAREABLE, 0, &lent, &revoker), ERR_OK);
    readers[0] = start("third", &(struct process_grant){"desk", third.server}, 1);
    readers[1] = start("reader",
                       (struct process_grant[]){
                           {"document", lent}, {"third", third.client}, {"owner", desk.client}},
                       3);
    check(outcome_is_done(capos_recv(desk.server, RING_NEVER, &in)), "the reader");
    await_slow_reader(library);
    attempt("taking it back", revoker_revoke(revoker), ERR_OK);
    attempt("taking it back once more", revoker_revoke(revoker), ERR_OK);
    tell_library(library, LIBRARY_TURN_PAGE);
    check(outcome_is_done(capos_answer(in.head.reply, NULL, 0)), "the reader to go on");
    program_succeed("reader", readers[1]);
    program_succeed("third", readers[0]);
    attempt("reading the document itself", document_read(document), ERR_OK);
    attempt("reading what was lent", document_read(lent), ERR_REVOKED);
    cap_release(lent);
    cap_release(revoker);
    line_close(desk);
    line_close(third);
}

int main(void)
{
    struct budget before = ledger_used();
    struct line line = line_open(INTERFACE_LIBRARY);
    cap_t library = start("library", &(struct process_grant){"library", line.server}, 1);
    cap_t document;

    check(outcome_is_done(
              endpoint_mint(line.server, 1, INTERFACE_DOCUMENT, SCOPE_SHAREABLE, 0, &document)),
          "a document");
    lend(line.client, document);
    lend(line.client, document);
    tell_library(line.client, LIBRARY_STOP);
    program_succeed("library", library);
    cap_release(document);
    line_close(line);
    ledger_check("everything", before);
    console_printf("nothing is left over: the ledger is as before");
    return 0;
}

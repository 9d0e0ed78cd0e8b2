/*
 * Has a document for a while, reads it, passes it on, and reads slowly when it is taken away.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Grants: "document", "third" (a desk), "owner" (a desk).
 */
#include "document.h"

#define ROOM 256

static cap_t document(void)
{
    return capos_cap("document");
}

static struct outcome pass_on(void)
{
    struct outcome outcome;
    struct call call;

    call_open(&call, capos_cap("third"), INTERFACE_DESK, DESK_GIVE, 2);
    capnp_set_cap(capnp_init_root(&call.params, 0, 1), 0, call_give(&call, document()));
    outcome = call_make(&call, 0);
    call_close(&call);
    return outcome;
}

/* Whether a word of the text has come to where the answer would be. */
static bool has_text(const uint8_t *space)
{
    const uint64_t word = DOCUMENT_TEXT;

    for (uint32_t i = 0; i + sizeof(word) <= ROOM; i++) {
        if (memcmp(space + i, &word, sizeof(word)) == 0)
            return true;
    }
    return false;
}

static void read_slowly(void)
{
    struct ring_client *client = ring_mine();
    struct ring_submission call = {.opcode = RING_CALL,
                                   .user_data = 1,
                                   .cap = document(),
                                   .interface_id = INTERFACE_DOCUMENT,
                                   .method = DOCUMENT_READ_SLOWLY,
                                   .result = arena_alloc(client, ROOM),
                                   .result_len = ROOM};
    uint8_t *space = ring_at(client, call.result);
    struct ring_completion completion;

    memset(space, 0, ROOM);
    check(ring_submit(client, &call), "room in the submission queue");
    attempt("telling the owner, while a slow read is under way",
            capos_call(capos_cap("owner"), INTERFACE_DESK, DESK_READY, NULL, 0, NULL, 0), ERR_OK);
    check(ring_wait(client, 1, &completion) == ERR_OK, "its end");
    attempt("the slow read, which was revoked meanwhile", outcome_read(client, &completion, space),
            ERR_REVOKED);
    check(!has_text(space), "nothing of the text");
    arena_free(client, call.result);
}

static void look(void)
{
    enum caps_policy policy;
    bool forwarded, revoked;

    check(outcome_is_done(caps_describe(capos_cap("caps"), document(), NULL, NULL, &policy, NULL,
                                        NULL, &forwarded, &revoked)),
          "what it is");
    console_printf("describing it: %s, %s", forwarded ? "forwarded" : "direct",
                   revoked ? "revoked" : "good");
}

int main(void)
{
    attempt("reading", document_read(document()), ERR_OK);
    look();
    attempt("passing it on", pass_on(), ERR_OK);
    read_slowly();
    attempt("reading after that", document_read(document()), ERR_REVOKED);
    look();
    attempt("passing on what was revoked", pass_on(), ERR_OK);
    attempt("releasing it", cap_release(document()), ERR_OK);
    attempt("reading what was released", document_read(document()), ERR_BAD_HANDLE);
    return 0;
}

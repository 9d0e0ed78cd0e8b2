/*
 * Takes capabilities that are sent to it, says what they are, and drops them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Argument: whose box it is.
 */
#include "scopes.h"

static const char *scope_of(cap_t cap)
{
    static const char *const words[] = {"shareable", "sameSession", "regrant"};
    enum scope scope;

    check(outcome_is_done(
              caps_describe(capos_cap("caps"), cap, NULL, NULL, NULL, &scope, NULL, NULL, NULL)),
          "what it is");
    return words[scope];
}

int main(void)
{
    size_t len;
    const char *whose = capos_arguments(&len);
    struct words_call in;

    do {
        check(outcome_is_done(capos_recv(capos_cap("box"), RING_NEVER, &in)), "a call");
        for (unsigned i = 0; i < in.head.n_caps; i++) {
            console_printf("%s has got one that is %s", whose, scope_of(in.caps[i].cap));
            cap_release(in.caps[i].cap);
        }
        capos_answer(in.head.reply, NULL, 0);
    } while (in.head.method != BOX_STOP);
    return 0;
}

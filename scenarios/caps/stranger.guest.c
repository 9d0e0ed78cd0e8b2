/*
 * Asks what its parent's handle means, and its own.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Grants: console, caps. Arguments: the parent's handle of a Timer.
 */
#include "capos/capos.h"

int main(void)
{
    size_t len;
    const cap_t *timer = capos_arguments(&len);
    cap_t caps = capos_cap("caps");
    uint64_t id;

    check(len == sizeof(*timer), "a handle");
    attempt("the parent's timer",
            caps_describe(caps, *timer, &id, NULL, NULL, NULL, NULL, NULL, NULL), ERR_BAD_HANDLE);
    attempt("its own capability to ask",
            caps_describe(caps, caps, &id, NULL, NULL, NULL, NULL, NULL, NULL), ERR_OK);
    check(id == INTERFACE_CAPS, "its own interface");
    return 0;
}

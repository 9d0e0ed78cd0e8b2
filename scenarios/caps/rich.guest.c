/*
 * Has been granted as many capabilities as can be sent along, and looks at each.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"

int main(void)
{
    uint32_t n;
    const struct grant *grants = capos_grants(&n);

    check(n == RING_TRANSFERS_MAX, "%u capabilities, not %u", RING_TRANSFERS_MAX, n);
    for (uint32_t i = 0; i < n; i++) {
        uint64_t id;

        check(outcome_is_done(caps_describe(capos_cap("caps"), grants[i].cap, &id, NULL, NULL, NULL,
                                            NULL, NULL, NULL)),
              "grant %u", i);
        check(id == grants[i].interface_id, "the interface that was told");
    }
    console_printf("%u capabilities came along with one call", n);
    return 0;
}

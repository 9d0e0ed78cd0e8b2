/*
 * Capabilities that go along: copies, which their sender keeps, and moves, which it keeps if they
 * do not arrive.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "messages.h"
#include "player.h"

/* Eight bits of the message's word say what each of them is. */
#define ITEM_SCOPE     0x0f
#define ITEM_FORWARDED 0x10

bool luggage_has(const struct luggage *luggage, cap_t cap)
{
    for (uint32_t i = 0; i < luggage->n; i++) {
        if (luggage->caps[i] == cap)
            return true;
    }
    return false;
}

static void add(struct luggage *luggage, struct call *call, struct holding *holding, bool moves)
{
    uint64_t item = (uint64_t)holding->scope | (holding->forwarded ? ITEM_FORWARDED : 0);
    uint32_t i = luggage->n++;

    luggage->caps[i] = holding->cap;
    luggage->moves[i] = holding->moving = moves;
    luggage->word |= item << 8 * i;
    if (moves)
        call_move(call, holding->cap);
    else
        call_give(call, holding->cap);
}

static bool is_answer(const struct call *call)
{
    return call->submission.opcode == RING_RETURN;
}

/* Tokens go between workers only, for others may end and take them along. */
void luggage_pack(struct player *player, struct random *random, bool exact, struct holding *first,
                  struct call *call, struct luggage *luggage)
{
    uint32_t n = random_below(random, LUGGAGE_MAX + (first ? 0 : 1));

    *luggage = (struct luggage){0};
    if (exact && is_answer(call) && is_poor())
        return;
    if (first)
        add(luggage, call, first, true);
    while (n-- > 0) {
        bool token = exact && random_below(random, 2);
        enum holding_kind kind = random_below(random, 3) ? HOLDING_CLIENT : HOLDING_NONE;
        struct holding *holding = holding_any(player, random, token ? HOLDING_TOKEN : kind);

        if (!holding || luggage_has(luggage, holding->cap) ||
            (exact && holding->scope != SCOPE_SHAREABLE))
            continue;
        add(luggage, call, holding, token || random_below(random, 2));
    }
}

void luggage_settle(struct player *player, const struct luggage *luggage, enum arrival arrival)
{
    for (uint32_t i = 0; i < luggage->n; i++) {
        struct holding *holding;
        bool is_here;

        if (!luggage->moves[i])
            continue;
        holding = holding_of(player, luggage->caps[i]);
        is_here = holding_is_here(holding);
        check(arrival == ARRIVAL_UNKNOWN || is_here == (arrival == ARRIVAL_NONE),
              "what was to move in one place: %s", is_here ? "it has stayed" : "it has gone");
        holding->moving = false;
        if (is_here)
            holding_check(player, holding);
        else
            holding_forget(player, holding);
    }
}

void luggage_take(struct player *player, cap_t cap, uint64_t interface_id, uint64_t word,
                  uint32_t i)
{
    uint64_t item = word >> 8 * i;

    hold(player, cap, interface_id, (enum scope)(item & ITEM_SCOPE), item & ITEM_FORWARDED);
}

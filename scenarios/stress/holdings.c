/*
 * What a player holds, and what CapTable must say of it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "player.h"

static enum holding_kind kind_of(uint64_t interface_id)
{
    switch (interface_id) {
    case INTERFACE_ENDPOINT:
        return HOLDING_SERVER;
    case INTERFACE_MEMORY:
        return HOLDING_MEMORY;
    case INTERFACE_PROCESS:
        return HOLDING_PROCESS;
    case INTERFACE_TOKEN:
        return HOLDING_TOKEN;
    case INTERFACE_NOTIFICATION:
        return HOLDING_NOTIFICATION;
    case INTERFACE_SIGNALLER:
        return HOLDING_SIGNALLER;
    case INTERFACE_USER_SESSION:
        return HOLDING_USER;
    case INTERFACE_SESSION_CONTROL:
        return HOLDING_CONTROL;
    case INTERFACE_SESSION_LAUNCHER:
        return HOLDING_LAUNCHER;
    default:
        check(interface_id - INTERFACE_STRESS < INTERFACES, "an interface of this game's");
        return HOLDING_CLIENT;
    }
}

void hold(struct player *player, cap_t cap, uint64_t interface_id, enum scope scope)
{
    enum holding_kind kind = kind_of(interface_id);

    check(cap != CAP_NONE, "a capability");
    if (player->n_holdings >= HOLDINGS && kind != HOLDING_TOKEN) {
        check(outcome_is_done(cap_release(cap)), "a capability dropped");
        return;
    }
    check(player->n_holdings < HOLDINGS_MAX, "room for every token");
    player->holdings[player->n_holdings++] = (struct holding){cap, interface_id, kind, scope};
}

struct holding *holding_any(struct player *player, struct random *random, enum holding_kind kind)
{
    uint32_t n = player->n_holdings, from = n ? random_below(random, n) : 0;

    for (uint32_t i = 0; i < n; i++) {
        struct holding *holding = &player->holdings[(from + i) % n];

        if (holding->kind == kind || (kind == HOLDING_NONE && holding->kind != HOLDING_TOKEN))
            return holding;
    }
    return NULL;
}

void holding_forget(struct player *player, struct holding *holding)
{
    player->stale = holding->cap;
    *holding = player->holdings[--player->n_holdings];
}

void holding_drop(struct player *player, struct holding *holding)
{
    check(outcome_is_done(cap_release(holding->cap)), "a capability dropped");
    holding_forget(player, holding);
}

void holding_check(struct player *player, const struct holding *holding)
{
    uint64_t interface_id;
    enum caps_facet facet;
    enum caps_policy policy;
    bool client = holding->kind == HOLDING_CLIENT || holding->kind == HOLDING_TOKEN;

    (void)player;
    check(outcome_is_done(
              caps_describe(capos_cap("caps"), holding->cap, &interface_id, &facet, &policy)),
          "a capability that is held");
    check(interface_id == holding->interface_id && (facet == CAPS_FACET_CLIENT) == client,
          "the capability that it was");
}

void drop(struct player *player, struct random *random, uint64_t key)
{
    struct holding *holding = holding_any(player, random, HOLDING_NONE);

    (void)key;
    if (holding)
        holding_drop(player, holding);
}

/* Of what is held, and of what was. */
void look(struct player *player, struct random *random, uint64_t key)
{
    struct holding *holding = holding_any(player, random, HOLDING_NONE);
    uint64_t interface_id;
    enum caps_facet facet;
    enum caps_policy policy;

    (void)key;
    if (holding)
        holding_check(player, holding);
    if (player->stale)
        check(
            caps_describe(capos_cap("caps"), player->stale, &interface_id, &facet, &policy).code ==
                ERR_BAD_HANDLE,
            "nothing behind a stale handle");
}

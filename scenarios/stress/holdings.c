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
    case INTERFACE_REVOKER:
        return HOLDING_REVOKER;
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

void hold(struct player *player, cap_t cap, uint64_t interface_id, enum scope scope, bool forwarded)
{
    enum holding_kind kind = kind_of(interface_id);

    check(cap != CAP_NONE, "a capability");
    if (player->n_holdings >= HOLDINGS && kind != HOLDING_TOKEN) {
        check(outcome_is_done(cap_release(cap)), "a capability dropped");
        return;
    }
    check(player->n_holdings < HOLDINGS_MAX, "room for every token");
    player->holdings[player->n_holdings++] = (struct holding){.cap = cap,
                                                              .interface_id = interface_id,
                                                              .kind = kind,
                                                              .scope = scope,
                                                              .forwarded = forwarded};
}

struct holding *holding_any(struct player *player, struct random *random, enum holding_kind kind)
{
    uint32_t n = player->n_holdings, from = n ? random_below(random, n) : 0;

    for (uint32_t i = 0; i < n; i++) {
        struct holding *holding = &player->holdings[(from + i) % n];

        if (holding->moving)
            continue;
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

struct holding *holding_of(struct player *player, cap_t cap)
{
    uint32_t i = 0;

    while (i < player->n_holdings && player->holdings[i].cap != cap)
        i++;
    check(i < player->n_holdings, "a holding with that handle");
    return &player->holdings[i];
}

/* --- What CapTable says --- */

struct description {
    uint64_t interface_id;
    enum caps_facet facet;
    enum caps_policy policy;
    enum scope scope;
    uint16_t disclosure;
    bool forwarded, revoked;
};

static struct outcome describe(cap_t cap, struct description *is)
{
    return caps_describe(capos_cap("caps"), cap, &is->interface_id, &is->facet, &is->policy,
                         &is->scope, &is->disclosure, &is->forwarded, &is->revoked);
}

bool holding_is_here(const struct holding *holding)
{
    struct description is;
    struct outcome outcome = describe(holding->cap, &is);

    check(outcome_is_done(outcome) || outcome.code == ERR_BAD_HANDLE,
          "a capability or nothing, not: %s", outcome_sentence(outcome));
    return outcome_is_done(outcome);
}

void holding_expect_revoked(cap_t cap, bool revoked)
{
    struct description is;

    check(outcome_is_done(describe(cap, &is)) && is.forwarded && is.revoked == revoked,
          "a derived capability that is %srevoked", revoked ? "" : "not ");
}

void holding_check(struct player *player, const struct holding *holding)
{
    bool client = holding->kind == HOLDING_CLIENT || holding->kind == HOLDING_TOKEN;
    struct description is;

    (void)player;
    check(outcome_is_done(describe(holding->cap, &is)), "a capability that is held");
    check(is.interface_id == holding->interface_id && (is.facet == CAPS_FACET_CLIENT) == client &&
              is.policy == CAPS_POLICY_COPY,
          "the capability that it was");
    check(is.scope == holding->scope, "its scope %u, not %u", holding->scope, is.scope);
    check(is.forwarded == holding->forwarded && (is.forwarded || !is.revoked),
          "derived as it was, or not");
}

/* --- Operations --- */

void drop(struct player *player, struct random *random, uint64_t key)
{
    struct holding *holding = holding_any(player, random, HOLDING_NONE);

    (void)key;
    if (holding)
        holding_drop(player, holding);
}

/* Of what is held, of what moves, and of what was. */
void look(struct player *player, struct random *random, uint64_t key)
{
    struct holding *holding = holding_any(player, random, HOLDING_NONE);
    struct description is;

    (void)key;
    if (holding)
        holding_check(player, holding);
    for (uint32_t i = 0; i < player->n_holdings; i++) {
        if (player->holdings[i].moving)
            describe(player->holdings[i].cap, &is);
    }
    if (player->stale)
        check(describe(player->stale, &is).code == ERR_BAD_HANDLE, "nothing behind a stale handle");
}

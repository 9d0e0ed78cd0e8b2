/*
 * Derived capabilities, and their ends.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "player.h"

static bool derive_from(const struct holding *original, enum scope scope, cap_t *derived,
                        cap_t *revoker)
{
    struct outcome outcome =
        caps_derive(capos_cap("caps"), original->cap, scope, 0, derived, revoker);

    check(outcome.code != ERR_NOT_PERMITTED || original->forwarded, "a step more");
    return outcome.code != ERR_NOT_PERMITTED && did(outcome, revoked_maybe(original));
}

/* As far as the original goes, or less. */
static enum scope narrowed(struct random *random, enum scope scope)
{
    return scope + random_below(random, SCOPE_COUNT - scope);
}

void derive(struct player *player, struct random *random, uint64_t key)
{
    const struct holding *original = holding_any(player, random, HOLDING_NONE);
    cap_t derived, revoker;
    enum scope scope;
    uint64_t interface_id;

    (void)key;
    if (!original)
        return;
    interface_id = original->interface_id;
    scope = random_below(random, 2) ? original->scope : narrowed(random, original->scope);
    if (!derive_from(original, scope, &derived, &revoker))
        return;
    hold(player, derived, interface_id, scope, true);
    hold(player, revoker, INTERFACE_REVOKER, SCOPE_SHAREABLE, false);
}

void revoke(struct player *player, struct random *random, uint64_t key)
{
    const struct holding *revoker = holding_any(player, random, HOLDING_REVOKER);

    (void)key;
    if (revoker)
        did(revoker_revoke(revoker->cap), revoked_maybe(revoker));
}

/* One derived of a derived one: with the first, both end, and the original does not. */
void derive_and_revoke(struct player *player, struct random *random, uint64_t key)
{
    const struct holding *original = holding_any(player, random, HOLDING_NONE);
    struct holding first;
    cap_t revoker, second, other;

    (void)key;
    if (!original || original->forwarded)
        return;
    first = *original;
    first.forwarded = true;
    if (!derive_from(original, original->scope, &first.cap, &revoker))
        return;
    if (derive_from(&first, first.scope, &second, &other)) {
        holding_expect_revoked(second, false);
        check(outcome_is_done(revoker_revoke(revoker)), "a revocation");
        holding_expect_revoked(second, true);
        cap_release(second);
        cap_release(other);
    }
    holding_check(player, original);
    cap_release(first.cap);
    cap_release(revoker);
}

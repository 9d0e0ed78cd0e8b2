/*
 * Memory: anonymous and of objects; each page says whose it is.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "player.h"

#define PAGES_MAX 24

static struct place *place_any(struct player *player, struct random *random, bool used)
{
    uint32_t from = random_below(random, PLACES_MAX);

    for (uint32_t i = 0; i < PLACES_MAX; i++) {
        struct place *place = &player->places[(from + i) % PLACES_MAX];

        if ((place->pages > 0) == used)
            return place;
    }
    return NULL;
}

static volatile uint64_t *word_of(const struct place *place, uint32_t page)
{
    return (volatile uint64_t *)(place->at + page * PAGE_LEN);
}

void map_memory(struct player *player, struct random *random, uint64_t key)
{
    struct place *place = place_any(player, random, false);
    uint32_t pages = 1 + random_below(random, PAGES_MAX);
    uint64_t at;

    if (!place || !did(vm_map(capos_cap("memory"), 0, pages, ACCESS_READ_WRITE, &at), ERR_OK))
        return;
    *place = (struct place){.at = at, .pages = pages, .key = key};
    for (uint32_t i = 0; i < pages; i++) {
        check(*word_of(place, i) == 0, "a page without anything of others'");
        *word_of(place, i) = key + i;
    }
}

void place_drop(struct player *player, struct place *place)
{
    (void)player;
    if (!place->pages)
        return;
    for (uint32_t i = 0; i < place->pages; i++)
        check(*word_of(place, i) == place->key + i, "a page that is the player's own");
    check(outcome_is_done(vm_unmap(capos_cap("memory"), place->at, place->pages)),
          "memory given back");
    place->pages = 0;
}

void unmap_memory(struct player *player, struct random *random, uint64_t key)
{
    struct place *place = place_any(player, random, true);

    (void)key;
    if (place)
        place_drop(player, place);
}

/* Some pages in the middle, and back, if there are means: the mapping is cut in three. */
void protect_memory(struct player *player, struct random *random, uint64_t key)
{
    struct place *place = place_any(player, random, true);
    uint32_t from, pages;
    cap_t vm = capos_cap("memory");

    (void)key;
    if (!place)
        return;
    from = random_below(random, place->pages);
    pages = 1 + random_below(random, place->pages - from);
    if (did(vm_protect(vm, place->at + from * PAGE_LEN, pages, ACCESS_READ), ERR_OK))
        check(
            outcome_is_done(vm_protect(vm, place->at + from * PAGE_LEN, pages, ACCESS_READ_WRITE)),
            "pages that can be written again");
}

void make_object(struct player *player, struct random *random, uint64_t key)
{
    cap_t memory;

    (void)key;
    if (did(frames_allocate(capos_cap("frames"), 1 + random_below(random, PAGES_MAX), &memory),
            ERR_OK))
        hold(player, memory, INTERFACE_MEMORY, SCOPE_SHAREABLE, false);
}

/* Twice, if there are means: what is added in one place is there in the other. Whoever has it
 * writes there. */
void map_object(struct player *player, struct random *random, uint64_t key)
{
    struct holding *holding = holding_any(player, random, HOLDING_MEMORY);
    uint64_t places[2] = {0};
    uint32_t n = 0, pages;

    (void)key;
    if (!holding || !did(memory_info(holding->cap, &pages), revoked_maybe(holding)))
        return;
    check(pages <= PAGES_MAX, "its size");
    while (n < 2 && did(memory_map(holding->cap, 0, 0, pages, ACCESS_READ_WRITE, &places[n]),
                        revoked_maybe(holding)))
        n++;
    for (uint32_t i = 0; i < n * pages; i++)
        __atomic_fetch_add((uint64_t *)(places[i % n] + i / n * PAGE_LEN), 1, __ATOMIC_RELAXED);
    while (n > 0)
        sure(holding, memory_unmap(holding->cap, places[--n]), "a mapping taken away");
}

/*
 * Memory: anonymous, with page tables of its own, in parts; and objects, mapped twice.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "steps.h"

#define FAR   0x5432100000ull /* where the program has no page tables */
#define PAGES 40

static bool mapped;
static cap_t object;
static uint64_t places[2];

static void run_anonymous(void)
{
    cap_t vm = capos_cap("memory");
    uint64_t at;

    mapped = fine(vm_map(vm, FAR, PAGES, ACCESS_READ_WRITE, &at));
    if (mapped && fine(vm_protect(vm, FAR + 8 * PAGE_LEN, 8, ACCESS_READ)))
        fine(vm_unmap(vm, FAR + 20 * PAGE_LEN, 4));
}

/* What there is no mapping of, is none: unmapping it is refused. */
static void unmap_if(uint64_t at, uint32_t pages)
{
    cap_t vm = capos_cap("memory");
    struct outcome outcome = vm_unmap(vm, at, pages);

    if (outcome.code != ERR_NOT_MAPPED)
        surely(outcome_is_done(outcome) ? outcome : vm_unmap(vm, at, pages));
}

static void clean_anonymous(void)
{
    if (!mapped)
        return;
    unmap_if(FAR, 20);
    unmap_if(FAR + 20 * PAGE_LEN, 4);
    unmap_if(FAR + 24 * PAGE_LEN, PAGES - 24);
    mapped = false;
}

static void run_objects(void)
{
    if (!fine(frames_allocate(capos_cap("frames"), 3, &object)))
        return;
    for (unsigned i = 0; i < 2; i++) {
        if (!fine(memory_map(object, 0, i, 2, ACCESS_READ_WRITE, &places[i])))
            places[i] = 0;
    }
}

static void clean_objects(void)
{
    for (unsigned i = 0; i < 2; i++) {
        if (places[i])
            surely(memory_unmap(object, places[i]));
        places[i] = 0;
    }
    give_up(&object);
}

const struct step step_anonymous_memory = {
    .name = "anonymous memory", .run = run_anonymous, .clean = clean_anonymous};
const struct step step_memory_objects = {
    .name = "memory objects", .run = run_objects, .clean = clean_objects};

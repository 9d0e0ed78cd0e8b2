/*
 * Allocations that fail on demand, and what is in use: in the kernel that is built for such tests.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The linker leads all calls of pool_alloc() and frame_alloc() from other files here (kernel.mk).
 */
#include "inject/inject.h"

#include "abi/inject.capnp.h"
#include "lib/string.h"
#include "mem/frames.h"
#include "mem/pool.h"
#include "ring/invocation.h"

#define POOLS_MAX      64
#define POOL_NAME_ROOM 64

void *__real_pool_alloc(struct pool *pool);
void *__wrap_pool_alloc(struct pool *pool);
err_t __real_frame_alloc(unsigned order, paddr_t *at);
err_t __wrap_frame_alloc(unsigned order, paddr_t *at);

/* Which allocations fail, counted from `arm`. */
static uint64_t first, n_to_fail, n_asked, n_failed;

/* How often that was, by pool. */
static struct {
    const struct pool *pool; /* NULL: frames */
    uint64_t n_failed;
} failures[POOLS_MAX];

static uint64_t *failures_of(const struct pool *pool)
{
    size_t i = 0;

    while (i < POOLS_MAX - 1 && failures[i].pool != pool && (failures[i].pool || i == 0))
        i++;
    failures[i].pool = pool;
    return &failures[i].n_failed;
}

static bool fails(const struct pool *pool)
{
    if (!first)
        return false;
    n_asked++;
    if (n_asked < first || n_asked - first >= n_to_fail)
        return false;
    n_failed++;
    ++*failures_of(pool);
    return true;
}

void *__wrap_pool_alloc(struct pool *pool)
{
    return fails(pool) ? NULL : __real_pool_alloc(pool);
}

err_t __wrap_frame_alloc(unsigned order, paddr_t *at)
{
    return fails(NULL) ? ERR_NO_MEMORY : __real_frame_alloc(order, at);
}

static err_t arm(struct invocation *invocation)
{
    struct inject_arm_params_reader params = inject_arm_params_root(&invocation->params);

    if (!inject_arm_params_nth(params))
        return ERR_BAD_ARGUMENT;
    first = inject_arm_params_nth(params);
    n_to_fail = inject_arm_params_n(params);
    n_asked = n_failed = 0;
    inject_arm_results_init_root(&invocation->results);
    return ERR_OK;
}

static err_t disarm(struct invocation *invocation)
{
    struct inject_disarm_results_builder results =
        inject_disarm_results_init_root(&invocation->results);

    first = 0;
    inject_disarm_results_set_asked(results, n_asked);
    inject_disarm_results_set_failed(results, n_failed);
    return ERR_OK;
}

static err_t census(struct invocation *invocation)
{
    struct inject_census_results_builder results =
        inject_census_results_init_root(&invocation->results);
    uint64_t n = 0;

    for (struct pool *pool = pools_first(); pool; pool = pool->next) {
        pool_trim(pool);
        n += pool_used(pool);
    }
    inject_census_results_set_frames(results, frames_total() - frames_free());
    inject_census_results_set_objects(results, n);
    return ERR_OK;
}

static void tell_pool(struct invocation *invocation, const char *name, uint64_t used,
                      uint64_t failed)
{
    struct inject_pool_results_builder results =
        inject_pool_results_init_root(&invocation->results);

    inject_pool_results_set_name(results, capnp_text(name));
    inject_pool_results_set_used(results, used);
    inject_pool_results_set_failed(results, failed);
}

static err_t tell(struct invocation *invocation)
{
    uint32_t index = inject_pool_params_index(inject_pool_params_root(&invocation->params));
    const struct pool *pool = pools_first();

    if (index == 0) {
        tell_pool(invocation, "frames", frames_total() - frames_free(), *failures_of(NULL));
        return ERR_OK;
    }
    while (pool && --index)
        pool = pool->next;
    if (!pool || strlen(pool->name) >= POOL_NAME_ROOM)
        return ERR_NOT_FOUND;
    tell_pool(invocation, pool->name, pool_used(pool), *failures_of(pool));
    return ERR_OK;
}

static const struct method methods[INJECT_METHODS] = {
    [INJECT_ARM] = {arm, RESULT_WORDS(INJECT_ARM), 0},
    [INJECT_DISARM] = {disarm, RESULT_WORDS(INJECT_DISARM), 0},
    [INJECT_CENSUS] = {census, RESULT_WORDS(INJECT_CENSUS), 0},
    [INJECT_POOL] = {tell, RESULT_WORDS(INJECT_POOL) + POOL_NAME_ROOM / 8, 0},
};

static const struct object_type type = {
    .name = "fault injection",
    .interface_id = INTERFACE_INJECT,
    .methods = methods,
    .n_methods = INJECT_METHODS,
};

static struct object object = {.type = &type, .refs = 1};

struct object *const inject_object = &object;

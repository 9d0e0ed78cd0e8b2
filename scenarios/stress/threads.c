/*
 * Players in threads of the same process.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "player.h"

#define OPERATIONS_MAX 40

static int live(void *argument)
{
    const struct player_thread *thread = argument;

    player_live(thread->seed, thread->n_operations, thread->depth, true);
    return 0;
}

static struct player_thread *find(struct player *player, bool running)
{
    for (uint32_t i = 0; i < THREADS_MAX; i++) {
        if (player->threads[i].running == running)
            return &player->threads[i];
    }
    return NULL;
}

void start_thread(struct player *player, struct random *random, uint64_t key)
{
    struct player_thread *thread = find(player, false);

    if (!thread || player->in_thread)
        return;
    thread->seed = random_mix(key, 1);
    thread->n_operations = random_below(random, OPERATIONS_MAX);
    thread->depth = player->depth;
    thread->running = did(thread_start(&thread->thread, live, thread), ERR_OK);
}

/* Its process may have too many operations under way for one more. */
static void join(struct player_thread *thread)
{
    uint32_t code;

    if (!did(thread_finish(&thread->thread, &code), ERR_OK))
        return;
    check(code == 0, "a thread's good end");
    thread->running = false;
}

void join_thread(struct player *player, struct random *random, uint64_t key)
{
    struct player_thread *thread = find(player, true);

    (void)random;
    (void)key;
    if (thread)
        join(thread);
}

void threads_join(struct player *player)
{
    struct player_thread *thread;

    while ((thread = find(player, true)))
        join(thread);
}

/*
 * Players in processes below, which end by themselves or are ended.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "player.h"
#include "worker.h"

#define OPERATIONS_MAX 200
#define DEPTH_MAX      2

/* What a player needs of what its process was granted. */
static const char *const names[] = {"console", "frames",    "memory", "timer",
                                    "thread",  "threads",   "park",   "processes",
                                    "system",  "endpoints", "caps"};
#define N_NAMES (sizeof(names) / sizeof(names[0]))

/* Mostly enough, sometimes hardly. */
static struct budget budget(struct random *random)
{
    return (struct budget){.frames = 100 + random_below(random, 400),
                           .objects = 10 + random_below(random, 100),
                           .calls = 4 + random_below(random, 40),
                           .timers = 2 + random_below(random, 40),
                           .caps = 24 + random_below(random, 100)};
}

void start_process(struct player *player, struct random *random, uint64_t key)
{
    struct victim victim = {random_mix(key, 2), random_below(random, OPERATIONS_MAX),
                            player->depth + 1};
    struct process_grant grants[N_NAMES + PEERS_MAX];
    struct process_request request = {.image = "worker",
                                      .arguments = &victim,
                                      .arguments_len = sizeof(victim),
                                      .grants = grants,
                                      .n_grants = N_NAMES,
                                      .budget = budget(random)};
    static const char *const peers[] = {"peer0", "peer1", "peer2"};
    cap_t process;

    if (player->depth >= DEPTH_MAX)
        return;
    for (uint32_t i = 0; i < N_NAMES; i++)
        grants[i] = (struct process_grant){names[i], capos_cap(names[i])};
    for (uint32_t i = 0; i < 3; i++) {
        const struct holding *client = holding_any(player, random, HOLDING_CLIENT);

        if (client && client->interface_id == INTERFACE_STRESS)
            grants[request.n_grants++] = (struct process_grant){peers[i], client->cap};
    }
    if (did(process_spawn(capos_cap("processes"), &request, &process), ERR_OK))
        hold(player, process, INTERFACE_PROCESS);
}

void end_process(struct player *player, struct random *random, uint64_t key)
{
    const struct holding *process = holding_any(player, random, HOLDING_PROCESS);

    (void)key;
    if (process)
        check(outcome_is_done(process_terminate(process->cap)), "a process that is to end");
}

/* It never faults, and when it comes to its own end it has found nothing wrong; but what it needs to begin with may
 * be too much for it. */
void wait_for_process(struct player *player, struct random *random, uint64_t key)
{
    const struct holding *process = holding_any(player, random, HOLDING_PROCESS);
    struct flight *flight = process ? flight_new(player, FLIGHT_WAIT) : NULL;

    (void)key;
    if (!flight)
        return;
    process_wait_open(&flight->call, process->cap);
    if (call_submit(&flight->call, 64, flight_id(player, flight)) == ERR_OK)
        return;
    call_close(&flight->call);
    flight_free(player, flight);
}

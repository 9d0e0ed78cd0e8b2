/*
 * Players in processes below, which end by themselves or are ended.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "messages.h"
#include "player.h"
#include "worker.h"

#define OPERATIONS_MAX 200
#define DEPTH_MAX      2

/* What a player needs of what its process was granted. */
static const char *const names[] = {"console",       "frames",   "memory",    "timer",  "thread",
                                    "threads",       "park",     "processes", "system", "endpoints",
                                    "notifications", "sessions", "caps"};
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

/* Its peers are whom this player can call, if they may go there. Some of them it then cannot call
 * any more. */
static void add_peer(struct process_request *request, struct process_grant *grants,
                     struct luggage *luggage, struct holding *client, bool moves)
{
    static const char *const peers[LUGGAGE_MAX] = {"peer0", "peer1", "peer2"};
    uint32_t i = luggage->n++;

    luggage->caps[i] = client->cap;
    luggage->moves[i] = client->moving = moves;
    request->moves |= (uint32_t)moves << request->n_grants;
    grants[request->n_grants++] = (struct process_grant){peers[i], client->cap};
}

static void fill_grants(struct player *player, struct random *random,
                        struct process_request *request, struct process_grant *grants,
                        struct luggage *luggage)
{
    for (uint32_t i = 0; i < N_NAMES; i++)
        grants[i] = (struct process_grant){names[i], capos_cap(names[i])};
    request->n_grants = N_NAMES;
    for (uint32_t i = 0; i < LUGGAGE_MAX; i++) {
        struct holding *client = holding_any(player, random, HOLDING_CLIENT);

        if (client && client->interface_id == INTERFACE_STRESS &&
            !luggage_has(luggage, client->cap))
            add_peer(request, grants, luggage, client, random_below(random, 2));
    }
}

/* Its session has ended, or it has been revoked. */
static bool is_refused(const struct holding *launcher, err_t error)
{
    return error == ERR_STALE_SESSION || (error == ERR_REVOKED && launcher->forwarded);
}

static void start(struct player *player, struct random *random, uint64_t key,
                  const struct holding *launcher)
{
    struct victim victim = {random_mix(key, 2), random_below(random, OPERATIONS_MAX),
                            player->depth + 1};
    struct process_grant grants[N_NAMES + LUGGAGE_MAX];
    struct process_request request = {.image = "worker",
                                      .arguments = &victim,
                                      .arguments_len = sizeof(victim),
                                      .grants = grants,
                                      .budget = budget(random)};
    struct luggage luggage = {0};
    struct outcome outcome;
    cap_t process;

    if (player->depth >= DEPTH_MAX)
        return;
    fill_grants(player, random, &request, grants, &luggage);
    outcome = launcher ? process_launch(launcher->cap, &request, &process)
                       : process_spawn(capos_cap("processes"), &request, &process);
    luggage_settle(player, &luggage, outcome_is_done(outcome) ? ARRIVAL_ALL : ARRIVAL_NONE);
    if (launcher && is_refused(launcher, outcome.code))
        return;
    if (did(outcome, ERR_SCOPE))
        hold(player, process, INTERFACE_PROCESS, SCOPE_SHAREABLE, false);
}

void start_process(struct player *player, struct random *random, uint64_t key)
{
    start(player, random, key, NULL);
}

void launch_process(struct player *player, struct random *random, uint64_t key)
{
    const struct holding *launcher = holding_any(player, random, HOLDING_LAUNCHER);

    if (launcher)
        start(player, random, key, launcher);
}

void end_process(struct player *player, struct random *random, uint64_t key)
{
    const struct holding *process = holding_any(player, random, HOLDING_PROCESS);

    (void)key;
    if (process)
        sure(process, process_terminate(process->cap), "a process that is to end");
}

/* Whoever comes to an end of its own has found nothing wrong. */
static void check_end(enum process_reason reason, uint32_t code)
{
    check(reason != PROCESS_REASON_FAULTED, "no fault");
    check(reason != PROCESS_REASON_EXITED || code == 0, "a good end, not with %u", code);
}

void wait_for_process(struct player *player, struct random *random, uint64_t key)
{
    const struct holding *process = holding_any(player, random, HOLDING_PROCESS);
    struct flight *flight = process ? flight_new(player, FLIGHT_WAIT) : NULL;

    (void)key;
    if (!flight)
        return;
    flight->revocable = process->forwarded;
    process_wait_open(&flight->call, process->cap);
    if (call_submit(&flight->call, 64, flight_id(player, flight)) == ERR_OK)
        return;
    call_close(&flight->call);
    flight_free(player, flight);
}

void wait_ended(struct player *player, struct flight *flight,
                const struct ring_completion *completion)
{
    struct outcome outcome = call_read(&flight->call, completion);

    check(outcome.code == ERR_OK || outcome.code == ERR_DEADLOCK || is_lack(outcome.code) ||
              is_stale(outcome.code) || (flight->revocable && outcome.code == ERR_REVOKED) ||
              (flight->cancelled && outcome.code == ERR_CANCELLED),
          "an end of waiting, not: %s", outcome_sentence(outcome));
    if (outcome_is_done(outcome)) {
        struct process_wait_results_reader end = process_wait_results(&flight->call);

        check_end(process_wait_results_reason(end), process_wait_results_code(end));
        player->n_waited++;
    }
    call_close(&flight->call);
    flight_free(player, flight);
}

/* It may be one above this one, which then ends itself. */
void process_finish(const struct holding *process)
{
    struct process_end end;
    struct outcome outcome = process_terminate(process->cap);

    sure(process, outcome, "a process that is to end");
    if (!outcome_is_done(outcome))
        return;
    outcome = process_wait(process->cap, &end.reason, &end.code);
    if (outcome.code != ERR_DEADLOCK && did(outcome, revoked_maybe(process)))
        check_end(end.reason, end.code);
}

/*
 * A process of players: one of the workers, who have each other, or one further down.
 * SPDX-License-Identifier: Apache-2.0
 *
 * At the end it must hold and have under way what it did in the beginning.
 */
#include "worker.h"
#include "messages.h"
#include "player.h"

#define PATIENCE 20000000000ull

static struct player player = {.max_flights = FLIGHTS_MAX};

static struct outcome bank(uint16_t method, const uint64_t *words, uint16_t n)
{
    return capos_call(capos_cap("bank"), INTERFACE_BANK, method, words, n, NULL, 0);
}

static void join(void)
{
    struct call call;

    call_open(&call, capos_cap("bank"), INTERFACE_BANK, METHOD_JOIN, 0);
    check(outcome_is_done(call_make(&call, (2 * WORKERS + TOKENS) * 16)), "what every worker gets");
    for (uint32_t i = 0; i < WORKERS; i++)
        player.peers[i] = call_cap(&call, i);
    for (uint32_t i = WORKERS; i < 2 * WORKERS; i++)
        hold(&player, call_cap(&call, i), INTERFACE_STRESS, SCOPE_SHAREABLE, false);
    for (uint32_t i = 2 * WORKERS; i < 2 * WORKERS + TOKENS; i++)
        hold(&player, call_cap(&call, i), INTERFACE_TOKEN, SCOPE_SHAREABLE, false);
    call_close(&call);
    player.n_peers = WORKERS;
    player.exact = true;
    player.server = capos_cap("server");
}

/* Goes on when all workers are here. Meanwhile others may call this one. */
static void meet(void)
{
    uint32_t n_waited = player.n_waited;

    while (player.n_waited == n_waited) {
        struct flight *flight = flight_new(&player, FLIGHT_WAIT);

        call_open(&flight->call, capos_cap("bank"), INTERFACE_BANK, METHOD_MEET, 0);
        check(call_submit(&flight->call, 64, flight_id(&player, flight)) == ERR_OK,
              "a call of init");
        /* When it has ended, its place may be a call's already, made for one that came. */
        while (flight->kind == FLIGHT_WAIT)
            player_poll(&player, RING_NEVER);
    }
}

static void show_tokens(void)
{
    for (uint32_t i = player.n_holdings; i-- > 0;) {
        struct holding *holding = &player.holdings[i];

        if (holding->kind != HOLDING_TOKEN)
            continue;
        check(outcome_is_done(
                  capos_call(holding->cap, INTERFACE_TOKEN, METHOD_TOKEN, NULL, 0, NULL, 0)),
              "a token that is good");
        holding_drop(&player, holding);
    }
}

static void work(void)
{
    join();
    meet();
    player_play(&player);
    player_stop(&player);
    meet(); /* nobody calls any more */
    show_tokens();
    player_end(&player);
    for (uint32_t i = 0; i < WORKERS; i++)
        cap_release(player.peers[i]);
    check(outcome_is_done(
              bank(METHOD_REPORT, (uint64_t[]){score.answers_sent, score.answers_got}, 2)),
          "a report");
}

/* What was lent to processes below that still end comes back. Objects of its making, and sessions
 * with their timers, may still be held by others. */
static void check_ledger(struct budget before)
{
    uint64_t end = clock_now() + PATIENCE;
    struct budget now = ledger_used();

    while ((now.calls != before.calls || now.caps != before.caps) && clock_now() < end) {
        timer_sleep(capos_cap("timer"), clock_now() + 1000000, NULL);
        now = ledger_used();
    }
    check(now.calls == before.calls, "%u calls, not %u", before.calls, now.calls);

    check(now.caps == before.caps, "%u capabilities, not %u", before.caps, now.caps);
}

int main(void)
{
    size_t len;
    const struct victim *victim = capos_arguments(&len);
    struct budget before = ledger_used();

    check(len == sizeof(*victim), "an argument");
    is_mortal = victim->depth > 0;
    if (!is_mortal) {
        player.seed = victim->seed;
        player.n_operations = victim->n_operations;
        work();
    } else {
        player_live(victim->seed, victim->n_operations, victim->depth, false);
    }
    check_ledger(before);
    return 0;
}

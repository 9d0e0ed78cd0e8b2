/*
 * Makes calls with capabilities between others that it keeps, so that its table grows in the middle
 * of one.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The argument's first letter says which calls. With a second one, allocations do not fail any more
 * from the end of the first call that met one.
 */
#include "steps.h"

#include "abi/inject.calls.h"

/* The table grows with the 65th entry; a call takes up to 12. */
#define FROM 48
#define TO   65

static cap_t server, client;

static void expect(const struct budget *before)
{
    struct budget now = ledger_used();

    check(now.caps == before->caps && now.objects == before->objects && now.calls == before->calls,
          "a call that leaves %u capabilities, not %u", before->caps, now.caps);
}

static void call(const struct step *step, bool behind)
{
    struct budget before = ledger_used();
    uint64_t asked, failed;

    step->run();
    if (behind)
        surely(inject_disarm(capos_cap("inject"), &asked, &failed));
    step->clean();
    expect(&before);
}

static bool keep_one_more(void)
{
    cap_t kept;

    return fine(endpoint_mint(server, 0, INTERFACE_STEP, SCOPE_SHAREABLE, 0, &kept));
}

/* What is refused once is done the next time, unless all behind it fails, too. */
static bool fill(bool behind)
{
    while (server == CAP_NONE &&
           !fine(endpoints_create(capos_cap("endpoints"), INTERFACE_STEP, &server, &client))) {
        if (behind)
            return false;
    }
    while (ledger_used().caps < FROM) {
        if (!keep_one_more() && behind)
            return false;
    }
    return true;
}

int main(void)
{
    size_t len;
    const char *way = capos_arguments(&len);
    const struct step *step = way[0] == 'c'   ? &step_call_waits
                              : way[0] == 'm' ? &step_moves
                                              : &step_answers_move;

    if (!fill(len > 1))
        return EXIT_NO_MEMORY;
    while (ledger_used().caps < TO) {
        call(step, len > 1);
        keep_one_more();
    }
    return 0;
}

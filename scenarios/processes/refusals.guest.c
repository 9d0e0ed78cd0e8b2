/*
 * Asks for processes that it cannot have.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capnp/list_builder.h"
#include "child.h"

#define NAME_64 "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl"

static uint8_t pattern[4096];

static void run_if_done(struct outcome outcome, cap_t process)
{
    struct process_end end;

    if (!outcome_is_done(outcome))
        return;
    end = program_finish(process);
    check(end.reason == PROCESS_REASON_EXITED && end.code == 0, "a good end, not %u", end.code);
}

static void spawn(const char *what, struct process_request request, err_t expected)
{
    cap_t process;
    struct outcome outcome;

    if (request.budget.frames == 0)
        request.budget = BUDGET_SMALL;
    outcome = process_spawn(capos_cap("processes"), &request, &process);
    attempt(what, outcome, expected);
    run_if_done(outcome, process);
}

static void images(void)
{
    spawn("an image that there is not", (struct process_request){.image = "nobody"}, ERR_NOT_FOUND);
    spawn("a name that an image begins with", (struct process_request){.image = "chil"},
          ERR_NOT_FOUND);
    spawn("no name", (struct process_request){.image = ""}, ERR_BAD_ARGUMENT);
    spawn("a name of 64 bytes", (struct process_request){.image = NAME_64}, ERR_BAD_ARGUMENT);
    spawn("a name with a space", (struct process_request){.image = "a child"}, ERR_BAD_ARGUMENT);
    spawn("a name with a line feed", (struct process_request){.image = "child\n"},
          ERR_BAD_ARGUMENT);
    spawn("a name with a byte that is not ASCII", (struct process_request){.image = "ch\xefld"},
          ERR_BAD_ARGUMENT);
}

static void grant_names(void)
{
    struct process_grant grants[] = {{"console", capos_cap("console")}, {"", capos_cap("timer")}};
    struct process_request request = {.image = "arguments", .grants = grants, .n_grants = 2};

    spawn("a grant without a name", request, ERR_BAD_ARGUMENT);
    grants[1].name = NAME_64;
    spawn("a grant with a name of 64 bytes", request, ERR_BAD_ARGUMENT);
    grants[1].name = "ti\tmer";
    spawn("a grant with a tabulator in its name", request, ERR_BAD_ARGUMENT);
    grants[1] = (struct process_grant){"timer", 12345};
    spawn("a grant of what nobody has", request, ERR_BAD_HANDLE);
}

static void arguments(void)
{
    struct process_grant console = {"console", capos_cap("console")};
    struct process_request request = {
        .image = "arguments", .grants = &console, .n_grants = 1, .arguments = pattern};

    for (size_t i = 0; i < sizeof(pattern); i++)
        pattern[i] = (uint8_t)(i * 7);
    spawn("without arguments", request, ERR_OK);
    request.arguments_len = 3900;
    spawn("3900 bytes of arguments", request, ERR_OK);
    request.arguments_len = 4096;
    spawn("4096 bytes of them, more than a message holds", request, ERR_BAD_LENGTH);
    request.arguments_len = 8;
    request.arena_pages = 64;
    spawn("an arena of 64 pages", request, ERR_OK);
    request.arena_pages = 65;
    spawn("an arena of 65 pages", request, ERR_BAD_ARGUMENT);
    request.arena_pages = UINT32_MAX;
    spawn("an arena of 2^32 - 1 pages", request, ERR_BAD_ARGUMENT);
}

static void budgets(void)
{
    struct process_grant console = {"console", capos_cap("console")};
    struct process_request request = {
        .image = "arguments", .grants = &console, .n_grants = 1, .budget = BUDGET_SMALL};

    request.budget.frames = 20;
    spawn("a budget of 20 frames, too few for the program", request, ERR_NO_FRAMES);
    request.budget = BUDGET_SMALL;
    request.grants = (struct process_grant[]){console, {"again", console.cap}};
    request.n_grants = 2;
    request.budget.caps = 1;
    spawn("two grants for a budget of one capability", request, ERR_NO_CAPS);
}

/* A spawn with one transfer and N grants, all of which name the transfer INDEX. */
static void spawn_raw(const char *what, uint32_t n, uint32_t index, err_t expected)
{
    cap_t console = capos_cap("console");
    struct capnp_struct_builder params;
    struct capnp_list_builder grants;
    struct outcome outcome;
    struct call call;

    call_open(&call, capos_cap("processes"), INTERFACE_PROCESSES, PROCESSES_SPAWN, 200);
    params = capnp_init_root(&call.params, 1, 4);
    capnp_set_text(params, 0, capnp_text("arguments"));
    grants = capnp_init_struct_list(params, 2, n, 1, 1);
    for (uint32_t i = 0; i < n; i++) {
        capnp_set_u32(capnp_struct_of(grants, i), 0, index);
        capnp_set_text(capnp_struct_of(grants, i), 0, capnp_text("console"));
    }
    call_give(&call, console);
    outcome = call_make(&call, 0);
    attempt(what, outcome, expected);
    run_if_done(outcome, call_cap(&call, 0));
    call_close(&call);
}

static void raw(void)
{
    spawn_raw("32 grants of one capability", 32, 0, ERR_OK);
    spawn_raw("33 grants", 33, 0, ERR_BAD_ARGUMENT);
    spawn_raw("a grant of the second of one capability", 1, 1, ERR_BAD_ARGUMENT);
    spawn_raw("a grant of the last of 2^32 capabilities", 1, UINT32_MAX, ERR_BAD_ARGUMENT);
}

/* A text whose pointer leads out of the message. */
static void lie(void)
{
    struct call call;

    call_open(&call, capos_cap("processes"), INTERFACE_PROCESSES, PROCESSES_SPAWN, 6);
    capnp_init_root(&call.params, 1, 4);
    call.params.words[2] = 1 | 1000 << 2 | (uint64_t)CAPNP_BYTE << 32 | 6ull << 35; /* a list */
    attempt("an image's name that lies outside the message", call_make(&call, 0), ERR_BAD_MESSAGE);
    call_close(&call);
}

int main(void)
{
    images();
    grant_names();
    arguments();
    budgets();
    raw();
    lie();
    return 0;
}

/*
 * Opens drawers of a cabinet and uses them as it should, and as it should not.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"
#include "capos/program.h"
#include "scenarios/service-objects/cabinet.calls.h"

#define DRAWERS 4
#define REUSES  1000
#define GUESSES 1000

struct seen {
    uint64_t cookie, number;
    char label[16];
};

static cap_t server, cabinet, process;

static void start(void)
{
    struct process_grant grant = {"cabinet", CAP_NONE};

    check(outcome_is_done(
              endpoints_create(capos_cap("endpoints"), INTERFACE_CABINET, &server, &cabinet)),
          "an endpoint");
    grant.cap = server;
    process = program_start("cabinet", NULL, 0, BUDGET_SMALL, &grant, 1);
    cap_release(server);
}

static cap_t open_drawer(const char *label)
{
    struct outcome outcome;
    cap_t drawer;

    outcome = cabinet_open(cabinet, capnp_text(label), &drawer);
    check(outcome_is_done(outcome), "drawer %s, not: %s", label, outcome_sentence(outcome));
    return drawer;
}

/* With a cookie and a label of the caller's own, which say nothing. */
static struct outcome look_as(cap_t drawer, uint64_t cookie, const char *label, struct seen *seen)
{
    return drawer_look(drawer, cookie, capnp_text(label), &seen->cookie, seen->label,
                       sizeof(seen->label), NULL, &seen->number);
}

static struct outcome look(cap_t drawer, struct seen *seen)
{
    return look_as(drawer, 0, "", seen);
}

static uint32_t used(void)
{
    uint32_t caps;

    check(outcome_is_done(cabinet_used(cabinet, &caps)), "the service's capabilities");
    return caps;
}

/* --- One object each --- */

static void two_drawers(cap_t one, cap_t two)
{
    struct seen seen;

    check(outcome_is_done(drawer_put(one, 11)) && outcome_is_done(drawer_put(two, 22)), "numbers");
    check(outcome_is_done(look(one, &seen)), "a look");
    console_printf("drawer %s: %lu", seen.label, seen.number);
    check(outcome_is_done(look(two, &seen)), "a look");
    console_printf("drawer %s: %lu", seen.label, seen.number);
}

/* --- What a caller says --- */

static void labels_in_payloads(cap_t one, cap_t two)
{
    struct seen mine, other;

    check(outcome_is_done(look(two, &other)), "a look");
    check(outcome_is_done(look_as(one, other.cookie, other.label, &mine)), "a look");
    console_printf("with the cookie and the label of the other one: drawer %s, its own cookie: %s",
                   mine.label, mine.cookie != other.cookie ? "yes" : "no");
}

static void other_interfaces(cap_t drawer)
{
    cap_t none;

    attempt("the drawer as a cabinet", cabinet_open(drawer, capnp_text("x"), &none),
            ERR_BAD_INTERFACE);
    attempt("the cabinet as a drawer", drawer_give_up(cabinet), ERR_BAD_INTERFACE);
    attempt("minting at a drawer",
            endpoint_mint(drawer, 0, INTERFACE_CABINET, SCOPE_SHAREABLE, 0, &none),
            ERR_BAD_INTERFACE);
}

/* Handles near to those that exist: none leads anywhere but to what is held already. */
static void guessed_handles(cap_t one, cap_t two)
{
    struct seen seen;
    uint32_t refused = 0;

    for (uint64_t i = 1; i <= GUESSES; i++) {
        cap_t guess = (one & ~0xfffful) + (i << 32) + (one & 0xffff);

        if (guess != one && guess != two)
            refused += look(guess, &seen).code == ERR_BAD_HANDLE;
    }
    console_printf("%u guessed handles: %u are refused", GUESSES, refused);
}

/* --- Passing on --- */

static void delegation(void)
{
    cap_t drawer = open_drawer("family");
    struct process_grant grant = {"drawer", drawer};
    uint8_t generations = 1;
    cap_t heir;

    check(outcome_is_done(drawer_put(drawer, 40)), "a number");
    heir = program_start("heir", &generations, 1, (struct budget){0}, &grant, 1);
    program_succeed("the child", heir);
    attempt("and so does init", drawer_put(drawer, 1), ERR_DISCONNECTED);
    cap_release(drawer);
}

/* --- Before it has come --- */

static void open_with(struct call *open, const char *label)
{
    cabinet_open_params_set_label(cabinet_open_open(open, cabinet, 8), capnp_text(label));
    check(call_submit(open, 128, 1) == ERR_OK, "a call under way");
}

/* Three calls in one submission: the service gives the drawer out when the other two are there. */
static void in_one_go(void)
{
    struct call open, put;
    struct seen seen;
    cap_t drawer;

    open_with(&open, "soon");
    drawer_put_params_set_number(drawer_put_open(&put, call_promise(&open, 0), 0), 55);
    check(call_submit(&put, 64, 2) == ERR_OK, "a call under way");
    check(outcome_is_done(look(call_promise(&open, 0), &seen)), "a look");
    console_printf("a drawer that had yet to come: %s: %lu", seen.label, seen.number);
    check(outcome_is_done(call_wait(&put)) && outcome_is_done(call_wait(&open)), "good ends");
    drawer = call_cap(&open, 0);
    attempt("giving it up when it has come", drawer_give_up(drawer), ERR_OK);
    attempt("and once more, as what had yet to come", drawer_give_up(call_promise(&open, 0)),
            ERR_DISCONNECTED);
    cap_release(drawer);
    call_close(&put);
    call_close(&open);
}

static void in_vain(void)
{
    struct seen seen;
    struct call open;

    open_with(&open, "a label that is too long for any drawer");
    attempt("a look into a drawer that does not come", look(call_promise(&open, 0), &seen),
            ERR_BAD_LENGTH);
    attempt("its opening", call_wait(&open), ERR_BAD_LENGTH);
    attempt("a look after that", look(call_promise(&open, 0), &seen), ERR_BROKEN_PROMISE);
    call_close(&open);
}

/* The kernel answers before it takes the second call, which then goes on with what has come. */
static void of_the_kernel(void)
{
    struct call allocate;
    uint32_t pages;

    frames_allocate_params_set_pages(frames_allocate_open(&allocate, capos_cap("frames"), 0), 3);
    check(call_submit(&allocate, 64, 1) == ERR_OK, "a call under way");
    check(outcome_is_done(memory_info(call_promise(&allocate, 0), &pages)), "its pages");
    console_printf("memory of the kernel's that had yet to come: %u pages", pages);
    check(outcome_is_done(call_wait(&allocate)), "a good end");
    call_close(&allocate);
}

static void passed_on(void)
{
    struct call open, call;

    open_with(&open, "not given");
    call_open(&call, cabinet, INTERFACE_CABINET, CABINET_USED, 0);
    call_give(&call, call_promise(&open, 0));
    attempt("what has yet to come as a parameter", call_make(&call, 64), ERR_BAD_HANDLE);
    call_close(&call);
    check(outcome_is_done(drawer_give_up(call_promise(&open, 0))), "its end");
    check(outcome_is_done(call_wait(&open)), "a good end");
    call_close(&open);
}

/* --- Forgetting --- */

static void used_again(void)
{
    cap_t old = open_drawer("old"), new;
    struct seen before, after;

    check(outcome_is_done(look(old, &before)), "a look");
    attempt("giving a drawer up", drawer_give_up(old), ERR_OK);
    attempt("putting something into it", drawer_put(old, 1), ERR_DISCONNECTED);
    attempt("giving it up again", drawer_give_up(old), ERR_DISCONNECTED);
    new = open_drawer("new");
    check(outcome_is_done(look(new, &after)), "a look");
    console_printf("a new drawer: the same slot: %s, the same cookie: %s",
                   (uint32_t)before.cookie == (uint32_t)after.cookie ? "yes" : "no",
                   before.cookie == after.cookie ? "yes" : "no");
    attempt("the old client", drawer_put(old, 66), ERR_DISCONNECTED);
    attempt("the old client gives the new drawer up", drawer_give_up(old), ERR_DISCONNECTED);
    attempt("the new client", drawer_put(new, 77), ERR_OK);
    check(outcome_is_done(look(new, &after)) && after.number == 77, "what the new client put in");
    check(outcome_is_done(drawer_give_up(new)), "its end");
    cap_release(new);
    cap_release(old);
}

static void used_often(void)
{
    cap_t old = open_drawer("first");
    uint32_t refused = 0;

    check(outcome_is_done(drawer_give_up(old)), "its end");
    for (uint32_t i = 0; i < REUSES; i++) {
        cap_t next = open_drawer("next");

        refused += drawer_put(old, i).code == ERR_DISCONNECTED;
        check(outcome_is_done(drawer_give_up(next)), "its end");
        cap_release(next);
    }
    cap_release(old);
    console_printf("a slot used %u times more: its first client is refused %u times", REUSES,
                   refused);
}

/* --- Bounds --- */

static void full(uint32_t n_open)
{
    cap_t drawers[DRAWERS], none;
    uint32_t before = used();

    for (uint32_t i = n_open; i < DRAWERS; i++)
        drawers[i] = open_drawer("one of many");
    attempt("one drawer too many", cabinet_open(cabinet, capnp_text("more"), &none), ERR_NO_ROOM);
    for (uint32_t i = n_open; i < DRAWERS; i++) {
        check(outcome_is_done(drawer_give_up(drawers[i])), "its end");
        cap_release(drawers[i]);
    }
    check(used() == before, "%u capabilities in the service, not %u", before, used());
    console_printf("the service holds no capability of all these drawers");
}

static void end(cap_t one, cap_t two)
{
    attempt("closing the cabinet", cabinet_close(cabinet), ERR_OK);
    attempt("a drawer after that", drawer_put(one, 1), ERR_DISCONNECTED);
    program_succeed("the service", process);
    attempt("a drawer when the service has ended", drawer_put(two, 1), ERR_DISCONNECTED);
    cap_release(one);
    cap_release(two);
    cap_release(cabinet);
}

int main(void)
{
    struct budget before = ledger_used();
    cap_t one, two;

    start();
    one = open_drawer("one");
    two = open_drawer("two");
    two_drawers(one, two);
    labels_in_payloads(one, two);
    other_interfaces(one);
    guessed_handles(one, two);
    delegation();
    in_one_go();
    in_vain();
    of_the_kernel();
    passed_on();
    used_again();
    used_often();
    full(2);
    end(one, two);
    ledger_check("everything", before);
    console_printf("nothing is left over: the ledger is as before");
    return 0;
}

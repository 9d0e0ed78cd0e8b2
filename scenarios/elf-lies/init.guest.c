/*
 * Starts every image of the package: most of them lie, and none of those may run.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"
#include "capos/program.h"

/* Those that tell the truth. */
static const char *const honest[] = {"init", "edges", "ordinary"};

static bool is_honest(const char *name)
{
    for (unsigned i = 0; i < sizeof(honest) / sizeof(honest[0]); i++) {
        if (strcmp(name, honest[i]) == 0)
            return true;
    }
    return false;
}

static void refuse(const char *name)
{
    struct process_request request = {.image = name, .budget = BUDGET_SMALL};
    cap_t process;
    struct outcome outcome = process_spawn(capos_cap("processes"), &request, &process);

    check(outcome.kind == OUTCOME_EXCEPTION && process == CAP_NONE, "%s refused, not: %s", name,
          outcome_sentence(outcome));
    console_printf("%s: %s", name, outcome_sentence(outcome));
}

static uint32_t refuse_all(void)
{
    uint64_t manifest_len;
    uint32_t n, n_refused = 0;

    check(outcome_is_done(package_info(capos_cap("package"), &manifest_len, &n)), "the package");
    for (uint32_t i = 0; i < n; i++) {
        char name[64];

        check(outcome_is_done(package_image(capos_cap("package"), i, name, sizeof(name), NULL, NULL,
                                            NULL, 0, NULL)),
              "image %u", i);
        if (is_honest(name))
            continue;
        refuse(name);
        n_refused++;
    }
    return n_refused;
}

static void run(const char *image)
{
    program_succeed(image, program_start(image, NULL, 0, BUDGET_SMALL, NULL, 0));
}

int main(void)
{
    struct budget before = ledger_used();
    uint32_t n_refused = refuse_all();

    check(n_refused >= 60, "60 lies, not %u", n_refused);
    ledger_check("lies", before);
    console_printf("every lie is refused, and has left nothing");
    run("ordinary");
    console_printf("the file that the lies were made from: runs");
    run("edges");
    ledger_check("honest programs", before);
    return 0;
}

/*
 * What the words behind "run" ask for.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "run_words.h"

#include <string.h>

#include "capos/arguments.h"
#include "commands.h"
#include "held.h"
#include "user.h"

/* What a program of no great wishes needs, so that several fit into the shell's own budget. */
#define BUDGET_USUAL \
    ((struct budget){.frames = 512, .objects = 64, .calls = 48, .timers = 16, .caps = 64})

/* One word of a list, NAME=VALUE or NAME. */
typedef bool take_item(struct run_words *, const char *name, const char *value);

/* --- Grants --- */

static bool grant_add(struct run_words *run, const char *name, cap_t cap)
{
    struct process_request *request = &run->request;

    for (uint32_t i = 0; i < request->n_grants; i++) {
        if (strcmp(run->grants[i].name, name) == 0) {
            say("\"%s\" is granted twice\n", name);
            return false;
        }
    }
    if (request->n_grants == PROCESS_GRANTS_MAX) {
        say("a program gets at most %u capabilities\n", PROCESS_GRANTS_MAX);
        return false;
    }
    run->grants[request->n_grants++] = (struct process_grant){name, cap};
    return true;
}

static bool take_grant(struct run_words *run, const char *name, const char *value)
{
    const struct name *entry = held_find(value ? value : name);

    return entry && grant_add(run, name, entry->cap);
}

/* They act on whoever calls them, and no program of the POSIX kind begins without. */
static void grant_own(struct run_words *run)
{
    static const char *const own[] = {"thread", "memory"};

    for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++) {
        const struct name *entry = names_find(held_names(), own[i]);
        bool is_granted = false;

        for (uint32_t j = 0; j < run->request.n_grants; j++)
            is_granted = is_granted || strcmp(run->grants[j].name, own[i]) == 0;
        if (entry && !is_granted && run->request.n_grants < PROCESS_GRANTS_MAX)
            grant_add(run, own[i], entry->cap);
    }
}

/* --- The budget --- */

static bool take_budget(struct run_words *run, const char *name, const char *value)
{
    struct budget *budget = &run->request.budget;
    const struct {
        const char *name;
        uint32_t *amount;
    } kinds[] = {{"frames", &budget->frames},
                 {"objects", &budget->objects},
                 {"calls", &budget->calls},
                 {"timers", &budget->timers},
                 {"caps", &budget->caps}};
    uint64_t amount;

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (strcmp(kinds[i].name, name) != 0)
            continue;
        if (value && number_read(value, UINT32_MAX, &amount) && amount > 0) {
            *kinds[i].amount = (uint32_t)amount;
            return true;
        }
        say("%s of a budget is a number from 1 on\n", name);
        return false;
    }
    say("a budget has no \"%s\": it has frames, objects, calls, timers and caps\n", name);
    return false;
}

/* --- Words --- */

static bool is_keyword(const struct word *word)
{
    return word_is(word, "with") || word_is(word, "budget") || word_is(word, "&");
}

/* The items of one word, between commas. */
static bool take_items(struct run_words *run, const char *word, take_item *take)
{
    char *item = run->lists + run->used, *rest;
    size_t len = strlen(word) + 1;

    memcpy(item, word, len);
    run->used += len;
    for (item = strtok_r(item, ",", &rest); item; item = strtok_r(NULL, ",", &rest)) {
        char *equals = strchr(item, '=');

        if (equals)
            *equals++ = '\0';
        if (!take(run, item, equals))
            return false;
    }
    return true;
}

/* From the word behind a keyword on; how many words are the list's, 0: it makes no sense. */
static uint32_t take_list(struct run_words *run, const struct word *words, uint32_t n,
                          take_item *take)
{
    uint32_t i = 0;

    for (; i < n && !is_keyword(&words[i]); i++) {
        if (!take_items(run, words[i].text, take))
            return 0;
    }
    if (i == 0)
        say("something is missing behind \"with\" or \"budget\"\n");
    return i;
}

static bool take_options(struct run_words *run, const struct word *words, uint32_t n)
{
    for (uint32_t i = 0, taken; i < n; i += 1 + taken) {
        taken = 0;
        if (word_is(&words[i], "&") && i + 1 == n) {
            run->in_background = true;
        } else if (word_is(&words[i], "with") || word_is(&words[i], "budget")) {
            taken = take_list(run, words + i + 1, n - i - 1,
                              word_is(&words[i], "with") ? take_grant : take_budget);
            if (taken == 0)
                return false;
        } else {
            say("nothing can stand behind &\n");
            return false;
        }
    }
    return true;
}

static bool take_arguments(struct run_words *run, const struct word *words, uint32_t n)
{
    const char *arguments[WORDS_MAX];
    err_t err;

    for (uint32_t i = 0; i < n; i++)
        arguments[i] = words[i].text;
    if (n > RUN_ARGUMENTS_MAX) {
        say("a program gets at most %u arguments\n", RUN_ARGUMENTS_MAX);
        return false;
    }
    err = arguments_pack(run->arguments, sizeof(run->arguments), arguments, n, NULL, 0,
                         &run->request.arguments_len);
    if (err)
        say("the arguments: %s\n", err_sentence(err));
    return !err;
}

bool run_words_read(struct run_words *run, const struct word *words, uint32_t n)
{
    uint32_t n_plain = 1;

    run->in_background = false;
    run->used = 0;
    run->request = (struct process_request){.image = words[0].text,
                                            .arguments = run->arguments,
                                            .grants = run->grants,
                                            .budget = BUDGET_USUAL};
    while (n_plain < n && !is_keyword(&words[n_plain]))
        n_plain++;
    if (!take_arguments(run, words + 1, n_plain - 1) ||
        !take_options(run, words + n_plain, n - n_plain))
        return false;
    grant_own(run);
    return true;
}

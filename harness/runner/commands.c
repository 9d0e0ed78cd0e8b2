/* The runner's commands by name.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/runner/commands.h"

#include <stdio.h>
#include <string.h>

int command_error(const char *text)
{
    fflush(stdout);
    fprintf(stderr, "runner: %s\n", text);
    return EXIT_ERROR;
}

static const struct {
    const char *name;
    int (*run)(const struct options *, const struct suite *);
    bool names; /* takes names of scenarios */
} commands[] = {
    {"run", command_run, true},        {"list", command_list, true},
    {"matrix", command_matrix, true},  {"diffs", command_diffs, true},
    {"report", command_report, false}, {"durations", command_durations, false},
};

int command_dispatch(const struct options *options)
{
    struct error err = {0};
    if (strcmp(options->command, "help") == 0) {
        fputs(options_help, stdout);
        return EXIT_PASSED;
    }
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        struct suite suite;
        if (strcmp(commands[i].name, options->command))
            continue;
        if (options->n_names && !commands[i].names)
            return command_error("this command takes no names; see `runner help`");
        if (!suite_find(&suite, options->scenarios, &err))
            return command_error(err.text);
        int status = commands[i].run(options, &suite);
        suite_fini(&suite);
        return status;
    }
    error_set(&err, "there is no command \"%s\"; see `runner help`", options->command);
    return command_error(err.text);
}

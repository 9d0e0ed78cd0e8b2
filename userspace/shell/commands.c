/*
 * The shell's commands: the list of them, and how a line finds its command.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "commands.h"

#include <stdlib.h>
#include <string.h>

#include "names.h"
#include "user.h"

static void command_help(const struct word *words, uint32_t n);
static void command_exit(const struct word *words, uint32_t n);

/* clang-format off */
const struct command commands[] = {
    {"call", "CAP.METHOD [{JSON}]", "call a method of a capability",
     "JSON names the parameters; what is left out has its default. A capability is\n"
     "said as \"$NAME\". Capabilities that come back are called $1, $2 and so on, or\n"
     "NAME with \"NAME = call CAP.METHOD {JSON}\". \"describe CAP\" tells the methods.\n"
     "Ctrl-C cancels.\n",
     command_call},
    {"caps", "", "list the capabilities that are held here, by name", "", command_caps},
    {"describe", "CAP | TYPE", "tell what a capability can do, or what a type is", "", command_describe},
    {"drop", "CAP", "let go of a capability", "", command_drop},
    {"exit", "[CODE]", "end the shell, with all that it runs", "", command_exit},
    {"help", "[COMMAND]", "list the commands, or tell more about one", "", command_help},
    {"kill", "NUMBER", "end a program that was started here", "", command_kill},
    {"log", "[LINES]", "show the last lines of the kernel's log", "", command_log},
    {"mem", "", "tell what is used of this shell's budget and of the machine", "", command_mem},
    {"ps", "", "list the programs that were started here, and the services", "", command_ps},
    {"run", "PROGRAM [ARGUMENT...] [with NAME=CAP,...] [budget KIND=NUMBER,...] [&]", "run a program",
     "It gets stdin, stdout and stderr on this terminal, \"thread\" and \"memory\", which\n"
     "have power over nobody but itself, and what stands behind \"with\", by the names\n"
     "given there; NAME alone is NAME=NAME. The kinds of a budget are frames, objects,\n"
     "calls, timers and caps. Quote an argument that reads \"with\", \"budget\" or \"&\".\n"
     "With & it runs in the background. Ctrl-D is the end of its input; Ctrl-C ends\n"
     "it, and Ctrl-\\ does whatever it makes of its keys.\n",
     command_run},
    {"time", "[COMMAND...]", "tell the time since boot, or how long a command takes", "", command_time},
};
/* clang-format on */
const uint32_t n_commands = sizeof(commands) / sizeof(commands[0]);

static const char *result;

const char *command_result(void)
{
    return result;
}

static const struct command *command_find(const char *name)
{
    for (uint32_t i = 0; i < n_commands; i++) {
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    }
    return NULL;
}

void command_usage(const char *name)
{
    const struct command *command = command_find(name);

    say("usage: %s %s\n", command->name, command->usage);
}

bool number_read(const char *text, uint64_t max, uint64_t *number)
{
    char *end;

    *number = strtoull(text, &end, 10);
    return text[0] >= '0' && text[0] <= '9' && *end == '\0' && strlen(text) < 20 && *number <= max;
}

static void command_help(const struct word *words, uint32_t n)
{
    const struct command *command = n > 1 ? command_find(words[1].text) : NULL;

    if (n > 2) {
        command_usage("help");
    } else if (n == 2 && !command) {
        say("there is no command \"%s\"\n", words[1].text);
    } else if (command) {
        say("%s %s\n  %s\n%s", command->name, command->usage, command->summary, command->more);
    } else {
        for (uint32_t i = 0; i < n_commands; i++)
            say("%-9s %s\n", commands[i].name, commands[i].summary);
    }
}

static void command_exit(const struct word *words, uint32_t n)
{
    uint64_t code = 0;

    if (n > 2 || (n == 2 && !number_read(words[1].text, 255, &code))) {
        say("an exit code is a number from 0 to 255\n");
        return;
    }
    user_close();
    exit((int)code);
}

void command_words(const struct word *words, uint32_t n)
{
    const struct command *command = command_find(words[0].text);

    if (command)
        command->run(words, n);
    else
        say("there is no command \"%s\"; \"help\" lists them\n", words[0].text);
}

/* NAME = call ... */
static void assignment(const struct word *words, uint32_t n)
{
    if (n < 3 || !word_is(&words[2], "call")) {
        say("only what \"call\" returns can be given a name\n");
    } else if (!name_is_fit(words[0].text)) {
        say("\"%s\" is no name: a letter, then letters, digits, - and _, at most %u\n",
            words[0].text, NAME_LEN - 1);
    } else {
        result = words[0].text;
        command_words(words + 2, n - 2);
        result = NULL;
    }
}

void command_line(const char *line)
{
    static struct words words;
    const char *wrong = words_split(&words, line);

    if (wrong)
        say("%s\n", wrong);
    else if (words.n > 1 && word_is(&words.word[1], "="))
        assignment(words.word, words.n);
    else if (words.n > 0)
        command_words(words.word, words.n);
}

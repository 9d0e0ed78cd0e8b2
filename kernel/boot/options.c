/*
 * Options of the kernel, given as words on its command line.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "boot/options.h"

#include "lib/string.h"
#include "log/format.h"
#include "log/log.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define OPTION_WORD(id, word) word,
static const char *const at_end_words[] = {AT_END_LIST(OPTION_WORD)};
static const char *const provoke_words[] = {PROVOKE_LIST(OPTION_WORD)};
static const char *const switch_words[] = {SWITCH_LIST(OPTION_WORD)};
#undef OPTION_WORD

#define CHOICE(words) .choices = (words), .max = COUNT(words) - 1

/* A choice has words, its value is the index of one. A number has none, and a range. */
struct option {
    const char *name;
    const char *sentence;
    size_t offset; /* of its value in struct options */
    const char *const *choices;
    uint32_t min, max, preset;
};

/* clang-format off */
static const struct option table[] = {
    {.name = "at-end", .offset = offsetof(struct options, at_end),
     CHOICE(at_end_words), .preset = AT_END_POWER_OFF,
     .sentence = "what the kernel does when it has nothing left to do"},
    {.name = "help", .offset = offsetof(struct options, help),
     CHOICE(switch_words), .preset = SWITCH_NO,
     .sentence = "lists the options"},
    {.name = "log-flood", .offset = offsetof(struct options, log_flood),
     .min = 1, .max = LOG_FLOOD_MAX, .preset = 0,
     .sentence = "prints so many lines"},
    {.name = "pause", .offset = offsetof(struct options, pause),
     CHOICE(switch_words), .preset = SWITCH_NO,
     .sentence = "waits for a line typed on the console"},
    {.name = "provoke", .offset = offsetof(struct options, provoke),
     CHOICE(provoke_words), .preset = PROVOKE_NONE,
     .sentence = "breaks the kernel on purpose"},
    {.name = "ringtap", .offset = offsetof(struct options, ringtap),
     CHOICE(switch_words), .preset = SWITCH_NO,
     .sentence = "writes each submission and completion to the debug port"},
};
/* clang-format on */

/* A piece of the command line; not terminated. */
struct word {
    const char *at;
    size_t len;
};

/* How to print a word: with "%.*s". */
#define WORD(word) (int)(word).len, (word).at

static bool word_is(struct word word, const char *string)
{
    return word.len == strlen(string) && memcmp(word.at, string, word.len) == 0;
}

/* The next word at or after *AT, which moves past it; empty at the end. */
static struct word next_word(const char **at)
{
    while (**at == ' ')
        (*at)++;

    struct word word = {*at, 0};

    while (word.at[word.len] && word.at[word.len] != ' ')
        word.len++;
    *at += word.len;
    return word;
}

/* The part before the first '='; *VALUE becomes the part after it. */
static struct word split(struct word word, struct word *value)
{
    struct word name = {word.at, 0};

    while (name.len < word.len && name.at[name.len] != '=')
        name.len++;

    size_t skip = name.len < word.len ? name.len + 1 : word.len;

    *value = (struct word){word.at + skip, word.len - skip};
    return name;
}

static uint32_t *value_of(struct options *options, const struct option *option)
{
    return (uint32_t *)((char *)options + option->offset);
}

static bool parse_choice(const struct option *option, struct word word, uint32_t *value)
{
    for (uint32_t i = 0; i <= option->max; i++) {
        if (word_is(word, option->choices[i])) {
            *value = i;
            return true;
        }
    }
    return false;
}

static bool parse_number(const struct option *option, struct word word, uint32_t *value)
{
    uint64_t number = 0;

    for (size_t i = 0; i < word.len; i++) {
        if (word.at[i] < '0' || word.at[i] > '9')
            return false;
        number = number * 10 + (uint64_t)(word.at[i] - '0');
        if (number > option->max)
            return false;
    }
    if (word.len == 0 || number < option->min)
        return false;
    *value = (uint32_t)number;
    return true;
}

/* The values that OPTION takes, as people read them. */
static void add_range(struct text *text, const struct option *option)
{
    if (!option->choices) {
        text_add(text, "a number from %u to %u", option->min, option->max);
        return;
    }
    for (uint32_t i = 0; i <= option->max; i++)
        text_add(text, "%s%s", i ? "|" : "", option->choices[i]);
}

static void log_bad_value(const struct option *option, struct word value)
{
    char buffer[128];
    struct text range = text_in(buffer, sizeof(buffer));

    add_range(&range, option);
    text_end(&range);
    kernel_log("option %s: \"%.*s\" is not %s%.*s, ignored", option->name, WORD(value),
               option->choices ? "one of " : "", (int)range.len, range.at);
}

static void read_word(struct word word, struct options *options, bool *given)
{
    struct word text;
    struct word name = split(word, &text);

    for (size_t i = 0; i < COUNT(table); i++) {
        const struct option *option = &table[i];
        uint32_t value = 0;

        if (!word_is(name, option->name))
            continue;
        if (!(option->choices ? parse_choice : parse_number)(option, text, &value)) {
            log_bad_value(option, text);
            return;
        }
        if (given[i])
            kernel_log("option %s: given again, the last one counts", option->name);
        given[i] = true;
        *value_of(options, option) = value;
        return;
    }
    kernel_log("option \"%.*s\" is unknown, ignored", WORD(name));
}

void options_read(const char *command_line, struct options *options)
{
    bool given[COUNT(table)] = {false};
    struct word word;

    for (size_t i = 0; i < COUNT(table); i++)
        *value_of(options, &table[i]) = table[i].preset;
    while ((word = next_word(&command_line)).len)
        read_word(word, options, given);
}

static void add_value(struct text *text, const struct option *option, uint32_t value)
{
    if (option->choices)
        text_add(text, "%s", option->choices[value]);
    else
        text_add(text, "%u", value);
}

void options_log(const struct options *options)
{
    char buffer[LOG_LINE_LEN_MAX];
    struct text text = text_in(buffer, sizeof(buffer));

    for (size_t i = 0; i < COUNT(table); i++) {
        const uint32_t *value = (const uint32_t *)((const char *)options + table[i].offset);

        text_add(&text, " %s=", table[i].name);
        add_value(&text, &table[i], *value);
    }
    text_end(&text);
    kernel_log("options:%.*s", (int)text.len, text.at);
}

void options_log_help(void)
{
    for (size_t i = 0; i < COUNT(table); i++) {
        char buffer[LOG_LINE_LEN_MAX];
        struct text text = text_in(buffer, sizeof(buffer));

        add_range(&text, &table[i]);
        text_add(&text, " (default ");
        add_value(&text, &table[i], table[i].preset);
        text_add(&text, ")");
        text_end(&text);
        kernel_log("option %s: %s: %.*s", table[i].name, table[i].sentence, (int)text.len, text.at);
    }
}

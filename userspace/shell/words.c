/*
 * A command line, as words.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "words.h"

#include <stddef.h>
#include <string.h>

/* From *FROM, which is moved behind it, to *TO, likewise. NULL, or what is wrong. */
static const char *take_quoted(const char **from, char **to)
{
    const char *at = *from + 1;

    for (; *at != '"'; at++) {
        bool is_escaped = *at == '\\';

        at += is_escaped;
        if (!*at)
            return "a quote has no end";
        *(*to)++ = is_escaped && *at == 'n' ? '\n' : *at;
    }
    *from = at + 1;
    return **from && **from != ' ' ? "a space is missing behind a quoted word" : NULL;
}

/* Quotes as in JSON: a backslash takes the meaning of what follows. */
static const char *take_json(const char **from, char **to)
{
    uint32_t depth = 0;
    bool is_text = false;
    const char *at = *from;

    do {
        if (!*at)
            return is_text ? "a quote has no end" : "a brace has no end";
        if (*at == '"')
            is_text = !is_text;
        else if (is_text && *at == '\\' && at[1])
            *(*to)++ = *at++;
        else if (!is_text && (*at == '{' || *at == '['))
            depth++;
        else if (!is_text && (*at == '}' || *at == ']'))
            depth--;
        *(*to)++ = *at++;
    } while (depth > 0);
    *from = at;
    return *at && *at != ' ' ? "a space is missing behind a brace" : NULL;
}

static const char *take_plain(const char **from, char **to)
{
    while (**from && **from != ' ')
        *(*to)++ = *(*from)++;
    return NULL;
}

const char *words_split(struct words *words, const char *line)
{
    char *to = words->storage;

    for (words->n = 0;;) {
        const char *wrong;

        while (*line == ' ')
            line++;
        if (!*line)
            return NULL;
        if (words->n == WORDS_MAX)
            return "more than 64 words";
        words->word[words->n++] = (struct word){to, *line == '"'};
        if (*line == '"')
            wrong = take_quoted(&line, &to);
        else
            wrong = *line == '{' ? take_json(&line, &to) : take_plain(&line, &to);
        if (wrong)
            return wrong;
        *to++ = '\0';
    }
}

bool word_is(const struct word *word, const char *text)
{
    return !word->is_quoted && strcmp(word->text, text) == 0;
}

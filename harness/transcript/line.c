/* One line under way: where rules and known values put names.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/transcript/normaliser.h"

#include <ctype.h>
#include <string.h>

static void replace(struct buffer *b, struct span at, const char *with, size_t len)
{
    struct buffer tail = {0};
    buffer_add(&tail, b->data + at.end, b->len - at.end);
    b->len = at.start;
    buffer_add(b, with, len);
    buffer_add(b, tail.data, tail.len);
    buffer_fini(&tail);
}

/* Whether @at begins or ends inside a name: names stay whole. A name that touches it is outside. */
static bool cuts_name(const struct line *l, struct span at)
{
    const char *mask = l->mask.data;
    bool head = at.start > 0 && mask[at.start - 1] == '#' && mask[at.start] == '#' &&
                l->text.data[at.start] != '<';
    bool tail = at.end < l->mask.len && mask[at.end - 1] == '#' && mask[at.end] == '#' &&
                l->text.data[at.end] != '<';
    return head || tail;
}

/* Whether all of @at is one or more names. */
static bool only_names(const struct line *l, struct span at)
{
    for (size_t i = at.start; i < at.end; i++)
        if (l->mask.data[i] != '#')
            return false;
    return true;
}

/* Puts the name in the place of @at. Gives where the rest of the line goes on, or 0 on an error. */
static size_t put_name(struct line *l, struct span at, const char *name, bool numbered)
{
    struct buffer token = {0};
    if (numbered) {
        uint32_t number = normaliser_number(l->n, name, l->text.data + at.start, at.end - at.start);
        if (number == 0) {
            error_set(l->err, "rule \"%s\": more than %d different values; do without \"numbered\"",
                      name, VALUES_MAX);
            return 0;
        }
        buffer_printf(&token, "<%s:%u>", name, number);
    } else {
        buffer_printf(&token, "<%s>", name);
    }
    size_t len = token.len;
    replace(&l->text, at, token.data, len);
    memset(token.data, '#', len);
    replace(&l->mask, at, token.data, len);
    buffer_fini(&token);
    return at.start + len;
}

static bool apply_rule(struct line *l, const struct compiled *rule)
{
    size_t from = 0;
    while (from <= l->text.len) {
        struct span whole, part;
        enum pattern_result result = pattern_find(rule->pattern, l->text.data, l->text.len, from,
                                                  l->start, &whole, &part, l->err);
        if (result == PATTERN_NONE)
            return true;
        if (result == PATTERN_FAILED) {
            error_prefix(l->err, "rule \"%s\" on the line \"%.200s\"", rule->name, l->text.data);
            return false;
        }
        if (part.start == part.end || cuts_name(l, part) || only_names(l, part)) {
            from = whole.end > from ? whole.end : from + 1;
            continue;
        }
        size_t len = l->text.len, next = put_name(l, part, rule->name, rule->numbered);
        if (next == 0)
            return false;
        /* What the match had after the group has been looked at, too. */
        size_t rest = whole.end > part.end ? whole.end + l->text.len - len : next;
        from = rest > next ? rest : next;
    }
    return true;
}

bool line_apply_rules(struct line *l, const struct rule_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        if (!apply_rule(l, &list->rules[i]))
            return false;
    return true;
}

static bool in_word(const struct line *l, size_t i)
{
    return i < l->text.len && l->mask.data[i] != '#' &&
           (isalnum((unsigned char)l->text.data[i]) || l->text.data[i] == '_');
}

static bool apply_word(struct line *l, const struct word *word)
{
    size_t len = strlen(word->value), from = 0;
    while (from < l->text.len) {
        const char *hit = memmem(l->text.data + from, l->text.len - from, word->value, len);
        if (!hit)
            return true;
        struct span at = {(size_t)(hit - l->text.data), 0};
        at.end = at.start + len;
        from = at.start + 1;
        if ((at.start > 0 && in_word(l, at.start - 1)) || in_word(l, at.end) ||
            memchr(l->mask.data + at.start, '#', len))
            continue;
        from = put_name(l, at, word->name, true);
        if (from == 0)
            return false;
    }
    return true;
}

bool line_apply_words(struct line *l)
{
    if (l->n->too_many_words)
        return error_set(l->err, "more than %d values were given names; name fewer", WORDS_MAX);
    for (size_t i = 0; i < l->n->n_words; i++)
        if (!apply_word(l, &l->n->words[i]))
            return false;
    return true;
}

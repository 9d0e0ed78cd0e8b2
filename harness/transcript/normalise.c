/* Normalisation: what may differ between two correct runs is replaced by a name.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/transcript/normalise.h"

#include "harness/transcript/normaliser.h"

#include <stdlib.h>
#include <string.h>

#define PIECE_LEN 4096

/* What every log of capOS has. What only some systems print belongs into their manifests. */
static const struct rule console_rules[] = {
    {"time", "^\\[( *[0-9]+\\.[0-9]{3,9})\\]", false},
};

/* Ports from 32768 on are ephemeral on the host and in the guest. They stand at the end of
 * tcpdump's dotted addresses and in ICMP's port unreachable. */
#define EPHEMERAL "(3276[89]|327[7-9][0-9]|32[89][0-9]{2}|3[3-9][0-9]{3}|[4-6][0-9]{4})"
static const struct rule packet_rules[] = {
    {"port", "(?<=[0-9a-f]\\.)" EPHEMERAL "(?= > |:(?: |$))", true},
    {"port", "(?<= port )" EPHEMERAL "(?= unreachable)", true},
    {"id", "ICMP6?,? echo (?:request|reply), id ([0-9]+)", true},
    {"id", "(?:\\.53 > [^ ]+:|\\.53:) ([0-9]+)(?=[^0-9,])", true},
};

static struct rule_list list_create(const struct rule *rules, size_t n, struct error *err)
{
    struct rule_list list = {.rules = calloc(n + 1, sizeof *list.rules)};
    if (!list.rules)
        abort();
    for (; list.n < n; list.n++) {
        struct compiled *c = &list.rules[list.n];
        *c = (struct compiled){copy_text(rules[list.n].name),
                               pattern_compile(rules[list.n].pattern, err), rules[list.n].numbered};
        if (c->pattern)
            continue;
        error_prefix(err, "rule \"%s\": the pattern %s", c->name, rules[list.n].pattern);
        list.n++; /* so that its name is released */
        break;
    }
    return list;
}

static void list_destroy(struct rule_list *list)
{
    for (size_t i = 0; i < list->n; i++) {
        pattern_free(list->rules[i].pattern);
        free((char *)list->rules[i].name);
    }
    free(list->rules);
}

static bool list_ok(const struct rule_list *list)
{
    return list->n == 0 || list->rules[list->n - 1].pattern;
}

struct normaliser *normaliser_create(const struct rule *rules, size_t n_rules, struct error *err)
{
    struct normaliser *n = calloc(1, sizeof *n);
    if (!n)
        abort();
    n->values = table_create(VALUES_MAX);
    n->console = list_create(console_rules, sizeof console_rules / sizeof console_rules[0], err);
    n->packets = list_create(packet_rules, sizeof packet_rules / sizeof packet_rules[0], err);
    n->own = list_create(rules, n_rules, err);
    if (list_ok(&n->console) && list_ok(&n->packets) && list_ok(&n->own))
        return n;
    normaliser_destroy(n);
    return NULL;
}

void normaliser_destroy(struct normaliser *n)
{
    if (!n)
        return;
    for (size_t i = 0; i < n->n_words; i++) {
        free(n->words[i].name);
        free(n->words[i].value);
    }
    list_destroy(&n->console);
    list_destroy(&n->packets);
    list_destroy(&n->own);
    table_destroy(n->values);
    free(n);
}

uint32_t normaliser_number(struct normaliser *n, const char *name, const char *value, size_t len)
{
    struct buffer key = {0};
    buffer_add(&key, name, strlen(name) + 1);
    buffer_add(&key, value, len);
    uint32_t *number = table_find(n->values, key.data, key.len), result = number ? *number : 0;
    uint32_t *count = result ? NULL : table_add(n->values, name, strlen(name));
    if (count) {
        result = ++*count;
        number = table_add(n->values, key.data, key.len);
        if (number)
            *number = result;
        else
            result = 0;
    }
    buffer_fini(&key);
    return result;
}

void normaliser_name(struct normaliser *n, const char *name, const char *value)
{
    if (!*value)
        return;
    if (n->n_words == WORDS_MAX || !normaliser_number(n, name, value, strlen(value))) {
        n->too_many_words = true; /* said by the next line: this function has no error to give */
        return;
    }
    n->words[n->n_words++] = (struct word){copy_text(name), copy_text(value)};
}

static bool normalise_piece(struct line *l, const struct rule_list *builtin, const char *piece,
                            size_t len, struct buffer *out)
{
    l->text.len = l->mask.len = 0;
    buffer_add_escaped(&l->text, piece, len);
    for (size_t i = 0; i < l->text.len; i++)
        buffer_add_char(&l->mask, ' ');
    if (!line_apply_rules(l, builtin) || !line_apply_words(l) || !line_apply_rules(l, &l->n->own))
        return false;
    buffer_add(out, l->text.data, l->text.len);
    return true;
}

static bool normalise(struct normaliser *n, const struct rule_list *builtin, const char *line,
                      size_t len, struct buffer *out, struct error *err)
{
    struct line l = {.n = n, .err = err};
    bool ok = true;
    for (size_t at = 0; ok && at < len; at += PIECE_LEN) {
        size_t left = len - at;
        l.start = at == 0;
        ok = normalise_piece(&l, builtin, line + at, left < PIECE_LEN ? left : PIECE_LEN, out);
    }
    buffer_fini(&l.text);
    buffer_fini(&l.mask);
    return ok;
}

bool normalise_line(struct normaliser *n, const char *line, size_t len, struct buffer *out,
                    struct error *err)
{
    return normalise(n, &n->console, line, len, out, err);
}

bool normalise_packet(struct normaliser *n, const char *line, size_t len, struct buffer *out,
                      struct error *err)
{
    return normalise(n, &n->packets, line, len, out, err);
}

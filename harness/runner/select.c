/* Which scenarios a command means.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/runner/select.h"

#include "harness/base/buffer.h"

#include <stdlib.h>
#include <string.h>

bool name_valid(const char *name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789_-";
    return name[0] != '\0' && name[0] != '-' && strspn(name, letters) == strlen(name);
}

static void add(char ***list, size_t *n, char *tag)
{
    *list = realloc(*list, (*n + 1) * sizeof **list);
    if (!*list)
        abort();
    (*list)[(*n)++] = tag;
}

static bool parse_tag(struct tag_filter *filter, const char *text, size_t len, struct error *err)
{
    bool minus = len > 0 && text[0] == '-';
    char *tag = format_text("%.*s", (int)(len - minus), text + minus);
    if (!name_valid(tag)) {
        error_set(err, "\"%.*s\" is no tag; expected tags like net,disk,-slow", (int)len, text);
        free(tag);
        return false;
    }
    if (minus)
        add(&filter->unwanted, &filter->n_unwanted, tag);
    else
        add(&filter->wanted, &filter->n_wanted, tag);
    return true;
}

bool tag_filter_parse(struct tag_filter *filter, const char *expression, struct error *err)
{
    *filter = (struct tag_filter){0};
    while (expression) {
        size_t len = strcspn(expression, ",");
        if (!parse_tag(filter, expression, len, err)) {
            tag_filter_fini(filter);
            return false;
        }
        expression = expression[len] ? expression + len + 1 : NULL;
    }
    return true;
}

void tag_filter_fini(struct tag_filter *filter)
{
    for (size_t i = 0; i < filter->n_wanted; i++)
        free(filter->wanted[i]);
    for (size_t i = 0; i < filter->n_unwanted; i++)
        free(filter->unwanted[i]);
    free(filter->wanted);
    free(filter->unwanted);
    *filter = (struct tag_filter){0};
}

static bool any(char *const *list, size_t n, const char *const tags[], size_t n_tags)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n_tags; j++)
            if (strcmp(list[i], tags[j]) == 0)
                return true;
    return false;
}

bool tag_filter_matches(const struct tag_filter *filter, const char *const tags[], size_t n_tags)
{
    return (filter->n_wanted == 0 || any(filter->wanted, filter->n_wanted, tags, n_tags)) &&
           !any(filter->unwanted, filter->n_unwanted, tags, n_tags);
}

#define NAME_MOST 63 /* longer names are not compared */

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Levenshtein's distance, with one row of his table. */
static size_t distance(const char *a, const char *b)
{
    size_t row[NAME_MOST + 1], n = strlen(b);
    if (strlen(a) > NAME_MOST || n > NAME_MOST)
        return NAME_MOST;
    for (size_t j = 0; j <= n; j++)
        row[j] = j;
    for (size_t i = 0; a[i]; i++) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < n; j++) {
            size_t replaced = diagonal + (a[i] != b[j]);
            diagonal = row[j + 1];
            row[j + 1] = least(replaced, least(row[j], row[j + 1]) + 1);
        }
    }
    return row[n];
}

/* How far @name is from @other: a beginning or a part of it counts as one edit. NAME_MOST when they
 * have nothing to do with each other. */
static size_t farness(const char *name, const char *other)
{
    size_t d = distance(name, other);
    if (strlen(name) >= 2 && strstr(other, name))
        d = least(d, 1);
    return d <= 1 + strlen(name) / 4 ? d : NAME_MOST;
}

size_t names_close(const char *name, const char *const names[], size_t n, const char *close[],
                   size_t most)
{
    size_t found = 0;
    for (size_t d = 0; d < NAME_MOST && found < most; d++)
        for (size_t i = 0; i < n && found < most; i++)
            if (farness(name, names[i]) == d)
                close[found++] = names[i];
    return found;
}

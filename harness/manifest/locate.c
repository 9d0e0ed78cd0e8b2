/* Lines of keys in JSON text.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/manifest/locate.h"

#include <string.h>

struct scan {
    const char *at;
    const char *end;
    unsigned line;
};

struct slice {
    const char *data;
    size_t len;
};

/* The next byte that is neither space nor a separator, not taken; NUL at the end. Separators mean
 * nothing here: json-c has seen that they stand where they must. */
static char peek(struct scan *s)
{
    for (; s->at < s->end; s->at++) {
        if (*s->at == '\n')
            s->line++;
        if (*s->at == '\0' || !strchr(" \t\r\n,:", *s->at))
            return *s->at;
    }
    return '\0';
}

/* Takes a string that starts at the quote under the scanner; gives what is between the quotes. */
static struct slice take_string(struct scan *s)
{
    struct slice inner = {.data = ++s->at};
    for (; s->at < s->end && *s->at != '"'; s->at++) {
        if (*s->at == '\\' && s->at + 1 < s->end)
            s->at++;
        if (*s->at == '\n')
            s->line++;
    }
    inner.len = (size_t)(s->at - inner.data);
    if (s->at < s->end)
        s->at++;
    return inner;
}

/* A number or a word. Moves by a byte at least, whatever stands there: every loop here ends. */
static void skip_scalar(struct scan *s)
{
    do
        s->at++;
    while (s->at < s->end && (*s->at == '\0' || !strchr(" \t\r\n,:{}[]\"", *s->at)));
}

static void skip_value(struct scan *s)
{
    unsigned open = 0;
    do {
        char c = peek(s);
        if (s->at == s->end)
            return;
        if (c == '"') {
            take_string(s);
            continue;
        }
        if (c == '{' || c == '[') {
            open++;
            s->at++;
        } else if ((c == '}' || c == ']') && open > 0) {
            open--;
            s->at++;
        } else {
            skip_scalar(s);
        }
    } while (open > 0);
}

static bool same(struct slice a, const char *text)
{
    return strlen(text) == a.len && memcmp(a.data, text, a.len) == 0;
}

/* Moves from an object to the value of @name. @line becomes the key's. */
static bool enter_member(struct scan *s, const char *name, unsigned *line)
{
    if (peek(s) != '{')
        return false;
    s->at++;
    while (peek(s) == '"') {
        unsigned here = s->line;
        if (same(take_string(s), name)) {
            *line = here;
            return true;
        }
        skip_value(s);
    }
    return false;
}

static bool enter_item(struct scan *s, size_t index, unsigned *line)
{
    if (peek(s) != '[')
        return false;
    s->at++;
    for (; peek(s) != ']' && s->at < s->end; index--) {
        if (index == 0) {
            *line = s->line;
            return true;
        }
        skip_value(s);
    }
    return false;
}

unsigned locate_key(const char *text, size_t len, const struct key_path *path, size_t *missing)
{
    struct scan s = {.at = text, .end = text + len, .line = 1};
    unsigned line = (peek(&s), s.line);
    size_t i = 0;
    for (; i < path->n; i++) {
        const struct key_part *part = &path->parts[i];
        if (!(part->name ? enter_member(&s, part->name, &line)
                         : enter_item(&s, part->index, &line)))
            break;
    }
    if (missing)
        *missing = path->n - i;
    return line;
}

/* The walk of locate_check: the key so far as text, for the fault. */
struct walk {
    struct scan scan;
    struct buffer key;
    unsigned depth;
    struct locate_fault *fault;
};

static bool check_value(struct walk *);

static bool refuse(struct walk *w, unsigned line, const char *what)
{
    w->fault->line = line;
    buffer_printf(&w->fault->text, "%s: %s", w->key.len ? buffer_text(&w->key) : "(the whole file)",
                  what);
    return false;
}

static void cut_key(struct walk *w, size_t len)
{
    if (w->key.data)
        w->key.data[w->key.len = len] = '\0';
}

/* json-c lets raw control characters pass, which JSON does not. */
static bool check_string(struct walk *w, unsigned line, struct slice string)
{
    for (size_t i = 0; i < string.len; i++)
        if ((unsigned char)string.data[i] < ' ')
            return refuse(w, line, "a raw control character in a string; expected \\n, \\t or \\u");
    return true;
}

static bool check_name(struct walk *w, unsigned line, struct slice name, const struct slice *seen,
                       size_t n_seen)
{
    if (n_seen == LOCATE_MEMBERS_MAX)
        return refuse(w, line, "too many keys in one object; expected at most 256");
    if (!check_string(w, line, name))
        return false;
    if (w->key.len)
        buffer_add_char(&w->key, '.');
    buffer_add_escaped(&w->key, name.data, name.len);
    if (memchr(name.data, '\\', name.len))
        return refuse(w, line, "a key with a backslash; expected plain characters");
    for (size_t i = 0; i < n_seen; i++)
        if (seen[i].len == name.len && memcmp(seen[i].data, name.data, name.len) == 0)
            return refuse(w, line, "stands twice in one object; expected each key once");
    return true;
}

static bool check_object(struct walk *w)
{
    struct slice seen[LOCATE_MEMBERS_MAX];
    size_t parent = w->key.len;
    for (size_t n = 0; peek(&w->scan) == '"'; n++) {
        unsigned line = w->scan.line;
        struct slice name = take_string(&w->scan);
        if (!check_name(w, line, name, seen, n))
            return false;
        seen[n] = name;
        if (!check_value(w))
            return false;
        cut_key(w, parent);
    }
    return true;
}

static bool check_list(struct walk *w)
{
    size_t parent = w->key.len;
    for (size_t i = 0; peek(&w->scan) != ']' && w->scan.at < w->scan.end; i++) {
        buffer_printf(&w->key, "[%zu]", i);
        if (!check_value(w))
            return false;
        cut_key(w, parent);
    }
    return true;
}

static bool check_value(struct walk *w)
{
    char c = peek(&w->scan);
    unsigned line = w->scan.line;
    if (c == '"')
        return check_string(w, line, take_string(&w->scan));
    if ((c != '{' && c != '[') || w->depth == KEY_DEPTH_MAX) {
        skip_value(&w->scan);
        return true;
    }
    w->scan.at++;
    w->depth++;
    bool ok = c == '{' ? check_object(w) : check_list(w);
    w->depth--;
    if (ok && w->scan.at < w->scan.end)
        w->scan.at++; /* the bracket that ends it */
    return ok;
}

bool locate_check(const char *text, size_t len, struct locate_fault *fault)
{
    struct walk w = {.scan = {.at = text, .end = text + len, .line = 1}, .fault = fault};
    bool ok = check_value(&w);
    buffer_fini(&w.key);
    return ok;
}

/* Lines of keys in JSON text, and keys that stand twice.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/manifest/locate.h"

#include "harness/test/check.h"

#include <stdlib.h>

static const char text[] = "\n"                             /* 1 */
                           "{ \"a\": {\n"                   /* 2 */
                           "  \"x\": \"}]\\\"{\", \"y\":\n" /* 3 */
                           "  [ 1, -2.5e3,\n"               /* 4 */
                           "    { \"z\"\n"                  /* 5 */
                           "    : null }, []\n"             /* 6 */
                           "  ] },\n"                       /* 7 */
                           "  \"b\": true, \"\": {},\n"     /* 8 */
                           "  \"c\": false }\n";            /* 9 */

#define ITEM(i)    \
    {              \
        .index = i \
    }
#define NAME(n)   \
    {             \
        .name = n \
    }

static const struct {
    const char *name;
    struct key_path path;
    unsigned line;
    size_t missing;
} lines[] = {
    {"the whole", {.n = 0}, 2, 0},
    {"a", {{NAME("a")}, 1}, 2, 0},
    {"a.x", {{NAME("a"), NAME("x")}, 2}, 3, 0},
    {"a.y", {{NAME("a"), NAME("y")}, 2}, 3, 0},
    {"a.y[1]", {{NAME("a"), NAME("y"), ITEM(1)}, 3}, 4, 0},
    {"a.y[2].z", {{NAME("a"), NAME("y"), ITEM(2), NAME("z")}, 4}, 5, 0},
    {"a.y[3]", {{NAME("a"), NAME("y"), ITEM(3)}, 3}, 6, 0},
    {"a.y[4] is not there", {{NAME("a"), NAME("y"), ITEM(4)}, 3}, 3, 1},
    {"an empty name", {{NAME("")}, 1}, 8, 0},
    {"c", {{NAME("c")}, 1}, 9, 0},
    {"a.x.q is not there", {{NAME("a"), NAME("x"), NAME("q")}, 3}, 3, 1},
    {"d is not there", {{NAME("d"), NAME("e")}, 2}, 2, 2},
    {"a list's item by name", {{NAME("a"), NAME("y"), NAME("0")}, 3}, 3, 1},
};

static const struct {
    const char *name, *text, *fault;
    unsigned line;
} faults[] = {
    {"none", "{\"a\": {\"a\": 1}, \"b\": [{\"a\": 1}, {\"a\": 1}]}", "", 0},
    {"twice", "{\"a\": 1,\n\"a\": 2}", "a: stands twice in one object; expected each key once", 2},
    {"twice in a list", "{\"b\": [1, {\"a\": 1,\n\"c\": {},\n\"a\": 2}]}",
     "b[1].a: stands twice in one object; expected each key once", 3},
    {"after a string with brackets", "{\"a\": \"{\\\"a\\\": 1, \", \"a\": 2}",
     "a: stands twice in one object; expected each key once", 1},
    {"backslash", "{\"\\u0061\": 1}", "\\u0061: a key with a backslash; expected plain characters",
     1},
};

static void test_many(void)
{
    struct buffer many = {0};
    struct locate_fault fault = {0};
    for (int i = 0; i < LOCATE_MEMBERS_MAX; i++)
        buffer_printf(&many, "%s\"%d\": 1\n", i ? "," : "{", i);
    buffer_add_text(&many, "}");
    check("as many keys as there may be", locate_check(many.data, many.len, &fault), "refused");
    many.data[many.len - 1] = ',';
    buffer_add_text(&many, "\"more\": 1}");
    check("one key more", !locate_check(many.data, many.len, &fault), "allowed");
    check_text("its fault", buffer_text(&fault.text),
               "(the whole file): too many keys in one object; expected at most 256");
    buffer_fini(&fault.text);
    buffer_fini(&many);
}

/* Every beginning of the text, as an exact copy so that a checker of memory sees each byte too far.
 */
static void test_cut(void)
{
    for (size_t len = 0; len < sizeof text; len++) {
        struct locate_fault fault = {0};
        char *copy = memcpy(malloc(len ? len : 1), text, len);
        for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
            locate_key(copy, len, &lines[i].path, NULL);
        locate_check(copy, len, &fault);
        buffer_fini(&fault.text);
        free(copy);
    }
    check("cut text", true, "%s", "");
}

int main(void)
{
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        size_t missing;
        unsigned line = locate_key(text, sizeof text - 1, &lines[i].path, &missing);
        check(lines[i].name, line == lines[i].line && missing == lines[i].missing,
              "line %u and %zu missing", line, missing);
    }
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        struct locate_fault fault = {0};
        bool ok = locate_check(faults[i].text, strlen(faults[i].text), &fault);
        check_text(faults[i].name, buffer_text(&fault.text), faults[i].fault);
        check(faults[i].name, ok == !*faults[i].fault && fault.line == faults[i].line, "line %u",
              fault.line);
        buffer_fini(&fault.text);
    }
    test_many();
    test_cut();
    return check_done();
}

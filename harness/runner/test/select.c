/* Tests of tag expressions and close names.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/runner/select.h"

#include "harness/base/buffer.h"
#include "harness/test/check.h"

static void expect(const char *expression, const char *const tags[], size_t n, bool selected)
{
    struct tag_filter filter;
    struct error err = {""};
    char name[64];
    snprintf(name, sizeof name, "tags %s", expression ? expression : "(none)");
    if (!check(name, tag_filter_parse(&filter, expression, &err), "%s", err.text))
        return;
    check(name, tag_filter_matches(&filter, tags, n) == selected, "expected %s",
          selected ? "a match" : "no match");
    tag_filter_fini(&filter);
}

static void refuse(const char *expression)
{
    struct tag_filter filter;
    struct error err = {""};
    char name[64];
    snprintf(name, sizeof name, "refused \"%s\"", expression);
    check(name, !tag_filter_parse(&filter, expression, &err) && err.text[0], "it was taken");
    check(name, filter.n_wanted == 0 && filter.n_unwanted == 0, "the filter is not empty");
}

static void test_tags(void)
{
    const char *const tags[] = {"net", "slow"};
    expect(NULL, tags, 2, true);
    expect(NULL, NULL, 0, true);
    expect("net", tags, 2, true);
    expect("disk", tags, 2, false);
    expect("disk,net", tags, 2, true);
    expect("net,-slow", tags, 2, false);
    expect("-slow", tags, 1, true);
    expect("-slow", NULL, 0, true);
    expect("net", NULL, 0, false);
    expect("ne", tags, 2, false);
    refuse("");
    refuse("net,");
    refuse(",net");
    refuse("-");
    refuse("--slow");
    refuse("net slow");
    refuse("Net");
}

static void close_to(const char *name, const char *expected)
{
    static const char *const names[] = {"boot", "ring", "ring-full", "tcp", "udp-echo"};
    const char *close[3];
    struct buffer text = {0};
    size_t n = names_close(name, names, 5, close, 3);
    for (size_t i = 0; i < n; i++)
        buffer_printf(&text, "%s%s", i ? " " : "", close[i]);
    check_text(name, buffer_text(&text), expected);
    buffer_fini(&text);
}

static void test_close(void)
{
    close_to("boto", "boot");
    close_to("rign", "ring");
    close_to("rin", "ring ring-full");
    close_to("udp", "udp-echo");
    close_to("completely-else", "");
    close_to("", "");
    char longest[200];
    memset(longest, 'a', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    close_to(longest, "");
}

int main(void)
{
    test_tags();
    test_close();
    check("a name", name_valid("tcp-4_x"), "refused");
    check("no path", !name_valid("../x") && !name_valid("a/b") && !name_valid(""), "taken");
    return check_done();
}

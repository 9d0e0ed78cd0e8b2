/* Goldens: the same, different, missing, accepted, and hosts that cannot.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/transcript/golden.h"

#include "harness/test/check.h"
#include "harness/test/temporary.h"

static void expect(const char *name, const char *golden, const char *actual, size_t len,
                   enum golden_state expected, const char *diff_expected)
{
    struct error err = {""};
    struct buffer came = {0}, diff = {0};
    enum golden_state state;
    buffer_add(&came, actual, len);
    if (check(name, golden_compare(golden, &came, &state, &diff, &err), "%s", err.text)) {
        check(name, state == expected, "state %d", (int)state);
        check_text(name, buffer_text(&diff), diff_expected);
    }
    buffer_fini(&came);
    buffer_fini(&diff);
}

#define EXPECT(name, golden, actual, state, diff) \
    expect(name, golden, actual, sizeof actual - 1, state, diff)

#define G "project/goldens/boot/console.txt"

static void test_compare(void)
{
    temporary_text(G, "one\ntwo\n");
    EXPECT("same", G, "one\ntwo\n", GOLDEN_SAME, "");
    EXPECT("differs", G, "one\nthree\n", GOLDEN_DIFFERS,
           "--- goldens/boot/console.txt\n+++ this run\n@@ -1,2 +1,2 @@\n one\n-two\n+three\n");
    EXPECT("extra line at the end", G, "one\ntwo\nthree\n", GOLDEN_DIFFERS,
           "--- goldens/boot/console.txt\n+++ this run\n@@ -1,2 +1,3 @@\n one\n two\n+three\n");
    EXPECT("cut off", G, "one\ntwo", GOLDEN_DIFFERS,
           "--- goldens/boot/console.txt\n+++ this run\n@@ -1,2 +1,2 @@\n one\n-two\n+two\n"
           "\\ No newline at end of file\n");
    EXPECT("nothing came", G, "", GOLDEN_DIFFERS,
           "--- goldens/boot/console.txt\n+++ this run\n@@ -1,2 +0,0 @@\n-one\n-two\n");
    EXPECT("missing", "project/goldens/boot/net0.txt", "one\n", GOLDEN_MISSING,
           "--- goldens/boot/net0.txt\n+++ this run\n@@ -0,0 +1 @@\n+one\n");
    EXPECT("missing, nothing came", "project/goldens/boot/net0.txt", "", GOLDEN_MISSING, "");
    EXPECT("missing folder", "project/goldens/none/x.txt", "a\n", GOLDEN_MISSING,
           "--- goldens/none/x.txt\n+++ this run\n@@ -0,0 +1 @@\n+a\n");
    EXPECT("not UTF-8", G, "one\n\xff\n", GOLDEN_DIFFERS,
           "--- goldens/boot/console.txt\n+++ this run\n@@ -1,2 +1,2 @@\n one\n-two\n+\xff\n");
    temporary_write("goldens/x.pcap", "ab\0cd", 5);
    EXPECT("binary", "goldens/x.pcap", "ab\0cx", GOLDEN_DIFFERS,
           "--- goldens/x.pcap\n+++ this run\nbinary files differ at byte 4\n");
    EXPECT("same binary", "goldens/x.pcap", "ab\0cd", GOLDEN_SAME, "");
    EXPECT("shorter binary", "goldens/x.pcap", "ab", GOLDEN_DIFFERS,
           "--- goldens/x.pcap\n+++ this run\nbinary files differ at byte 2\n");
    temporary_text("empty.txt", "");
    EXPECT("empty and empty", "empty.txt", "", GOLDEN_SAME, "");
    EXPECT("a name that looks like an option", "-x.txt", "a\n", GOLDEN_MISSING,
           "--- -x.txt\n+++ this run\n@@ -0,0 +1 @@\n+a\n");
}

static void test_accept(void)
{
    struct error err = {""};
    struct buffer came = {0};
    buffer_add_text(&came, "new\n");
    check("accept", golden_accept("goldens/new/console.txt", &came, &err), "%s", err.text);
    EXPECT("accepted", "goldens/new/console.txt", "new\n", GOLDEN_SAME, "");
    check("accept again", golden_accept(G, &came, &err), "%s", err.text);
    EXPECT("replaced", G, "new\n", GOLDEN_SAME, "");
    temporary_text("file", "");
    check("no folder", !golden_accept("file/x.txt", &came, &err), "accepted");
    check("its error", strstr(err.text, "file/x.txt") || strstr(err.text, "create file"), "%s",
          err.text);
    buffer_fini(&came);
}

/* Neither the same nor different: the host's fault. */
static void test_unreadable(void)
{
    struct error err = {""};
    struct buffer came = {0}, diff = {0};
    enum golden_state state;
    temporary_text("file", "");
    check("golden below a file", !golden_compare("file/x.txt", &came, &state, &diff, &err),
          "compared");
    check_text("its error", err.text, "cannot read file/x.txt: Not a directory");
    temporary_text("folder/x", "");
    check("golden is a folder", !golden_compare("folder", &came, &state, &diff, &err), "compared");
    check("its error", strstr(err.text, "cannot read folder"), "%s", err.text);
    buffer_fini(&diff);
}

int main(void)
{
    temporary_enter();
    test_compare();
    test_accept();
    test_unreadable();
    temporary_leave();
    return check_done();
}

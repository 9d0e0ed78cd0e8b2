/* Typed calls of a service from the shell: values of all kinds, capabilities in and out, bad ends.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What the service does stands in vault.capnp, and the shell tells it, too.
 */
#include "harness/scenario.h"

#include <stdlib.h>
#include <string.h>

#define SOON_NS 300000000 /* long enough to type a command */

/* Keys that do nothing, so many that the shell gets what follows them all at once. */
#define CTRL_U_8  "\x15\x15\x15\x15\x15\x15\x15\x15"
#define MANY_KEYS CTRL_U_8 CTRL_U_8 CTRL_U_8 CTRL_U_8

static struct stream *terminal;

static void answered(const char *line, const char *words)
{
    stream_expect(terminal, "capos> ");
    stream_type(terminal, text("%s\r", line));
    stream_expect(terminal, words);
}

static void values(void)
{
    answered("describe vault", "# ends the service, and answers nobody");
    answered("call vault.shapes", "{ \"count\": 0, \"title\": \"untitled\" }");
    answered(
        "call vault.shapes {\"title\": \"gr\xc3\xbc\xc3\x9f\\u0007\\u001b[2J\\u202e\", \"shapes\": "
        "[{\"area\": 1, \"circle\": null},"
        " {\"name\": \"triangle\", \"colour\": \"blue\", \"area\": 2.5, \"sides\": [3, -4, 5]}]}",
        "\"sides\": [ 3, -4, 5 ] }, \"title\": \"gr\xc3\xbc\xc3\x9f\\u0007\\u001b[2J?\" }");
    answered("call vault.shapes {\"shapes\": [{\"circle\": null, \"sides\": []}]}", "sides");
    answered("call vault.shapes {\"shapes\": [{}, {\"colour\": \"pink\"}]}",
             "expected one of: red, green, blue");
    answered("call vault.shapes {\"shapes\": [{\"sides\": [1, 40000]}]}", "from -32768 to 32767");
}

/* A capability is said by its name; no number, no handle and no name of another interface becomes
 * one. */
static void capabilities(void)
{
    answered("call vault.ask", "{ \"answered\": false }");
    answered("call vault.keep {\"clock\": 5}", "expected the name of a capability");
    answered("call vault.keep {\"clock\": \"4294967300\"}", "a dollar sign stands before its name");
    answered("call vault.keep {\"clock\": \"timer\"}", "a dollar sign stands before its name");
    answered("call vault.keep {\"clock\": \"$clock\"}", "nothing here is called so; see \"caps\"");
    answered("call vault.keep {\"clock\": \"$console\"}", "this one has another interface");
    answered("call vault.keep {\"clock\": \"$timer\"}", "{ }");
    answered("call vault.ask", "{ \"answered\": true }");
    answered("mine = call vault.take", "{ \"clock\": \"$mine\" }");
    answered("call mine.sleep {\"until\": 1}", "\" }");
    answered("call vault.take", "{ }");
}

/* What the vault has lent is the shell's until it is called back. */
static void revoked(void)
{
    answered("lent = call vault.lend {\"clock\": \"$timer\"}", "{ \"clock\": \"$lent\" }");
    answered("call lent.now", "{ \"nanoseconds\": \"");
    answered("caps", "shareable, can be revoked");
    answered("call vault.callBack", "{ }");
    answered("call lent.now", "lent.now: refused, revoked");
    answered("caps", "shareable, revoked");
    stream_expect(terminal, "capos> ");
    stream_type(terminal, "drop lent\r");
}

/* What timer.now answered last. */
static unsigned long long now(void)
{
    static const char label[] = "\"nanoseconds\": \"";
    size_t len;
    const char *at = stream_text(terminal, &len), *last = at;

    while ((at = strstr(at, label)))
        last = at += sizeof(label) - 1;
    return strtoull(last, NULL, 10);
}

/* A command that is typed while another one runs is the next one. */
static void ahead(void)
{
    answered("call timer.now", "{ \"nanoseconds\": \"");
    stream_expect(terminal, "\" }");
    answered(text("call timer.sleep {\"until\": %llu}\rcall vault.ask", now() + SOON_NS),
             "{ \"answered\": false }");
}

static void typed(const char *keys)
{
    stream_expect(terminal, "capos> ");
    stream_type(terminal, keys);
}

static const char *clocks(unsigned n)
{
    const char *list = "\"$c\"";

    while (--n > 0)
        list = text("%s,\"$c\"", list);
    return text("call vault.count {\"clocks\": [%s]}", list);
}

/* What a command or Tab needs is what was granted for it, whatever is called so: one that never
 * answers stops nothing. */
static void impostors(void)
{
    answered("c = call vault.stallClock", "{ \"clock\": \"$c\", \"same\": \"$c\" }");
    typed(MANY_KEYS "call c.now\r\x03");
    stream_expect(terminal, "c.now: failed, cancelled");
    typed("drop timer\r");
    answered("timer = call vault.stallClock", "\"same\": \"$timer\" }");
    answered("time", "this needs \"timer\", which the shell was not granted or has let go of");
    typed("drop package\r");
    answered("package = call vault.stallPackage", "{ \"package\": \"$package\" }");
    typed("run he\t\x15");
    stream_type(terminal, "help exit\r");
    stream_expect(terminal, "end the shell, with all that it runs");
    answered(clocks(32), "{ \"count\": 32 }");
    answered(clocks(33), "at most 32 capabilities go along with a call");
}

static void bad_ends(void)
{
    answered("call vault.refuse {\"len\": 20}", "refused, nnnnnnnnnnnnnnnnnnnn");
    answered("call vault.refuse {\"len\": 200}", "nnnn [cut]");
    stream_expect(terminal, "capos> ");
    stream_type(terminal, "call vault.wait\rlost\x03");
    stream_expect(terminal, "vault.wait: failed, cancelled");
    answered("call vault.leave", "vault.leave: refused, the other side is gone");
    answered("call vault.ask", "vault.ask: refused, the other side is gone");
}

SCENARIO
{
    struct machine *machine = machine_boot("machine");

    terminal = machine_serial(machine, "terminal");
    values();
    capabilities();
    revoked();
    ahead();
    impostors();
    bad_ends();
    stream_expect(terminal, "capos> ");
    stream_type(terminal, "exit\r");
    stream_expect(machine_serial(machine, "console"),
                  "kernel: leak check: every frame and object is back");
    machine_expect_off(machine);
}

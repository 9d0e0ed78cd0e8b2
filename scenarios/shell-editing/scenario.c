/* Keys in the shell: moving and cutting, history, completion, long lines, a paste, Ctrl-C and Ctrl-D.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each line becomes "run hello ..." however it was typed, and hello says what the line was. What each key does to the
 * terminal byte by byte is tested on the host (userspace/lib/line/test).
 */
#include "harness/scenario.h"

#include <string.h>

static struct stream *terminal;

static void type(const char *keys, const char *greeting)
{
    stream_expect(terminal, "capos> ");
    stream_type(terminal, keys);
    stream_expect(terminal, text("\r\nhello, %s\r\n", greeting));
}

static void edits(void)
{
    type("run helo\x1b[Dl\x1b[F \"a\"\r", "a");
    type("hello b\x01run \r", "b");
    type("run hello wrong right\x1b[1;5D\x17\r", "right");
    type("nonsense\x15run hello c d\x02\x0b\x7f\r", "c");
    type("run hello gr\xc3\xbc\xe6\x97\xa5\x7f\xc3\x9f"
         "e\r",
         "gr\xc3\xbc\xc3\x9f"
         "e");
    type("run hello \x1b[15~\x1bOPk\x1b]0;title\a\x1b[<0;1;1Mey\r", "key");
}

static void history(void)
{
    type("run hello one\r", "one");
    type("run hello two\r", "two");
    type("\x1b[A\x1b[A\r", "one");
    type("\x1b[A\x1b[A\x1b[A\x1b[B again\r", "again");
    type("run hello dra\x1b[A\x1b[Bft\r", "draft");
    type("\x1b[A\x1b[A\r", "again");
}

static void completion(void)
{
    type("ru\thel\tcompleted\r", "completed");
    stream_expect(terminal, "capos> ");
    stream_type(terminal, "ca\t");
    stream_expect(terminal, "call  caps\r\n");
    stream_type(terminal, "\x15"
                          "call tim\tn\t");
    stream_expect(terminal, "call timer.now ");
    stream_type(terminal, "\x15\r");
}

/* It scrolls sideways: the row is never left. */
static void long_line(void)
{
    char keys[512], word[101];

    memset(word, 'x', sizeof(word) - 1);
    word[sizeof(word) - 1] = '\0';
    strcpy(keys, "hello ");
    strcat(keys, word);
    strcat(keys, "\x01run \r");
    type(keys, word);
}

static void paste(void)
{
    type("\x1b[200~run hello\r\npasted\x1b[201~\r", "pasted");
    stream_expect(terminal, "capos> ");
    stream_type(terminal, "run hello no\x03");
    type("run hello after\r", "after");
}

SCENARIO
{
    struct machine *machine = machine_boot("machine");

    terminal = machine_serial(machine, "terminal");
    edits();
    history();
    completion();
    long_line();
    paste();
    stream_expect(terminal, "capos> ");
    stream_type(terminal, "\x04");
    stream_expect(machine_serial(machine, "console"),
                  "kernel: leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(terminal, "hello, no\r");
}

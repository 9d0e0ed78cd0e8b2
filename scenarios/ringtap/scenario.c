/* The ring tap: every submission and its completion in Wireshark's words, and no payload.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Two machines run the same programs. One kernel is told to write a trace, the other is not, though
 * somebody listens. What the first one wrote is read with tools/wireshark; its golden leaves the
 * times out, which change with the kernel.
 */
#include "harness/scenario.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "secret.h"

static const char *trace(const char *machine)
{
    return text("%s/%s.ringtap.pcapng", run_folder(), machine);
}

/* What one program says. */
static const char *said(const char *name, const char *const argv[])
{
    size_t len;
    struct program *program = host_start(name, argv);
    check(host_wait(program) == 0, "%s to end well", name);
    return stream_text(host_output(program), &len);
}

/* How many frames pass the filter. */
static int count(const char *name, const char *filter)
{
    const char *const argv[] = {
        "sh",
        "-c",
        "export LC_ALL=C; unset DISPLAY WAYLAND_DISPLAY\n"
        "tools/wireshark/ringtap.sh $0 -Y \"$1\" -T fields -e frame.number 2>$0.err | wc -l",
        trace("tapped"),
        filter,
        NULL};
    return atoi(said(name, argv));
}

static void boot(const char *name)
{
    struct machine *machine = machine_boot(name);
    struct stream *console = machine_serial(machine, "console");
    stream_expect(console, "init: the secret is " SECRET);
    stream_expect(console, "init: everything ended as it should");
    stream_expect(console, "kernel: leak check: every frame and object is back");
    machine_expect_off(machine);
}

static void check_pairs(void)
{
    int submissions = count("submissions", "ringtap.kind == 1");
    check(submissions > 20, "more than 20 submissions, not %d", submissions);
    check(count("completions", "ringtap.kind == 2") == submissions, "as many completions");
    check(count("completed", "ringtap.kind == 1 && ringtap.response_in") == submissions,
          "a completion of each submission");
    check(count("malformed", "ringtap.malformed || ringtap.unasked || !ringtap") == 0,
          "nothing but the kernel's records");
}

/* All bytes of the file, and the same text where it must be found. */
static void check_secret(void)
{
    const char *const in_trace[] = {"grep", "-c", "-a", "-F", SECRET, trace("tapped"), NULL};
    const char *const on_console[] = {
        "grep", "-c", "-a", "-F", SECRET, text("%s/serial-tapped.console.log", run_folder()), NULL};
    check(host_run("secret-in-trace", in_trace) == 1, "no payload in the trace");
    check(host_run("secret-on-console", on_console) == 0, "the secret on the console");
}

SCENARIO
{
    boot("tapped");
    boot("silent");

    const char *const list[] = {
        "sh", "-c",
        "export LC_ALL=C; unset DISPLAY WAYLAND_DISPLAY\n"
        "tools/wireshark/ringtap.sh $0 -T fields -e _ws.col.Source -e _ws.col.Destination "
        "-e _ws.col.Info 2>$0.err | sed -E 's/, [0-9.]+ [mun]?s$//'",
        trace("tapped"), NULL};
    said("tshark", list);
    check_pairs();
    check_secret();

    const char *const empty[] = {"test", "!", "-s", trace("silent"), NULL};
    const char *const there[] = {"test", "-f", trace("silent"), NULL};
    check(host_run("listened", there) == 0 && host_run("silence", empty) == 0,
          "a kernel that was not told to write nothing");
}

/* What a scenario's C program sees: boot machines, talk to them, send them frames, and assert.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A scenario.c has one SCENARIO body, read from top to bottom. Its manifest says which machines,
 * networks and streams there are; the calls below name them. A call that does not get what it wants
 * ends the run with the right verdict and never returns, so there is nothing to check and nothing
 * to release: the harness stops the machines, compares the goldens and writes the result. Every
 * wait is for an event and ends, at the latest, at the manifest's time limit, with a diagnosis of
 * what every processor was doing.
 *
 *     #include "harness/scenario.h"
 *
 *     SCENARIO
 *     {
 *         struct machine *machine = machine_boot("machine");
 *         stream_expect(machine_serial(machine, "console"), "kernel: capOS");
 *         machine_expect_off(machine);
 *     }
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct machine;
struct stream;
struct program;

#define SCENARIO void scenario_main(void)
void scenario_main(void);

/* A call that waits, asserts or changes something notes itself as a step of the run: harness.log lists them, a
 * failure names the last. */
void scenario_step(const char *file, int line, const char *call);
#define SCENARIO_STEP(name, words, ...) \
    (scenario_step(__FILE__, __LINE__, #name "(" words ")"), (name)(__VA_ARGS__))

/* --- Asserting --- */

/* Ends the run as a failure unless @condition holds; the rest says, like printf, what was expected.
 */
#define check(condition, ...)                                    \
    (scenario_step(__FILE__, __LINE__, "check(" #condition ")"), \
     (condition) ? (void)0 : scenario_fail(#condition, __VA_ARGS__))
_Noreturn void scenario_fail(const char *condition, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Ends the run as an error, which is neither a pass nor a failure, unless the host has what the scenario
 * needs; the rest says, like printf, what that is and how to get it. */
#define require(condition, ...)                                    \
    (scenario_step(__FILE__, __LINE__, "require(" #condition ")"), \
     (condition) ? (void)0 : scenario_lacks(#condition, __VA_ARGS__))
_Noreturn void scenario_lacks(const char *condition, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* --- Machines --- */

/* Boots a machine of the manifest ("machine" when it has only one) and returns once it runs. */
struct machine *machine_boot(const char *name);

/* Its serial port of that name in the manifest. */
struct stream *machine_serial(struct machine *, const char *name);
bool machine_has_serial(struct machine *, const char *name);

/* Waits until the guest has powered the machine off; any other end is not accepted. */
void machine_expect_off(struct machine *);

/* Waits until the guest resets the machine, be it on purpose or by a triple fault. */
void machine_expect_reset(struct machine *);

/* Waits until the kernel has panicked with a reason that the regular expression matches, and its
 * whole report has come. The panic is then no failure. */
void machine_expect_panic(struct machine *, const char *reason);

/* Waits until the kernel has reported a process that faulted, "process 3 (crasher): divide error at
 * instruction 0x401000", in words that the regular expression matches. Each call excuses one report, the
 * first that matches and has no excuse yet, in whatever order. A fault without excuse fails the run at its
 * end. */
void machine_expect_fault(struct machine *, const char *report);

/* The symbolised backtrace and registers of every processor, the machine stopped: what a hang would
 * report. The text lives until the scenario ends. */
const char *machine_diagnosis(struct machine *);

/* The panic's reason and symbolised backtrace. The text lives until the scenario ends. */
const char *machine_panic_backtrace(struct machine *);

/* Ends the machine at once, as if its plug were pulled. */
void machine_unplug(struct machine *);

/* Lets the processors go on that machine_diagnosis() has stopped. */
void machine_resume(struct machine *);

/* Joins a serial port with this process's terminal until the machine ends or Ctrl-A X is typed
 * (Ctrl-A Ctrl-A types a Ctrl-A). The terminal is in raw mode meanwhile. */
void machine_join_terminal(struct machine *, struct stream *serial);

/* The answer to a command of QEMU's monitor ("info block"). The text lives until the scenario ends.
 */
const char *machine_monitor(struct machine *, const char *command);

/* The port on the host's loopback that is forwarded to the guest's TCP (or UDP) port. */
unsigned machine_port(struct machine *, const char *protocol, unsigned guest);

/* --- Streams --- */

/* Waits for the text after what was expected last, and goes behind it. */
void stream_expect(struct stream *, const char *text);

/* Waits for a match of the regular expression (PCRE2), within a line. */
void stream_expect_match(struct stream *, const char *expression);

/* Waits for the first of several regular expressions (NULL-terminated) and returns its index. */
size_t stream_expect_any(struct stream *, const char *const expressions[]);

/* Like stream_expect(), but not longer than @seconds. */
void stream_expect_within(struct stream *, const char *text, unsigned seconds);

/* Ends the run as a failure if the text stands in what came until now. Use it behind an event that
 * would have come after the text. */
void stream_refuse(struct stream *, const char *text);

/* Types text, unchanged; end a line with "\r". */
void stream_type(struct stream *, const char *text);

/* How many times @text stands in the stream until now, and the stream itself (not NUL-safe). */
size_t stream_count(struct stream *, const char *text);
const char *stream_text(struct stream *, size_t *len);

/* --- Networks --- */

/* Puts a frame, or every frame of a capture file (path from the project's root; returns how many),
 * on a `wire` network. */
void wire_send(const char *network, const void *frame, size_t len);
int wire_send_file(const char *network, const char *capture);

/* Waits until the machines' network cards have taken every frame that was sent to them. */
void wire_expect_taken(const char *network);

/* Waits, on a `wire` or a `link`, for a frame from a machine that the filter (pcap-filter(7))
 * matches; those before it are passed over. Valid until the next call. */
const uint8_t *wire_expect(const char *network, const char *filter, size_t *len);

/* Waits until the capture of the network (any kind) holds a frame that the filter matches. For a
 * `user` network, on which QEMU writes the capture and the scenario is no peer. */
void capture_expect(const char *network, const char *filter);

/* --- The host --- */

/* Runs a program of the host (argument vector, NULL-terminated) from the project's root, waits for
 * it, and returns its exit status. What it prints is the stream @name of the run. */
int host_run(const char *name, const char *const argv[]);

/* Starts one that runs beside the scenario; and waits for its end: its exit status, or 128 +
 * signal. */
struct program *host_start(const char *name, const char *const argv[]);
int host_wait(struct program *);
struct stream *host_output(struct program *);

/* The process, for scenarios that kill things. */
int host_pid(struct program *);

/* A process of this user whose command line holds both texts, or 0: for scenarios that kill things.
 */
int host_find(const char *one, const char *other);

/* Starts a pexpect script of the scenario's folder. It reaches @serial (may be NULL) as a
 * pseudo-terminal under the name "console". */
struct program *script_start(const char *script, struct stream *serial);

/* Waits until the script has ended well; otherwise the run fails with what the script said. */
void script_expect_success(struct program *);

/* Absolute paths: of the run folder, of what was built, and of the project's root. */
const char *run_folder(void);
const char *build_folder(void);
const char *project_root(void);

/* The argument vector of the runner on the scenarios and goldens of fixtures/harness/, its results below
 * the run folder; @words (NULL-terminated), as "run", "passes", come behind and override. For scenarios
 * that prove the harness. It lives until the scenario ends. */
const char *const *runner_arguments(const char *const words[]);

/* Formats into memory that lives until the scenario ends. */
const char *text(const char *format, ...) __attribute__((format(printf, 1, 2)));

#ifndef SCENARIO_IMPLEMENTATION
#define machine_boot(...)         SCENARIO_STEP(machine_boot, #__VA_ARGS__, __VA_ARGS__)
#define machine_serial(...)       SCENARIO_STEP(machine_serial, #__VA_ARGS__, __VA_ARGS__)
#define machine_expect_off(...)   SCENARIO_STEP(machine_expect_off, #__VA_ARGS__, __VA_ARGS__)
#define machine_expect_reset(...) SCENARIO_STEP(machine_expect_reset, #__VA_ARGS__, __VA_ARGS__)
#define machine_expect_panic(...) SCENARIO_STEP(machine_expect_panic, #__VA_ARGS__, __VA_ARGS__)
#define machine_expect_fault(...) SCENARIO_STEP(machine_expect_fault, #__VA_ARGS__, __VA_ARGS__)
#define machine_diagnosis(...)    SCENARIO_STEP(machine_diagnosis, #__VA_ARGS__, __VA_ARGS__)
#define machine_panic_backtrace(...) \
    SCENARIO_STEP(machine_panic_backtrace, #__VA_ARGS__, __VA_ARGS__)
#define machine_unplug(...)        SCENARIO_STEP(machine_unplug, #__VA_ARGS__, __VA_ARGS__)
#define machine_resume(...)        SCENARIO_STEP(machine_resume, #__VA_ARGS__, __VA_ARGS__)
#define machine_monitor(...)       SCENARIO_STEP(machine_monitor, #__VA_ARGS__, __VA_ARGS__)
#define machine_port(...)          SCENARIO_STEP(machine_port, #__VA_ARGS__, __VA_ARGS__)
#define stream_expect(...)         SCENARIO_STEP(stream_expect, #__VA_ARGS__, __VA_ARGS__)
#define stream_expect_match(...)   SCENARIO_STEP(stream_expect_match, #__VA_ARGS__, __VA_ARGS__)
#define stream_expect_any(...)     SCENARIO_STEP(stream_expect_any, #__VA_ARGS__, __VA_ARGS__)
#define stream_expect_within(...)  SCENARIO_STEP(stream_expect_within, #__VA_ARGS__, __VA_ARGS__)
#define stream_refuse(...)         SCENARIO_STEP(stream_refuse, #__VA_ARGS__, __VA_ARGS__)
#define stream_type(...)           SCENARIO_STEP(stream_type, #__VA_ARGS__, __VA_ARGS__)
#define wire_send(...)             SCENARIO_STEP(wire_send, #__VA_ARGS__, __VA_ARGS__)
#define wire_send_file(...)        SCENARIO_STEP(wire_send_file, #__VA_ARGS__, __VA_ARGS__)
#define wire_expect_taken(...)     SCENARIO_STEP(wire_expect_taken, #__VA_ARGS__, __VA_ARGS__)
#define wire_expect(...)           SCENARIO_STEP(wire_expect, #__VA_ARGS__, __VA_ARGS__)
#define capture_expect(...)        SCENARIO_STEP(capture_expect, #__VA_ARGS__, __VA_ARGS__)
#define host_run(...)              SCENARIO_STEP(host_run, #__VA_ARGS__, __VA_ARGS__)
#define host_start(...)            SCENARIO_STEP(host_start, #__VA_ARGS__, __VA_ARGS__)
#define host_wait(...)             SCENARIO_STEP(host_wait, #__VA_ARGS__, __VA_ARGS__)
#define script_start(...)          SCENARIO_STEP(script_start, #__VA_ARGS__, __VA_ARGS__)
#define script_expect_success(...) SCENARIO_STEP(script_expect_success, #__VA_ARGS__, __VA_ARGS__)
#endif

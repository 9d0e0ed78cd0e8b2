/* A machine's serial port on this process's terminal.
 * SPDX-License-Identifier: Apache-2.0
 */
#define SCENARIO_IMPLEMENTATION
#include "harness/event/loop.h"
#include "harness/scenario.h"
#include "harness/scenario/run.h"

#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum { ESCAPE = 'A' - '@' };

/* Written before the terminal is changed, read by whoever restores it. */
static struct termios before;
static bool changed;

/* Guarded by the loop's lock. */
static struct {
    struct stream *serial;
    int watch;
    bool escaped, over;
} typing;

static void restore_terminal(void)
{
    if (changed)
        tcsetattr(STDIN_FILENO, TCSANOW, &before);
    changed = false;
}

/* tcsetattr() and _exit() are safe in a signal handler (POSIX.1-2017, 2.4.3). */
static void on_signal(int number)
{
    restore_terminal();
    _exit(128 + number);
}

static void change_terminal(void)
{
    if (tcgetattr(STDIN_FILENO, &before) != 0)
        return; /* a pipe or a file: nothing to change */
    struct termios raw = before;
    cfmakeraw(&raw);
    raw.c_oflag |= OPOST; /* a line feed of the log still returns the carriage */
    signal(SIGTERM, on_signal);
    signal(SIGHUP, on_signal);
    changed = true;
    tcsetattr(STDIN_FILENO, TCSANOW, &raw);
}

static void end_typing(void)
{
    loop_unwatch(typing.watch);
    typing.over = true;
    loop_changed();
}

static void on_keys(int fd, bool readable, bool writable, void *arg)
{
    char keys[256];
    (void)readable;
    (void)writable;
    (void)arg;
    ssize_t n = read(fd, keys, sizeof keys);
    if (n <= 0)
        end_typing();
    for (ssize_t i = 0; i < n; i++) {
        bool escape = keys[i] == ESCAPE && !typing.escaped;
        if (typing.escaped && (keys[i] == 'x' || keys[i] == 'X')) {
            end_typing();
            return;
        }
        typing.escaped = escape;
        if (!escape)
            stream_send(typing.serial, &keys[i], 1);
    }
}

void machine_join_terminal(struct machine *m, struct stream *serial)
{
    change_terminal();
    run.at_end = restore_terminal;
    loop_lock();
    /* What came before this call was not mirrored. */
    if (write(STDOUT_FILENO, buffer_text(&serial->data), serial->data.len) >= 0)
        serial->mirror = STDOUT_FILENO;
    typing.serial = serial;
    typing.watch = loop_watch(STDIN_FILENO, on_keys, NULL);
    while (!typing.over && !(serial->ended && m->state != MACHINE_RUNNING)) {
        run_check_trouble("the machine");
        loop_wait(INT64_MAX / 2);
    }
    loop_unlock();
    restore_terminal();
}

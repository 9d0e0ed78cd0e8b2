/* Slots and their janitor: one holder at a time, nothing left behind, however it ended.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/machine/slot.h"

#include "harness/base/files.h"
#include "harness/base/process.h"
#include "harness/machine/janitor.h"
#include "harness/test/check.h"
#include "harness/test/temporary.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>

enum { NEVER = 120 /* seconds */, WAIT_MS = 20000 };

static char build[256]; /* the build folder of these tests */

static void must(bool ok, const char *why)
{
    if (ok)
        return;
    fprintf(stderr, "%s\n", why);
    exit(2);
}

static struct slot take(void)
{
    struct error err = {""};
    struct slot s;
    must(slot_take(&s, build, &err), err.text);
    return s;
}

static int number(const struct slot *s)
{
    return atoi(path_base(s->root));
}

static bool below(const struct slot *s, const char *name)
{
    char *path = format_text("%s/%s", s->root, name);
    bool there = file_exists(path);
    free(path);
    return there;
}

static void put(const struct slot *s, const char *name)
{
    char *path = format_text("%s/%s", s->root, name);
    temporary_text(path, "left");
    free(path);
}

/* Waits until nobody holds the slot. */
static void await_free(const struct slot *s)
{
    char *path = format_text("%s/%d.lock", s->shared, number(s));
    int fd = open(path, O_RDWR | O_CLOEXEC);
    must(fd >= 0 && flock(fd, LOCK_EX) == 0, "cannot lock the slot");
    close(fd);
    free(path);
}

static void test_take(void)
{
    struct slot first = take(), second = take();
    char *expected = format_text("%s/lv/0", build);
    check_text("the first slot", first.root, expected);
    check("two slots differ", strcmp(first.root, second.root) != 0, "both are %s", first.root);
    check_text("they share a folder", first.shared, second.shared);
    check("it is prepared", below(&first, "io") && below(&first, "etc/qemu.conf"), "it is not");
    close(first.lock);
    struct slot third = take();
    check("a slot that is given back is taken again", strcmp(third.root, expected) == 0, "%s",
          third.root);
    close(second.lock);
    close(third.lock);
    free(expected);
}

/* What an older version, another user or machines left is replaced or goes. */
static void test_prepare(void)
{
    struct slot s = take();
    char *conf = format_text("%s/etc/qemu.conf", s.root);
    temporary_text(conf, "old");
    put(&s, "run/x");
    put(&s, "lib/qemu/y/monitor.sock");
    put(&s, "io/z");
    put(&s, "cache/kept");
    close(s.lock);
    s = take();
    check("what machines left is gone",
          !below(&s, "run") && !below(&s, "lib") && below(&s, "io") && !below(&s, "io/z"),
          "it is there");
    check("what was learnt is kept", below(&s, "cache/kept"), "it is gone");
    struct buffer b = {0};
    char *user = format_text("user = \"+%u\"\n", (unsigned)getuid());
    file_read(conf, 1000, &b, NULL);
    check("the configuration is new", strncmp(buffer_text(&b), user, strlen(user)) == 0, "%s",
          buffer_text(&b));
    buffer_fini(&b);
    free(user);
    free(conf);
    close(s.lock);
}

static void test_holder_ends(void)
{
    int taken[2];
    struct slot mine = take(), next;
    must(pipe2(taken, O_CLOEXEC) == 0, "no pipe");
    pid_t pid = fork();
    if (pid == 0) {
        struct slot other = take();
        _exit(write(taken[1], &other, sizeof other) != sizeof other || pause());
    }
    must(read(taken[0], &next, sizeof next) == sizeof next, "the child took no slot");
    check("another process has another one", number(&next) != number(&mine), "the same");
    struct slot third = take();
    check("while both hold theirs",
          number(&third) != number(&mine) && number(&third) != number(&next), "the same");
    close(third.lock);
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    third = take();
    check("killed, it holds nothing", number(&third) == number(&next), "slot %d", number(&third));
    close(third.lock);
    close(mine.lock);
    close(taken[0]);
    close(taken[1]);
}

/* Starts sleep under the name @word with the variable @variable, and waits until it is that. */
static pid_t start_sleep(const char *word, const char *variable)
{
    int started[2];
    char byte;
    must(pipe2(started, O_CLOEXEC) == 0, "no pipe");
    pid_t pid = fork();
    if (pid == 0) {
        execle("/bin/sleep", word, "1000", NULL, (const char *const[]){variable, "LAST=1", NULL});
        _exit(1);
    }
    close(started[1]);
    must(read(started[0], &byte, 1) == 0, "no end of the pipe"); /* it runs sleep now */
    close(started[0]);
    return pid;
}

/* Starts what looks like a machine of @root: a process with one of its paths as an argument. */
static pid_t start_machine(const char *root, const char *folder)
{
    char *word = format_text("%s/%s/domain-1/monitor.sock", root, folder);
    pid_t pid = start_sleep(word, "NONE=1");
    free(word);
    return pid;
}

/* Starts what looks like a program that the scenario in @root has started. */
static pid_t start_program(const char *root)
{
    char *variable = format_text("CAPOS_SLOT=%s", root);
    pid_t pid = start_sleep("sleep", variable);
    free(variable);
    return pid;
}

/* How a child (an adopted one, too) ended: the signal, 0 for an exit, -1 when it did not. */
static int ended_by(pid_t pid)
{
    int status = 0, fd = (int)syscall(SYS_pidfd_open, pid, 0);
    struct pollfd end = {.fd = fd, .events = POLLIN};
    bool in_time = poll(&end, 1, WAIT_MS) == 1;
    close(fd);
    if (!in_time)
        kill(pid, SIGKILL);
    waitpid(pid, &status, 0);
    return !in_time ? -1 : WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void end(pid_t pid)
{
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
}

static void test_sweep(void)
{
    struct slot s = take();
    char *longer = format_text("%s0", s.root);
    put(&s, "run/x");
    pid_t first = start_machine(s.root, "lib/qemu"), second = start_machine(s.root, "lib/qemu");
    pid_t neighbour = start_machine(longer, "lib/qemu"), reader = start_machine(s.root, "run");
    pid_t program = start_program(s.root), other = start_program(longer);
    must(process_alive(first, "lib/qemu") && process_alive(neighbour, longer), "nobody runs");
    janitor_sweep(s.root);
    int by_first = ended_by(first), by_second = ended_by(second);
    check("every machine of the slot is ended", by_first == SIGKILL && by_second == SIGKILL,
          "by %d and %d", by_first, by_second);
    int by_program = ended_by(program);
    check("a program of the slot is ended", by_program == SIGKILL, "by %d", by_program);
    check("a program of a slot whose number begins alike is not", process_alive(other, "sleep"),
          "it is");
    check("a machine of another slot is not", process_alive(neighbour, longer), "it is");
    check("nor who only reads there", process_alive(reader, s.root), "it is");
    check("its files are gone", !below(&s, "run"), "they are there");
    janitor_sweep(s.root);
    check("sweeping twice", process_alive(neighbour, longer), "it is ended");
    end(neighbour);
    end(reader);
    end(other);
    free(longer);
    close(s.lock);
}

struct harness {
    struct slot slot;
    pid_t machine;
};

/* A scenario's process: takes a slot, starts the janitor and a machine, and tells. */
static _Noreturn void be_harness(int tell)
{
    struct error err = {""};
    struct harness h = {.slot = take()};
    must(janitor_start(h.slot.root, h.slot.lock, &err), err.text);
    put(&h.slot, "lib/qemu/x");
    h.machine = start_machine(h.slot.root, "lib/qemu");
    _exit(write(tell, &h, sizeof h) != sizeof h || pause());
}

static void test_janitor(int signal)
{
    int tell[2];
    struct harness h;
    must(pipe2(tell, O_CLOEXEC) == 0, "no pipe");
    pid_t pid = fork();
    if (pid == 0)
        be_harness(tell[1]);
    must(read(tell[0], &h, sizeof h) == sizeof h, "the child started no machine");
    check("the machine runs", process_alive(h.machine, h.slot.root), "it does not");
    check("its files are there", below(&h.slot, "lib/qemu/x"), "they are not");
    struct slot other = take();
    check("the slot is in use", number(&other) != number(&h.slot), "it is not");
    kill(pid, signal);
    waitpid(pid, NULL, 0);
    int by = ended_by(h.machine);
    check("the janitor ends the machine of a harness that was killed", by == SIGKILL, "by %d", by);
    await_free(&h.slot);
    check("and frees the slot after its files are gone",
          !below(&h.slot, "lib") && !below(&h.slot, "io") && below(&h.slot, "etc/qemu.conf"),
          "they are there");
    while (waitpid(-1, NULL, 0) > 0) /* the janitor, adopted */
        ;
    close(other.lock);
    close(tell[0]);
    close(tell[1]);
}

static void test_long_path(void)
{
    struct error err = {""};
    char *path = format_text("%s/%060d", build, 1), *other = format_text("%s/%060d", build, 2);
    struct slot s, t;
    must(slot_take(&s, path, &err), err.text);
    check("a long build path falls back", strncmp(s.shared, "/tmp/capos-", 11) == 0, "%s",
          s.shared);
    check("which is short", strlen(s.root) < 52, "%zu bytes", strlen(s.root));
    must(slot_take(&t, path, &err), err.text);
    check("the same build path shares", strcmp(s.shared, t.shared) == 0 && number(&t) == 1, "%s",
          t.root);
    close(t.lock);
    must(slot_take(&t, other, &err), err.text);
    check("another one does not", strcmp(s.shared, t.shared) != 0, "%s", t.root);
    close(s.lock);
    close(t.lock);
    folder_remove(s.shared, NULL);
    folder_remove(t.shared, NULL);
    must(symlink("/tmp", s.shared) == 0, "cannot make a link");
    check("somebody else's link is refused", !slot_take(&t, path, &err), "taken");
    char *expected = format_text("%s is not a folder of yours; remove it and run again", s.shared);
    check_text("says what to do", err.text, expected);
    unlink(s.shared);
    free(expected);
    free(path);
    free(other);
}

/* A capability file with a text and an age in seconds. */
static void put_cache(const char *folder, const char *name, const char *text, int age)
{
    struct timespec times[2] = {{.tv_sec = time(NULL) - age}, {.tv_sec = time(NULL) - age}};
    char *path = format_text("%s/%s", folder, name);
    temporary_text(path, text);
    must(utimensat(AT_FDCWD, path, times, 0) == 0, "cannot set a time");
    free(path);
}

static void expect_cache(const char *what, const char *folder, const char *name,
                         const char *expected)
{
    struct buffer b = {0};
    char *path = format_text("%s/%s", folder, name);
    bool there = file_read(path, 100, &b, NULL);
    check_text(what, there ? buffer_text(&b) : "-", expected);
    buffer_fini(&b);
    free(path);
}

static void test_cache(void)
{
    struct error err = {""};
    struct slot s = take();
    char *own = format_text("%s/cache/qemu/capabilities", s.root);
    char *shared = format_text("%s/cache", s.shared);
    put_cache(shared, "new.xml", "shared", 10);
    put_cache(shared, "newer.xml", "shared", 10);
    put_cache(own, "newer.xml", "own", 20);
    put_cache(shared, "older.xml", "shared", 20);
    put_cache(own, "older.xml", "own", 10);
    put_cache(shared, "no.txt", "shared", 10);
    put_cache(shared, ".hidden.xml", "shared", 10);
    int token = slot_cache_enter(&s, &err);
    must(token >= 0, err.text);
    expect_cache("what others learnt", own, "new.xml", "shared");
    expect_cache("newer than the own", own, "newer.xml", "shared");
    expect_cache("older than the own", own, "older.xml", "own");
    expect_cache("another file", own, "no.txt", "-");
    expect_cache("a hidden file", own, ".hidden.xml", "-");
    expect_cache("entering teaches nobody", shared, "older.xml", "shared");

    char *lock = format_text("%s/cache.lock", s.shared);
    int fd = open(lock, O_RDWR | O_CLOEXEC);
    check("only one at a time", flock(fd, LOCK_EX | LOCK_NB) && errno == EWOULDBLOCK, "two");
    put_cache(own, "learnt.xml", "own", 0);
    slot_cache_leave(&s, token);
    check("then the next", flock(fd, LOCK_EX | LOCK_NB) == 0, "%s", strerror(errno));
    close(fd);
    expect_cache("what was learnt", shared, "learnt.xml", "own");
    expect_cache("and is newer", shared, "older.xml", "own");
    expect_cache("not what is the same", shared, "new.xml", "shared");
    free(lock);
    free(own);
    free(shared);
    close(s.lock);
}

static void test_refused(void)
{
    struct error err = {""};
    struct slot s;
    char *path = format_text("%s/file", build);
    temporary_text(path, "no folder");
    check("no folder", !slot_take(&s, path, &err), "taken");
    check("says which", strstr(err.text, path), "%s", err.text);
    free(path);
}

int main(void)
{
    alarm(NEVER);
    prctl(PR_SET_CHILD_SUBREAPER, 1); /* so that machines of killed children can be waited for */
    temporary_enter();
    must(getcwd(build, sizeof build) != NULL, "no folder");
    test_take();
    test_prepare();
    test_holder_ends();
    test_sweep();
    test_janitor(SIGKILL);
    test_janitor(SIGTERM);
    test_long_path();
    test_cache();
    test_refused();
    temporary_leave();
    return check_done();
}

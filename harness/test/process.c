/* Programs that the harness runs, and the files that it writes.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/base/process.h"

#include "harness/base/clock.h"
#include "harness/base/files.h"
#include "harness/test/check.h"
#include "harness/test/temporary.h"

#include <dirent.h>
#include <limits.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

enum { LONG_MS = 60000, SHORT_MS = 300, BIG = 4 << 20, NEVER = 120 /* seconds */ };

static struct buffer out, errors;

/* Runs a line of the shell with its outputs in `out` and `errors`. */
static int shell(const char *line, int limit_ms, struct error *err)
{
    const char *argv[] = {"sh", "-c", line, NULL};
    out.len = errors.len = 0;
    error_set(err, "no error");
    int status = process_run(argv, NULL, &out, &errors, limit_ms, err);
    buffer_add(&out, "", 0);
    buffer_add(&errors, "", 0);
    return status;
}

static void test_outputs(void)
{
    struct error err;
    int status = shell("echo one; echo two >&2; echo three; exit 7", LONG_MS, &err);
    check("exit status", status == 7, "%d: %s", status, err.text);
    check_text("standard output", buffer_text(&out), "one\nthree\n");
    check_text("standard error", buffer_text(&errors), "two\n");
    check("success", shell("printf 'a\\0b'", LONG_MS, &err) == 0, "%s", err.text);
    check("any bytes", out.len == 3 && memcmp(out.data, "a\0b", 3) == 0, "%zu bytes", out.len);
    check_text("no error is said", err.text, "no error");
    check("no input", shell("wc -c | tr -d ' '", LONG_MS, &err) == 0, "%s", err.text);
    check_text("no input", buffer_text(&out), "0\n");

    const char *much[] = {"sh", "-c", "head -c 300000 /dev/zero; head -c 300000 /dev/zero >&2",
                          NULL};
    check("outputs that nobody wants", process_run(much, NULL, NULL, NULL, LONG_MS, &err) == 0,
          "%s", err.text);
    buffer_fini(&out);
    buffer_add_text(&out, "before ");
    const char *echo[] = {"echo", "$HOME;", "*", NULL};
    check("no shell", process_run(echo, NULL, &out, NULL, LONG_MS, &err) == 0, "%s", err.text);
    check_text("outputs are added", buffer_text(&out), "before $HOME; *\n");
}

static void test_input(void)
{
    struct error err = {""};
    struct buffer input = {0}, back = {0};
    uint32_t state = 7;
    for (size_t i = 0; i < BIG; i++) {
        state = state * 1664525 + 1013904223;
        buffer_add_char(&input, (char)(state >> 24));
    }
    const char *cat[] = {"cat", NULL}, *none[] = {"true", NULL};
    int status = process_run(cat, &input, &back, NULL, LONG_MS, &err);
    check("big input", status == 0, "%d: %s", status, err.text);
    check("comes back whole", back.len == BIG && memcmp(back.data, input.data, BIG) == 0,
          "%zu bytes, or others", back.len);
    status = process_run(none, &input, NULL, NULL, LONG_MS, &err);
    check("input that is not read", status == 0, "%d: %s", status, err.text);
    buffer_fini(&input);
    buffer_fini(&back);
}

static void test_signals(void)
{
    struct error err;
    sigset_t term;
    check("killed", shell("kill -KILL $$", LONG_MS, &err) == -1, "it was not");
    check_text("says by what", err.text, "sh was killed by signal 9");
    check("SIGPIPE is not ignored", shell("kill -PIPE $$; exit 3", LONG_MS, &err) == -1, "%d", 3);
    check_text("SIGPIPE is not ignored", err.text, "sh was killed by signal 13");
    sigemptyset(&term);
    sigaddset(&term, SIGTERM);
    sigprocmask(SIG_BLOCK, &term, NULL);
    shell("kill -TERM $$; exit 3", LONG_MS, &err);
    check_text("SIGTERM is not blocked", err.text, "sh was killed by signal 15");
    sigprocmask(SIG_UNBLOCK, &term, NULL);
}

static void expect_limit(const char *name, const char *line)
{
    struct error err;
    int64_t start = clock_ms();
    int status = shell(line, SHORT_MS, &err);
    int64_t took = clock_ms() - start;
    check(name, status == -1, "status %d", status);
    check_text(name, err.text, "sh did not end within 300 ms");
    check(name, took >= SHORT_MS && took < LONG_MS, "after %lld ms", (long long)took);
    check(name, waitpid(-1, NULL, WNOHANG) < 0, "the process is still there");
}

static void test_limit(void)
{
    expect_limit("sleeps", "exec sleep 1000");
    expect_limit("sleeps with its outputs closed", "exec >&- 2>&-; exec sleep 1000");
    expect_limit("talks for ever", "while :; do echo more >&2; done");
    expect_limit("ignores signals", "trap '' TERM INT HUP; while :; do :; done");
}

static void test_not_started(void)
{
    struct error err = {""};
    const char *absent[] = {"absent-program", "x", NULL}, *text[] = {"./text", NULL};
    check("no program", process_run(absent, NULL, &out, NULL, LONG_MS, &err) == -1, "started");
    check_text("says which", err.text, "cannot run absent-program: No such file or directory");
    temporary_text("text", "#!/bin/sh\n");
    check("no permission", process_run(text, NULL, &out, NULL, LONG_MS, &err) == -1, "started");
    check_text("says so", err.text, "cannot run ./text: Permission denied");
}

static void test_alive(void)
{
    check("alive", process_alive(getpid(), NULL), "not");
    check("its command line", process_alive(getpid(), "harness/test/process"), "others");
    check("not another one", !process_alive(getpid(), "harness/test/absent"), "it does");
    pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    siginfo_t info;
    waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT);
    check("a zombie is not alive", !process_alive(pid, NULL), "alive");
    waitpid(pid, NULL, 0);
    check("nobody is not alive", !process_alive(pid, NULL), "alive");
}

static int open_descriptors(void)
{
    int n = 0;
    DIR *dir = opendir("/proc/self/fd");
    while (dir && readdir(dir))
        n++;
    if (dir)
        closedir(dir);
    return n;
}

static void expect_file(const char *name, const char *path, const char *expected)
{
    struct error err = {""};
    struct buffer b = {0};
    if (check(name, file_read(path, 1 << 20, &b, &err), "%s", err.text))
        check_text(name, buffer_text(&b), expected);
    buffer_fini(&b);
}

static int entries(const char *path)
{
    int n = -2; /* "." and ".." */
    DIR *dir = opendir(path);
    while (dir && readdir(dir))
        n++;
    if (dir)
        closedir(dir);
    return n;
}

static void test_write(void)
{
    struct error err = {""};
    folder_make("write", &err);
    check("write", file_write("write/x", "one two", 7, &err), "%s", err.text);
    expect_file("written", "write/x", "one two");
    check("write again", file_write("write/x", "three", 5, &err), "%s", err.text);
    expect_file("replaced", "write/x", "three");
    check("write nothing", file_write("write/empty", NULL, 0, &err), "%s", err.text);
    expect_file("nothing", "write/empty", "");
    check("nothing else lies there", entries("write") == 2, "%d files", entries("write"));
}

/* Whoever has the old file open keeps it whole. */
static void test_atomic(void)
{
    struct error err = {""};
    struct stat before, after;
    temporary_text("atomic", "old");
    stat("atomic", &before);
    check("replace", file_write("atomic", "new", 3, &err), "%s", err.text);
    stat("atomic", &after);
    check("by another file", before.st_ino != after.st_ino, "the same");
}

/* The file beside the one to be replaced is on a full disk. */
static void test_full_disk(void)
{
    struct error err = {""};
    char *beside = format_text("full/x.%d.tmp", (int)getpid());
    temporary_text("full/x", "old");
    if (symlink("/dev/full", beside))
        perror("cannot make a link");
    check("full disk", !file_write("full/x", "new", 3, &err), "written");
    check_text("says what to do", err.text,
               "cannot write full/x: No space left on device; free some space (`make clean` "
               "removes build/) and run again");
    expect_file("the old file stays", "full/x", "old");
    check("and nothing else", entries("full") == 1, "%d files", entries("full"));
    free(beside);
}

/* As root, everything is permitted: become somebody else meanwhile. */
static void test_permission(void)
{
    enum { NOBODY = 65534 };
    struct error write_error = {""}, read_error = {""}, make_error = {""};
    struct buffer b = {0};
    temporary_text("private/x", "secret");
    chmod("private/x", 0);
    chmod("private", 0500);
    bool root = geteuid() == 0 && chmod(".", 0755) == 0 && seteuid(NOBODY) == 0;
    bool written = file_write("private/x", "new", 3, &write_error);
    bool was_read = file_read("private/x", 100, &b, &read_error);
    bool made = folder_make("private/a/b", &make_error);
    if (root && seteuid(0))
        abort();
    chmod("private", 0700);
    check("not permitted to write", !written, "written");
    check_text("says what to do", write_error.text,
               "cannot write private/x: Permission denied; check who owns it");
    check("not permitted to read", !was_read, "read");
    check_text("says what to do", read_error.text,
               "cannot read private/x: Permission denied; check who owns it");
    check("not permitted to create", !made, "made");
    check_text("says what to do", make_error.text,
               "cannot create private/a: Permission denied; check who owns it");
    buffer_fini(&b);
}

static void test_read(void)
{
    struct error err = {""};
    struct buffer b = {0};
    temporary_text("four", "1234");
    buffer_add_text(&b, "before ");
    check("as large as allowed", file_read("four", 4, &b, &err), "%s", err.text);
    check_text("added", buffer_text(&b), "before 1234");
    check("larger", !file_read("four", 3, &b, &err), "read");
    check_text("says so", err.text, "cannot read four: it is larger than 3 bytes");
    check("no file", !file_read("absent", 3, &b, &err), "read");
    check_text("says so", err.text, "cannot read absent: No such file or directory");
    check("a folder", !file_read(".", 3, &b, &err), "read");
    check_text("says so", err.text, "cannot read .: Is a directory");
    check("exists", file_exists("four") && !file_exists("absent"), "not");
    buffer_fini(&b);
}

static void test_folders(void)
{
    struct error err = {""};
    check("folders", folder_make("a/b/c", &err) && file_exists("a/b/c"), "%s", err.text);
    check("which are there", folder_make("a/b/c", &err) && folder_make("a/b/d/", &err), "%s",
          err.text);
    temporary_text("file", "x");
    check("below a file", !folder_make("file/a", &err), "made");
    check_text("says where", err.text, "cannot create file/a: Not a directory");
    temporary_text("target/kept", "kept");
    check("link", link_replace("../../target", "a/b/link", &err), "%s", err.text);
    expect_file("through the link", "a/b/link/kept", "kept");
    check("link again", link_replace("../../absent", "a/b/link", &err), "%s", err.text);
    check("replaced", !file_exists("a/b/link"), "the old one");
    check("and again", link_replace("../../target", "a/b/link", &err), "%s", err.text);
    check("no folder for a link", !link_replace("x", "absent/link", &err), "linked");
    check_text("says so", err.text, "cannot link absent/link: No such file or directory");
    check("remove", folder_remove("a", &err) && !file_exists("a"), "%s", err.text);
    expect_file("links are not followed", "target/kept", "kept");
    check("remove what is gone", folder_remove("a", &err), "%s", err.text);
}

static void test_names(void)
{
    struct error err = {""};
    char path[PATH_MAX + 1];
    memset(path, 'x', PATH_MAX);
    path[PATH_MAX] = '\0';
    check("a path too long to write", !file_write(path, "", 0, &err), "written");
    check("a path too long to create", !folder_make(path, &err), "made");
    check("a path too long to link", !link_replace("x", path, &err), "linked");
    check_text("base", path_base("a/b"), "b");
    check_text("base of a name", path_base("b"), "b");
    check_text("base of a folder", path_base("a/"), "");
}

int main(void)
{
    alarm(NEVER);
    temporary_enter();
    int descriptors = open_descriptors();
    test_outputs();
    test_input();
    test_signals();
    test_limit();
    test_not_started();
    test_alive();
    test_write();
    test_atomic();
    test_full_disk();
    test_permission();
    test_read();
    test_folders();
    test_names();
    check("no descriptor stays open", open_descriptors() == descriptors, "%d, before %d",
          open_descriptors(), descriptors);
    buffer_fini(&out);
    buffer_fini(&errors);
    temporary_leave();
    return check_done();
}

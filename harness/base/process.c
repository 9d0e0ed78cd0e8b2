/* Host programs that the harness runs.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/base/process.h"

#include "harness/base/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* One of the three pipes: our end, and what is still to be moved through it. */
struct channel {
    int ours;
    int theirs;
};

static bool channel_init(struct channel *c, bool to_child)
{
    int fds[2];
    if (pipe2(fds, O_CLOEXEC))
        return false;
    c->ours = fds[to_child ? 1 : 0];
    c->theirs = fds[to_child ? 0 : 1];
    fcntl(c->ours, F_SETFL, O_NONBLOCK);
    return true;
}

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static void drain(int *fd, struct buffer *into)
{
    char chunk[65536];
    ssize_t n = read(*fd, chunk, sizeof chunk);
    if (n > 0 && into)
        buffer_add(into, chunk, (size_t)n);
    if (n == 0 || (n < 0 && errno != EINTR && errno != EAGAIN))
        close_fd(fd);
}

static void feed(int *fd, const struct buffer *input, size_t *done)
{
    ssize_t n = write(*fd, input->data + *done, input->len - *done);
    if (n > 0)
        *done += (size_t)n;
    if (*done == input->len || (n < 0 && errno != EINTR && errno != EAGAIN))
        close_fd(fd);
}

int process_spawn(const char *const argv[], char *const environment[], const int fds[3], bool group,
                  pid_t *pid)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attr;
    sigset_t none, pipe_only;
    posix_spawn_file_actions_init(&actions);
    for (int i = 0; i < 3; i++) {
        if (fds[i] >= 0)
            posix_spawn_file_actions_adddup2(&actions, fds[i], i);
        else
            posix_spawn_file_actions_addopen(&actions, i, "/dev/null", O_RDWR, 0);
    }
    /* The harness ignores SIGPIPE and blocks what its threads must not see; the program starts clean. */
    sigemptyset(&none);
    sigemptyset(&pipe_only);
    sigaddset(&pipe_only, SIGPIPE);
    posix_spawnattr_init(&attr);
    posix_spawnattr_setsigmask(&attr, &none);
    posix_spawnattr_setsigdefault(&attr, &pipe_only);
    posix_spawnattr_setpgroup(&attr, 0);
    posix_spawnattr_setflags(&attr, (short)(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
                                            (group ? POSIX_SPAWN_SETPGROUP : 0)));
    int rc = posix_spawnp(pid, argv[0], &actions, &attr, (char *const *)argv, environment);
    posix_spawnattr_destroy(&attr);
    posix_spawn_file_actions_destroy(&actions);
    return rc;
}

/* Moves bytes until both outputs are closed by the program. False when @deadline passed first. */
static bool pump(struct channel c[3], const struct buffer *input, struct buffer *out,
                 struct buffer *errors, int64_t deadline)
{
    size_t fed = 0;
    if (!input || !input->len)
        close_fd(&c[0].ours);
    while (c[1].ours >= 0 || c[2].ours >= 0) {
        struct pollfd polls[3] = {{.fd = c[0].ours, .events = POLLOUT},
                                  {.fd = c[1].ours, .events = POLLIN},
                                  {.fd = c[2].ours, .events = POLLIN}};
        int left = clock_left(deadline, 60000);
        if (left == 0)
            return false;
        if (poll(polls, 3, left) <= 0)
            continue;
        if (polls[0].revents)
            feed(&c[0].ours, input, &fed);
        if (polls[1].revents)
            drain(&c[1].ours, out);
        if (polls[2].revents)
            drain(&c[2].ours, errors);
    }
    return true;
}

/* A program that ends before it has read its input is no reason for this process to end: SIGPIPE goes to the
 * thread that writes, which takes it back. */
static bool pump_quietly(struct channel c[3], const struct buffer *input, struct buffer *out,
                         struct buffer *errors, int64_t deadline)
{
    sigset_t pipe_only, before;
    sigemptyset(&pipe_only);
    sigaddset(&pipe_only, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe_only, &before);
    bool finished = pump(c, input, out, errors, deadline);
    while (!sigismember(&before, SIGPIPE) &&
           sigtimedwait(&pipe_only, NULL, &(struct timespec){0}) > 0)
        ;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return finished;
}

/* Waits until the process has ended, not reaping it. False when @deadline passed first. */
static bool ended(pid_t pid, int64_t deadline)
{
    int fd = (int)syscall(SYS_pidfd_open, pid, 0);
    if (fd < 0)
        return true; /* a kernel before 5.3: the wait that follows has no limit */
    struct pollfd poll_end = {.fd = fd, .events = POLLIN};
    int n;
    do
        n = poll(&poll_end, 1, clock_left(deadline, 3600000));
    while (n < 0 && errno == EINTR);
    close(fd);
    return n > 0;
}

int process_run(const char *const argv[], const struct buffer *input, struct buffer *out,
                struct buffer *errors, int limit_ms, struct error *err)
{
    struct channel c[3] = {{-1, -1}, {-1, -1}, {-1, -1}};
    pid_t pid = -1;
    int result = -1;
    int64_t deadline = clock_ms() + limit_ms;
    if (!channel_init(&c[0], true) || !channel_init(&c[1], false) || !channel_init(&c[2], false)) {
        error_set(err, "cannot make a pipe: %s", strerror(errno));
        goto done;
    }
    const int fds[3] = {c[0].theirs, c[1].theirs, c[2].theirs};
    int rc = process_spawn(argv, environ, fds, false, &pid);
    for (int i = 0; i < 3; i++)
        close_fd(&c[i].theirs);
    if (rc) {
        error_set(err, "cannot run %s: %s", argv[0], strerror(rc));
        goto done;
    }
    bool finished = pump_quietly(c, input, out, errors, deadline) && ended(pid, deadline);
    if (!finished)
        kill(pid, SIGKILL);
    int status;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    if (!finished)
        error_set(err, "%s did not end within %d ms", argv[0], limit_ms);
    else if (!WIFEXITED(status))
        error_set(err, "%s was killed by signal %d", argv[0], WTERMSIG(status));
    else
        result = WEXITSTATUS(status);
done:
    for (int i = 0; i < 3; i++) {
        close_fd(&c[i].ours);
        close_fd(&c[i].theirs);
    }
    return result;
}

bool process_alive(pid_t pid, const char *word)
{
    char path[64], text[8192];
    snprintf(path, sizeof path, "/proc/%d/cmdline", (int)pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    ssize_t n = read(fd, text, sizeof text - 1);
    close(fd);
    if (n <= 0)
        return false; /* a zombie's command line is empty */
    text[n] = '\0';
    return !word || memmem(text, (size_t)n, word, strlen(word));
}

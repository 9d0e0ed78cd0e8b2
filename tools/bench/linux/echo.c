/*
 * A process that answers requests through pipes, or through a UNIX socket.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "echo.h"

#include <sched.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static char buffer[ECHO_ROOM];

static void need(int good)
{
    if (!good)
        _exit(1);
}

static void send_all(int fd, size_t len)
{
    need(write(fd, buffer, len) == (ssize_t)len);
}

static void receive(int fd, size_t len)
{
    need(read(fd, buffer, len) == (ssize_t)len);
}

void pin(int cpu)
{
    cpu_set_t set;

    if (cpu == ANY_CPU)
        return;
    CPU_ZERO(&set);
    CPU_SET(cpu, &set);
    need(sched_setaffinity(0, sizeof(set), &set) == 0);
}

struct echo echo_start(size_t len, int cpu)
{
    int request[2], answer[2];

    need(pipe(request) == 0 && pipe(answer) == 0);
    if (fork() == 0) {
        pin(cpu);
        for (;;) {
            receive(request[0], len);
            send_all(answer[1], ECHO_ANSWER);
        }
    }
    return (struct echo){.to = request[1], .from = answer[0]};
}

void echo_call(const struct echo *echo, size_t len)
{
    send_all(echo->to, len);
    receive(echo->from, ECHO_ANSWER);
}

/* --- With a file descriptor, or with credentials --- */

union control {
    struct cmsghdr header;
    char space[CMSG_SPACE(sizeof(struct ucred))]; /* and more than a descriptor needs */
};

/* With LEN bytes of control data. */
static struct msghdr message_of(struct iovec *bytes, union control *control, size_t len)
{
    bytes->iov_base = buffer;
    bytes->iov_len = ECHO_ANSWER;
    return (struct msghdr){
        .msg_iov = bytes,
        .msg_iovlen = 1,
        .msg_control = control->space,
        .msg_controllen = CMSG_SPACE(len),
    };
}

static void receive_passed(int fd)
{
    struct iovec bytes;
    union control control;
    struct msghdr message = message_of(&bytes, &control, sizeof(int));
    int passed;

    need(recvmsg(fd, &message, 0) == ECHO_ANSWER);
    need(control.header.cmsg_type == SCM_RIGHTS);
    memcpy(&passed, CMSG_DATA(&control.header), sizeof(passed));
    close(passed);
}

static void receive_credentials(int fd)
{
    struct iovec bytes;
    union control control;
    struct msghdr message = message_of(&bytes, &control, sizeof(struct ucred));

    need(recvmsg(fd, &message, 0) == ECHO_ANSWER);
    need(control.header.cmsg_type == SCM_CREDENTIALS);
}

static struct echo start_at_socket(void (*receive_request)(int fd), int with_credentials)
{
    int ends[2];

    need(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    need(setsockopt(ends[1], SOL_SOCKET, SO_PASSCRED, &with_credentials, sizeof(int)) == 0);
    if (fork() == 0) {
        for (;;) {
            receive_request(ends[1]);
            send_all(ends[1], ECHO_ANSWER);
        }
    }
    return (struct echo){.to = ends[0], .from = ends[0]};
}

struct echo echo_start_passing(void)
{
    return start_at_socket(receive_passed, 0);
}

struct echo echo_start_credentials(void)
{
    return start_at_socket(receive_credentials, 1);
}

void echo_call_passing(const struct echo *echo, int passed)
{
    struct iovec bytes;
    union control control = {0};
    struct msghdr message = message_of(&bytes, &control, sizeof(int));

    control.header = (struct cmsghdr){
        .cmsg_len = CMSG_LEN(sizeof(int)),
        .cmsg_level = SOL_SOCKET,
        .cmsg_type = SCM_RIGHTS,
    };
    memcpy(CMSG_DATA(&control.header), &passed, sizeof(passed));
    need(sendmsg(echo->to, &message, 0) == ECHO_ANSWER);
    receive(echo->from, ECHO_ANSWER);
}

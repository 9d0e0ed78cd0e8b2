/*
 * Tries what no program can be granted yet: files, pipes, sockets, processes, other users.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static int done;

static void tell(const char *what, long result)
{
    printf("%s: %s\n", what, result == -1 ? strerror(errno) : "done");
    done += result != -1;
}

/* Of those that return NULL. */
static long pointer(const void *result)
{
    return result ? 0 : -1;
}

static void files(void)
{
    struct stat status;
    char name[100];

    tell("open(\"/etc/passwd\")", open("/etc/passwd", O_RDONLY));
    tell("open(\"new\", O_CREAT)", open("new", O_CREAT | O_RDWR, 0666));
    tell("fopen(\"/dev/null\")", pointer(fopen("/dev/null", "r")));
    tell("tmpfile()", pointer(tmpfile()));
    tell("stat(\"/\")", stat("/", &status));
    tell("access(\".\")", access(".", R_OK));
    tell("opendir(\"/\")", pointer(opendir("/")));
    tell("mkdir(\"/new\")", mkdir("/new", 0777));
    tell("unlink(\"/init\")", unlink("/init"));
    tell("rename(\"a\", \"b\")", rename("a", "b"));
    tell("getcwd()", pointer(getcwd(name, sizeof(name))));
    tell("chdir(\"/\")", chdir("/"));
    tell("mmap() of a file", (long)mmap(NULL, 4096, PROT_READ, MAP_SHARED, 1, 0));
}

static void others(void)
{
    int fds[2];
    pid_t pid;
    char *const arguments[] = {"sh", NULL};

    tell("pipe()", pipe(fds));
    tell("popen(\"ls\")", pointer(popen("ls", "r")));
    tell("socket(AF_INET)", socket(AF_INET, SOCK_STREAM, 0));
    tell("socket(AF_UNIX)", socket(AF_UNIX, SOCK_DGRAM, 0));
    tell("socketpair()", socketpair(AF_UNIX, SOCK_STREAM, 0, fds));
    tell("fork()", fork());
    tell("vfork()", vfork());
    tell("execv(\"/bin/sh\")", execv("/bin/sh", arguments));
    errno = posix_spawn(&pid, "/bin/sh", NULL, NULL, arguments, NULL);
    tell("posix_spawn(\"/bin/sh\")", errno ? -1 : 0);
    tell("system(\"ls\")", system("ls"));
    tell("kill(2, SIGKILL)", kill(2, SIGKILL));
    tell("setuid(0)", setuid(0));
    tell("poll()", poll(NULL, 0, 0));
    tell("a system call without a number", syscall(-1));
    tell("a system call of tomorrow", syscall(100000));
}

int main(void)
{
    files();
    others();
    return done;
}

/* A full disk is an error that says so, before, while and after a scenario runs.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The runner gets a small file system of its own for its results, in a mount name space of its own.
 */
#include "harness/scenario.h"

#include <string.h>
#include <unistd.h>

enum { ARGUMENTS = 32 };

/* $0 is the mount point, $1 how full it is made; what follows is run. */
static const char script[] = "mount -t tmpfs -o size=2m none $0 || exit 99\n"
                             "head -c $1 /dev/zero >$0/fill 2>/dev/null\n"
                             "shift\n"
                             "\"$@\"\n"
                             "status=$?\n"
                             "umount $0\n"
                             "exit $status\n";

/* How unshare shall treat mounts: in a chroot, whose root is no mount point, nothing can be made private. */
static const char *propagation = "private";

static int try_unshare(const char *name, const char *program)
{
    /* Root may mount; anybody else may as root of a user name space, but not in a chroot. */
    const char *const argv[] = {
        "unshare", getuid() == 0 ? "-m" : "-rm", "--propagation", propagation, program, NULL};
    return host_run(name, argv);
}

static void runs_with(const char *name, const char *scenario, const char *fill, const char *says)
{
    const char *mount = text("%s/%s", run_folder(), name);
    const char *const make[] = {"mkdir", mount, NULL};
    check(host_run(text("mkdir-%s", name), make) == 0, "a mount point");

    const char *const words[] = {"run",       scenario, "--out", text("%s/out", mount),
                                 "--goldens", mount,    NULL}; /* none: a difference takes room */
    const char *argv[ARGUMENTS] = {"unshare",
                                   getuid() == 0 ? "-m" : "-rm",
                                   "--propagation",
                                   propagation,
                                   "sh",
                                   "-c",
                                   script,
                                   mount,
                                   fill};
    const char *const *command = runner_arguments(words);
    size_t n = 0;
    while (argv[n])
        n++;
    while (n < ARGUMENTS - 1 && *command)
        argv[n++] = *command++;
    struct program *runner = host_start(name, argv);
    int status = host_wait(runner);
    size_t len;
    const char *output = stream_text(host_output(runner), &len);
    check(status == 2, "status 2, not %d", status);
    check(memmem(output, len, says, strlen(says)), "\"%s\" in what the runner says:\n%s", says,
          output);
}

SCENARIO
{
    if (try_unshare("try-private", "true") != 0)
        propagation = "unchanged";
    require(try_unshare("try", "true") == 0, "a host that lets this user mount in a name space");

    /* Nothing fits: not even a run folder, or not what is written into it. */
    runs_with("full", "passes", "4m", "No space left on device; free some space");

    /* The result does not fit: 8 KiB are left. */
    runs_with("nearly-full", "passes", "2088960", "is full: free some space (`make clean` removes");

    /* The console's log grows until nothing fits: 100,000 lines are 3 MB. */
    runs_with("filling", "floods", "0", "free some space");
}

/* Run folders.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/runner/folder.h"

#include "harness/base/buffer.h"
#include "harness/base/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Opens and locks a file; -1 with an error. Every open is close-on-exec: a lock that a scenario
 * inherited would outlive the runner. */
static int lock_file(const char *path, struct error *err)
{
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (fd >= 0 && flock(fd, LOCK_EX) == 0)
        return fd;
    error_set(err, "cannot lock %s: %s", path, strerror(errno));
    if (fd >= 0)
        close(fd);
    return -1;
}

static int lock_scenario(const char *build, const char *scenario, struct error *err)
{
    char *folder = format_text("%s/scenarios/%s", build, scenario);
    char *path = format_text("%s/.lock", folder);
    int fd = folder_make(folder, err) ? lock_file(path, err) : -1;
    free(path);
    free(folder);
    return fd;
}

/* mkdir() of a name that nobody has: two runners of two containers may share the process id. */
static char *make_unique(const char *build, const char *scenario, struct error *err)
{
    static unsigned counter;
    char when[32];
    time_t now = time(NULL);
    struct tm utc;
    strftime(when, sizeof when, "%Y%m%d-%H%M%S", gmtime_r(&now, &utc));
    for (;;) {
        char *path = format_text("%s/scenarios/%s/%s-%d-%u", build, scenario, when, (int)getpid(),
                                 counter++);
        if (mkdir(path, 0755) == 0)
            return path;
        if (errno != EEXIST) {
            error_set(err, "cannot create %s: %s", path, strerror(errno));
            free(path);
            return NULL;
        }
        free(path);
    }
}

static bool become_latest(const char *build, const char *scenario, const char *path,
                          struct error *err)
{
    char *latest = format_text("%s/scenarios/%s/latest", build, scenario);
    bool ok = link_replace(path_base(path), latest, err);
    free(latest);
    return ok;
}

bool run_folder_create(struct run_folder *run, const char *build, const char *scenario,
                       struct error *err)
{
    *run = (struct run_folder){.lock = -1};
    int lock = lock_scenario(build, scenario, err);
    if (lock < 0)
        return false;
    run->path = make_unique(build, scenario, err);
    if (run->path) {
        char *running = format_text("%s/.running", run->path);
        run->lock = lock_file(running, err);
        free(running);
    }
    bool ok = run->lock >= 0 && become_latest(build, scenario, run->path, err);
    close(lock);
    if (!ok)
        run_folder_fini(run);
    return ok;
}

void run_folder_finish(struct run_folder *run)
{
    if (!run->path || run->lock < 0)
        return;
    char *running = format_text("%s/.running", run->path);
    unlink(running);
    free(running);
    close(run->lock);
    run->lock = -1;
}

void run_folder_fini(struct run_folder *run)
{
    run_folder_finish(run);
    free(run->path);
    run->path = NULL;
}

bool run_folder_busy(const char *path)
{
    char *running = format_text("%s/.running", path);
    int fd = open(running, O_RDWR | O_CLOEXEC);
    free(running);
    if (fd < 0)
        return false;
    bool busy = flock(fd, LOCK_EX | LOCK_NB) != 0;
    close(fd);
    return busy;
}

char *run_folder_latest(const char *build, const char *scenario)
{
    char target[NAME_MAX + 1];
    char *link = format_text("%s/scenarios/%s/latest", build, scenario);
    ssize_t len = readlink(link, target, sizeof target - 1);
    free(link);
    if (len <= 0)
        return NULL;
    target[len] = '\0';
    char *path = format_text("%s/scenarios/%s/%s", build, scenario, path_base(target));
    if (file_exists(path))
        return path;
    free(path);
    return NULL;
}

/* Only what this file has made is ever removed: DATE-TIME-PROCESS-COUNTER, all of them numbers. */
static int is_run(const struct dirent *entry)
{
    unsigned parts = 0;
    for (const char *p = entry->d_name; *p; parts++) {
        size_t digits = strspn(p, "0123456789");
        if (digits == 0 || (p[digits] != '-' && p[digits] != '\0'))
            return 0;
        p += digits + (p[digits] == '-');
    }
    return parts == 4;
}

static bool prune_locked(const char *folder, const char *latest, unsigned keep, struct error *err)
{
    struct dirent **runs;
    int n = scandir(folder, &runs, is_run, versionsort);
    if (n < 0)
        return error_set(err, "cannot read %s: %s", folder, strerror(errno));
    bool ok = true;
    unsigned kept = 0;
    while (n-- > 0) {
        char *path = format_text("%s/%s", folder, runs[n]->d_name);
        bool busy = run_folder_busy(path);
        bool is_latest = latest && strcmp(latest, path) == 0;
        if (!busy && kept++ >= keep && !is_latest)
            ok &= folder_remove(path, err);
        free(path);
        free(runs[n]);
    }
    free(runs);
    return ok;
}

bool run_folders_prune(const char *build, const char *scenario, unsigned keep, struct error *err)
{
    int lock = lock_scenario(build, scenario, err);
    if (lock < 0)
        return false;
    char *folder = format_text("%s/scenarios/%s", build, scenario);
    char *latest = run_folder_latest(build, scenario);
    bool ok = prune_locked(folder, latest, keep, err);
    free(latest);
    free(folder);
    close(lock);
    return ok;
}

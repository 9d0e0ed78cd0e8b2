/* A slot: a root folder for libvirt's embedded driver, used by one scenario's process at a time.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/machine/slot.h"

#include "harness/base/files.h"
#include "harness/machine/janitor.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    MAX_SLOTS = 256,
    /* sun_path holds 108 bytes; libvirt's longest is
       ROOT/lib/qemu/domain-1-TWENTYCHARS/monitor.sock */
    MAX_ROOT = 108 - 56,
};

/* QEMU runs as whoever runs the scenario; no confinement that would need the host's configuration. */
static const char qemu_conf[] = "user = \"+%u\"\n"
                                "group = \"+%u\"\n"
                                "dynamic_ownership = 0\n"
                                "remember_owner = 0\n"
                                "stdio_handler = \"file\"\n"
                                "security_driver = \"none\"\n"
                                "namespaces = []\n"
                                "cgroup_controllers = []\n";

/* FNV-1a: tells the folders of several checkouts apart, nothing more. */
static uint32_t hash(const char *text)
{
    uint32_t h = 2166136261u;
    for (; *text; text++)
        h = (h ^ (unsigned char)*text) * 16777619u;
    return h;
}

static bool choose_folder(struct slot *s, const char *build, struct error *err)
{
    int len = snprintf(s->shared, sizeof s->shared, "%s/lv", build);
    if (len + 4 <= MAX_ROOT)
        return folder_make(s->shared, err);
    snprintf(s->shared, sizeof s->shared, "/tmp/capos-%u-%08x", (unsigned)getuid(), hash(build));
    struct stat st;
    if (mkdir(s->shared, 0700) && errno != EEXIST)
        return error_set(err, "cannot create %s: %s", s->shared, strerror(errno));
    if (lstat(s->shared, &st) || !S_ISDIR(st.st_mode) || st.st_uid != getuid())
        return error_set(err, "%s is not a folder of yours; remove it and run again", s->shared);
    /* So that people, and `make clean`, find it. That it is there already is no error. */
    if (!folder_make(build, err))
        return false;
    char *link = format_text("%s/lv", build);
    bool linked = symlink(s->shared, link) == 0 || errno == EEXIST;
    if (!linked)
        error_set(err, "cannot link %s: %s", link, strerror(errno));
    free(link);
    return linked;
}

static int lock_file(const char *path, int operation, struct error *err)
{
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) {
        error_set(err, "cannot open %s: %s", path, strerror(errno));
        return -1;
    }
    if (flock(fd, operation) == 0)
        return fd;
    int error = errno;
    error_set(err, "cannot lock %s: %s", path, strerror(error));
    close(fd);
    errno = error;
    return -1;
}

static bool prepare(struct slot *s, struct error *err)
{
    char path[PATH_MAX + 32];
    janitor_sweep(s->root);
    snprintf(path, sizeof path, "%s/etc", s->root);
    if (!folder_make(path, err))
        return false;
    snprintf(path, sizeof path, "%s/io", s->root);
    if (!folder_make(path, err))
        return false;
    snprintf(path, sizeof path, "%s/etc/qemu.conf", s->root);
    char *text = format_text(qemu_conf, (unsigned)getuid(), (unsigned)getgid());
    bool good = file_write(path, text, strlen(text), err);
    free(text);
    return good;
}

bool slot_take(struct slot *s, const char *build, struct error *err)
{
    if (!choose_folder(s, build, err))
        return false;
    for (int i = 0; i < MAX_SLOTS; i++) {
        char path[PATH_MAX + 32];
        snprintf(path, sizeof path, "%s/%d.lock", s->shared, i);
        s->lock = lock_file(path, LOCK_EX | LOCK_NB, err);
        if (s->lock < 0 && errno == EWOULDBLOCK)
            continue;
        if (s->lock < 0)
            return false;
        if (snprintf(s->root, sizeof s->root, "%s/%d", s->shared, i) >= (int)sizeof s->root)
            return error_set(err, "the path of the build folder is too long");
        return prepare(s, err);
    }
    return error_set(err, "all %d slots under %s are in use; are that many runs really going on?",
                     MAX_SLOTS, s->shared);
}

/* Copies what is newer of the capability files in @from to @to. Failing is no error: libvirt then
 * asks QEMU again, which is slow but right. */
static void copy_newer(const char *from, const char *to)
{
    if (!folder_make(to, NULL))
        return;
    DIR *dir = opendir(from);
    if (!dir)
        return;
    for (struct dirent *e; (e = readdir(dir));) {
        char source[PATH_MAX], target[PATH_MAX];
        struct stat s, t;
        if (e->d_name[0] == '.' || !strstr(e->d_name, ".xml") ||
            snprintf(source, sizeof source, "%s/%s", from, e->d_name) >= (int)sizeof source ||
            snprintf(target, sizeof target, "%s/%s", to, e->d_name) >= (int)sizeof target ||
            stat(source, &s))
            continue;
        if (stat(target, &t) == 0 && t.st_mtime >= s.st_mtime)
            continue;
        struct buffer b = {0};
        if (file_read(source, 8 << 20, &b, NULL))
            file_write(target, b.data, b.len, NULL);
        buffer_fini(&b);
    }
    closedir(dir);
}

static void cache_paths(const struct slot *s, char own[PATH_MAX + 32], char shared[PATH_MAX + 32])
{
    snprintf(own, PATH_MAX + 32, "%s/cache/qemu/capabilities", s->root);
    snprintf(shared, PATH_MAX + 32, "%s/cache", s->shared);
}

int slot_cache_enter(const struct slot *s, struct error *err)
{
    char path[PATH_MAX + 32], own[PATH_MAX + 32], shared[PATH_MAX + 32];
    snprintf(path, sizeof path, "%s/cache.lock", s->shared);
    int token = lock_file(path, LOCK_EX, err);
    cache_paths(s, own, shared);
    if (token >= 0)
        copy_newer(shared, own);
    return token;
}

void slot_cache_leave(const struct slot *s, int token)
{
    char own[PATH_MAX + 32], shared[PATH_MAX + 32];
    cache_paths(s, own, shared);
    copy_newer(own, shared);
    close(token);
}

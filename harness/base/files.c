/* Files and folders, with errors that name the path and what to do.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/base/files.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What a person can do about the errors that a host's file system really gives. */
static const char *advice(int error)
{
    switch (error) {
    case ENOSPC:
    case EDQUOT:
        return "; free some space (`make clean` removes build/) and run again";
    case EROFS:
    case EACCES:
    case EPERM:
        return "; check who owns it";
    default:
        return "";
    }
}

static bool fail(struct error *err, const char *verb, const char *path)
{
    int error = errno;
    return error_set(err, "cannot %s %s: %s%s", verb, path, strerror(error), advice(error));
}

bool file_read(const char *path, size_t limit, struct buffer *out, struct error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return fail(err, "read", path);
    size_t start = out->len;
    for (;;) {
        char chunk[65536];
        ssize_t n = read(fd, chunk, sizeof chunk);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            fail(err, "read", path);
            close(fd);
            return false;
        }
        if (n == 0)
            break;
        buffer_add(out, chunk, (size_t)n);
        if (out->len - start > limit) {
            close(fd);
            return error_set(err, "cannot read %s: it is larger than %zu bytes", path, limit);
        }
    }
    close(fd);
    return true;
}

bool file_write(const char *path, const void *data, size_t len, struct error *err)
{
    char beside[PATH_MAX];
    if (snprintf(beside, sizeof beside, "%s.%d.tmp", path, (int)getpid()) >= (int)sizeof beside)
        return error_set(err, "cannot write %s: the path is too long", path);
    int fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (fd < 0)
        return fail(err, "write", path);
    for (size_t done = 0; done < len;) {
        ssize_t n = write(fd, (const char *)data + done, len - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            fail(err, "write", path);
            close(fd);
            unlink(beside);
            return false;
        }
        done += (size_t)n;
    }
    if (close(fd) || rename(beside, path)) {
        fail(err, "write", path);
        unlink(beside);
        return false;
    }
    return true;
}

bool file_exists(const char *path)
{
    return access(path, F_OK) == 0;
}

bool folder_make(const char *path, struct error *err)
{
    char part[PATH_MAX];
    size_t len = strlen(path);
    if (len >= sizeof part)
        return error_set(err, "cannot create %s: the path is too long", path);
    memcpy(part, path, len + 1);
    for (char *p = part + 1; *p; p++) {
        if (*p != '/')
            continue;
        *p = '\0';
        if (mkdir(part, 0755) && errno != EEXIST)
            return fail(err, "create", part);
        *p = '/';
    }
    if (mkdir(part, 0755) && errno != EEXIST)
        return fail(err, "create", part);
    return true;
}

static int remove_entry(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st;
    (void)type;
    (void)ftw;
    return remove(path) && errno != ENOENT;
}

bool folder_remove(const char *path, struct error *err)
{
    if (nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS) && errno != ENOENT)
        return fail(err, "remove", path);
    return true;
}

bool link_replace(const char *target, const char *path, struct error *err)
{
    char beside[PATH_MAX];
    if (snprintf(beside, sizeof beside, "%s.%d.tmp", path, (int)getpid()) >= (int)sizeof beside)
        return error_set(err, "cannot link %s: the path is too long", path);
    unlink(beside);
    if (symlink(target, beside) || rename(beside, path)) {
        fail(err, "link", path);
        unlink(beside);
        return false;
    }
    return true;
}

const char *path_base(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

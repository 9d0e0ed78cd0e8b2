/*
 * Files to be written: all of them, or none.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "files.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool files_add(struct files *files, const char *path, struct output *text)
{
    struct file *file = &files->files[files->n];

    if (files->n == FILES_MAX || strlen(path) >= sizeof(file->path))
        return false;
    strcpy(file->path, path);
    file->text = *text;
    *text = (struct output){0};
    files->n++;
    return true;
}

static bool make_folders(const char *path)
{
    char folder[PATH_LEN_MAX];

    for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
        snprintf(folder, sizeof(folder), "%.*s", (int)(slash - path), path);
        if (mkdir(folder, 0777) && errno != EEXIST)
            return false;
    }
    return true;
}

static void new_path(const struct file *file, char to[PATH_LEN_MAX + 8])
{
    snprintf(to, PATH_LEN_MAX + 8, "%s.new", file->path);
}

static bool file_write(const struct file *file)
{
    char path[PATH_LEN_MAX + 8];
    FILE *stream;
    bool written;

    new_path(file, path);
    if (!make_folders(path))
        return false;
    stream = fopen(path, "w");
    if (!stream)
        return false;
    written = fwrite(file->text.at, 1, file->text.len, stream) == file->text.len;
    return fclose(stream) == 0 && written;
}

static void remove_new(const struct files *files)
{
    char path[PATH_LEN_MAX + 8];
    int error = errno;

    for (unsigned i = 0; i < files->n; i++) {
        new_path(&files->files[i], path);
        unlink(path);
    }
    errno = error;
}

const char *files_write(struct files *files)
{
    char path[PATH_LEN_MAX + 8];
    unsigned i;

    for (i = 0; i < files->n; i++)
        if (!file_write(&files->files[i]))
            goto failed;
    for (i = 0; i < files->n; i++) {
        new_path(&files->files[i], path);
        if (rename(path, files->files[i].path))
            goto failed;
    }
    return NULL;

failed:
    remove_new(files);
    return files->files[i].path;
}

void files_free(struct files *files)
{
    for (unsigned i = 0; i < files->n; i++)
        output_free(&files->files[i].text);
    files->n = 0;
}

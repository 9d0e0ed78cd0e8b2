/* Writes a boot package: kernel/abi/package.capnp, flat and canonical.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Canonical form wants objects in the order of the pointers to them, which is the order in which
 * they are made here; and files are read to where they stay.
 */
#include "tools/mkmanifest/package.h"

#include "abi/package.capnp.h"
#include "harness/base/files.h"

#include <bearssl/bearssl_hash.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What a list of bytes can hold (29 bits), and what a package may come to. */
#define IMAGE_LEN_MAX   ((1 << 29) - 1)
#define PACKAGE_LEN_MAX (1u << 30)

/* Two pointers and a text of 64 bytes, three pointers and 32 bytes of hash, and the words that are
 * not full. */
#define IMAGE_OVERHEAD 256

/* A program's file while the package is made. */
struct file {
    const struct image *image;
    int fd;
    size_t len;
};

struct files {
    struct file all[IMAGES_MAX];
    size_t n;
};

static bool refuse(const struct image *image, const char *what, struct error *err)
{
    return error_set(err, "%scannot read %s: %s", image->origin, image->path, what);
}

static bool measure(struct file *file, struct error *err)
{
    struct stat about;

    if (fstat(file->fd, &about))
        return refuse(file->image, strerror(errno), err);
    if (S_ISDIR(about.st_mode))
        return refuse(file->image, strerror(EISDIR), err);
    if (!S_ISREG(about.st_mode))
        return refuse(file->image, "not a regular file", err);
    if (about.st_size == 0)
        return refuse(file->image, "it is empty", err);
    if (about.st_size > IMAGE_LEN_MAX)
        return refuse(file->image, "it is longer than 536870911 bytes", err);
    file->len = (size_t)about.st_size;
    return true;
}

/* Not blocking: a FIFO would wait for a writer. */
static bool files_open(struct files *files, const struct images *images, struct error *err)
{
    for (size_t i = 0; i < images->n; i++) {
        struct file *file = &files->all[i];

        file->image = &images->all[i];
        file->fd = open(file->image->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
        if (file->fd < 0)
            return refuse(file->image, strerror(errno), err);
        files->n++;
        if (!measure(file, err))
            return false;
    }
    return true;
}

static void files_close(struct files *files)
{
    for (size_t i = 0; i < files->n; i++)
        close(files->all[i].fd);
}

static bool read_whole(const struct file *file, uint8_t *to, struct error *err)
{
    for (size_t done = 0; done < file->len;) {
        ssize_t n = read(file->fd, to + done, file->len - done);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return refuse(file->image, strerror(errno), err);
        if (n == 0)
            return refuse(file->image, "it became shorter meanwhile", err);
        done += (size_t)n;
    }
    return true;
}

static void hash(const uint8_t *at, size_t len, uint8_t *sha256)
{
    br_sha256_context context;

    br_sha256_init(&context);
    br_sha256_update(&context, at, len);
    br_sha256_out(&context, sha256);
}

static bool add_image(struct image_builder to, const struct file *file, struct error *err)
{
    uint8_t *sha256, *elf;

    image_set_name(to, capnp_text(file->image->name));
    sha256 = image_init_sha256(to, br_sha256_SIZE);
    elf = image_init_elf(to, (uint32_t)file->len);
    if (!read_whole(file, elf, err))
        return false;
    hash(elf, file->len, sha256);
    return true;
}

static bool build(struct capnp_builder *builder, const void *manifest, size_t len,
                  const struct files *files, struct error *err)
{
    struct boot_package_builder root = boot_package_init_root(builder);
    struct capnp_list_builder list;

    boot_package_set_manifest(root, (struct capnp_data){manifest, (uint32_t)len});
    list = boot_package_init_images(root, (uint32_t)files->n);
    for (size_t i = 0; i < files->n; i++)
        if (!add_image(image_init_at(list, (uint32_t)i), &files->all[i], err))
            return false;
    return true;
}

/* Room for all of it. */
static size_t room(size_t manifest_len, const struct files *files)
{
    size_t len = manifest_len + IMAGE_OVERHEAD;

    for (size_t i = 0; i < files->n; i++)
        len += files->all[i].len + IMAGE_OVERHEAD;
    return len / 8 * 8;
}

static bool write_files(const char *out, const void *manifest, size_t len,
                        const struct files *files, struct error *err)
{
    struct capnp_builder builder;
    size_t size = room(len, files);
    void *at;
    bool ok;

    if (size > PACKAGE_LEN_MAX)
        return error_set(err, "the programs are %zu bytes together: a package has at most %u", size,
                         PACKAGE_LEN_MAX);
    at = calloc(1, size);
    if (!at)
        abort();
    capnp_build(&builder, at, size);
    ok = build(&builder, manifest, len, files, err) &&
         file_write(out, at, capnp_built_len(&builder), err);
    free(at);
    return ok;
}

bool package_write(const char *out, const void *manifest, size_t len, const struct images *images,
                   struct error *err)
{
    struct files files = {0};
    bool ok = files_open(&files, images, err) && write_files(out, manifest, len, &files, err);

    files_close(&files);
    return ok;
}

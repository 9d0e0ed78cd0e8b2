/*
 * Tests boot/package.c: on packages of any shape, and on each lie in one.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each lie is also a file in kernel/boot/fuzz/corpus-package, for fuzzing and for scenarios that
 * boot with it; CORPUS_WRITE=1 writes them anew.
 */
#include "boot/package.h"

#include <stdlib.h>

#include "abi/package.capnp.h"
#include "lib/message_bytes.h"
#include "test/check.h"

#define CORPUS "kernel/boot/fuzz/corpus-package/"

/* What a package is made of; two images unless n_images says otherwise. */
static struct {
    uint32_t n_images;
    struct bytes manifest;
    struct {
        struct bytes name, sha256, elf;
    } images[2];
} plan;

static uint64_t file[2048];
static uint32_t file_len;
static struct package package;
static const char *why;

static struct bytes bytes_of(const char *string)
{
    return (struct bytes){(const uint8_t *)string, strlen(string)};
}

static void plan_good(void)
{
    plan.n_images = 2;
    plan.manifest = bytes_of("{}");
    plan.images[0].name = bytes_of("init");
    plan.images[0].sha256 = bytes_of("0123456789abcdef0123456789abcdef");
    plan.images[0].elf = bytes_of("\177ELF one");
    plan.images[1].name = bytes_of("a b~!");
    plan.images[1].sha256 = bytes_of("fedcba9876543210fedcba9876543210");
    plan.images[1].elf = bytes_of("two");
}

/* Puts the plan into the file; images beyond the second are like it, with a number as name. */
static void make(void)
{
    struct capnp_builder builder;
    struct boot_package_builder root;
    struct capnp_list_builder list;

    capnp_build(&builder, file, sizeof(file));
    root = boot_package_init_root(&builder);
    boot_package_set_manifest(root, data_of_bytes(plan.manifest));
    list = boot_package_init_images(root, plan.n_images);
    for (uint32_t i = 0; i < plan.n_images; i++) {
        struct image_builder image = image_init_at(list, i);
        uint32_t like = i < 1 ? i : 1;
        char name[16];

        snprintf(name, sizeof(name), "%u", i);
        image_set_name(image, text_of_bytes(i < 2 ? plan.images[i].name : bytes_of(name)));
        image_set_sha256(image, data_of_bytes(plan.images[like].sha256));
        image_set_elf(image, data_of_bytes(plan.images[like].elf));
    }
    if (builder.full)
        abort();
    file_len = (uint32_t)capnp_built_len(&builder);
}

static err_t open_file(void)
{
    why = NULL;
    return package_open(file, file_len, &package, &why);
}

static int bytes_are(struct bytes bytes, const char *string)
{
    return bytes.len == strlen(string) && memcmp(bytes.at, string, bytes.len) == 0;
}

static err_t find(const char *name, struct package_image *image)
{
    uint32_t i;
    err_t error = package_find(&package, bytes_of(name), &i);

    return error ? error : package_image(&package, i, image);
}

TEST(a_good_one_is_opened)
{
    struct package_image image;

    plan_good();
    make();
    CHECK(open_file() == ERR_OK && why == NULL);
    CHECK(package_n_images(&package) == 2 && bytes_are(package_manifest(&package), "{}"));
    CHECK(find("init", &image) == ERR_OK);
    CHECK(bytes_are(image.elf, "\177ELF one"));
    CHECK(bytes_are(image.sha256, "0123456789abcdef0123456789abcdef"));
    CHECK(package_image(&package, 1, &image) == ERR_OK && bytes_are(image.name, "a b~!"));
    CHECK(bytes_are(image.elf, "two"));
    CHECK(image.elf.at > (uint8_t *)file && image.elf.at < (uint8_t *)file + file_len);
    PASS;
}

TEST(what_is_not_there_is_not_found)
{
    struct package_image image;
    static const char *const names[] = {"", "ini", "inits", "Init", "a b~"};

    plan_good();
    make();
    CHECK(open_file() == ERR_OK);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        CHECK(find(names[i], &image) == ERR_NOT_FOUND);
    CHECK(package_image(&package, 2, &image) == ERR_NOT_FOUND);
    CHECK(package_image(&package, UINT32_MAX, &image) == ERR_NOT_FOUND);
    PASS;
}

TEST(limits_are_reached)
{
    struct package_image image;
    char name[PACKAGE_NAME_MAX + 1];

    plan_good();
    memset(name, 'n', PACKAGE_NAME_MAX);
    name[PACKAGE_NAME_MAX] = 0;
    plan.n_images = PACKAGE_IMAGES_MAX;
    plan.images[0].name = bytes_of(name);
    make();
    CHECK(open_file() == ERR_OK && package_n_images(&package) == PACKAGE_IMAGES_MAX);
    CHECK(find(name, &image) == ERR_OK);
    CHECK(find("63", &image) == ERR_OK);
    plan.n_images = 1;
    plan.manifest.len = 0;
    make();
    CHECK(open_file() == ERR_OK && package_n_images(&package) == 1);
    CHECK(package_manifest(&package).len == 0);
    PASS;
}

TEST(it_must_be_aligned)
{
    plan_good();
    make();
    memmove((uint8_t *)file + 4, file, file_len);
    CHECK(package_open((uint8_t *)file + 4, file_len, &package, &why) == ERR_BAD_ADDRESS);
    CHECK(package_n_images(&package) == 0);
    PASS;
}

/* A cut package is refused, and leaves nothing. */
TEST(every_cut_is_refused)
{
    uint32_t whole;

    plan_good();
    make();
    whole = file_len;
    for (file_len = 0; file_len < whole; file_len++) {
        err_t error = open_file();

        CHECK(error == (file_len == 0 || file_len % 8 ? ERR_BAD_LENGTH : ERR_MALFORMED));
        CHECK(why && package_n_images(&package) == 0 && package_manifest(&package).len == 0);
    }
    PASS;
}

/* The lies: each changes the plan, or the file made of it. */

static void empty_file(void)
{
    file_len = 0;
}

static void odd_length(void)
{
    file_len += 3;
}

static void framed(void)
{
    memmove(file + 1, file, file_len);
    file[0] = (uint64_t)(file_len / 8) << 32;
    file_len += 8;
}

static void null_root(void)
{
    file[0] = 0;
}

static void images_null(void)
{
    file[2] = 0;
}

static void not_a_message(void)
{
    memcpy(file, "\177ELF\2\1\1", 8);
}

/* Words 1 and 2 are the root's pointers; 4 is the list's tag, 5 to 7 the first image's pointers. */
static void manifest_far(void)
{
    file[1] = 2;
}

static void manifest_too_long(void)
{
    file[1] |= 0xffffffffull << 35;
}

static void images_wrong_kind(void)
{
    file[2] = 3; /* a capability */
}

/* Read as structs, which have no pointers. */
static void images_of_bytes(void)
{
    file[2] = file[1];
}

static void images_of_bits(void)
{
    file[2] = (file[2] & ~(7ull << 32)) | 1ull << 32;
}

static void images_of_primitives(void)
{
    file[2] = (file[2] & ~(7ull << 32)) | 5ull << 32;
}

static void images_too_many_for_the_list(void)
{
    file[4] += 1 << 2;
}

static void images_of_nothing(void)
{
    file[4] = 0xfffffffc;
}

static void name_null(void)
{
    file[5] = 0;
}

static void name_not_terminated(void)
{
    file[5] -= 1ull << 35;
}

static void name_outside(void)
{
    file[5] += 0x10000 << 2;
}

static void sha256_null(void)
{
    file[6] = 0;
}

static void sha256_outside(void)
{
    file[6] += 0x10000 << 2;
}

static void image_null(void)
{
    file[7] = 0;
}

static void image_outside(void)
{
    file[7] |= 0x1fffffffull << 35;
}

static void no_names(void)
{
    plan.images[0].name = bytes_of("");
}

static void long_name(void)
{
    plan.images[0].name =
        bytes_of("1234567890123456789012345678901234567890123456789012345678901234");
}

static void name_with_nul(void)
{
    plan.images[0].name = (struct bytes){(const uint8_t *)"in\0it", 5};
}

static void name_with_line(void)
{
    plan.images[0].name = bytes_of("init\n");
}

static void name_not_ascii(void)
{
    plan.images[0].name = bytes_of("\303\251t\303\251");
}

static void same_names(void)
{
    plan.images[1].name = plan.images[0].name;
}

static void short_sha256(void)
{
    plan.images[0].sha256.len = 31;
}

static void long_sha256(void)
{
    plan.images[0].sha256 = bytes_of("0123456789abcdef0123456789abcdef0");
}

static void empty_image(void)
{
    plan.images[0].elf.len = 0;
}

static void images_0(void)
{
    plan.n_images = 0;
}

static void images_65(void)
{
    plan.n_images = 65;
}

static const struct lie {
    const char *name;
    void (*change_plan)(void), (*change_file)(void);
    err_t error;
    const char *why;
} lies[] = {
    /* clang-format off */
    {"empty", NULL, empty_file, ERR_BAD_LENGTH, "the package is empty"},
    {"length-odd", NULL, odd_length, ERR_BAD_LENGTH, "the package's length is not a multiple of 8"},
    {"not-a-message", NULL, not_a_message, ERR_MALFORMED, "the package is not a flat Cap'n Proto message"},
    {"framed", NULL, framed, ERR_MALFORMED, "the package is a framed message, not a flat one"},
    {"root-null", NULL, null_root, ERR_MALFORMED, "the package has no images"},
    {"images-null", NULL, images_null, ERR_MALFORMED, "the package has no images"},
    {"images-0", images_0, NULL, ERR_MALFORMED, "the package has no images"},
    {"manifest-far", NULL, manifest_far, ERR_MALFORMED, "the manifest does not lie within the package"},
    {"manifest-too-long", NULL, manifest_too_long, ERR_MALFORMED, "the manifest does not lie within the package"},
    {"images-wrong-kind", NULL, images_wrong_kind, ERR_MALFORMED, "the list of images does not lie within the package"},
    {"images-of-bits", NULL, images_of_bits, ERR_MALFORMED, "the list of images does not lie within the package"},
    {"images-of-bytes", NULL, images_of_bytes, ERR_MALFORMED, "an image's name is not 1 to 63 bytes long"},
    {"images-of-primitives", NULL, images_of_primitives, ERR_MALFORMED, "an image's name is not 1 to 63 bytes long"},
    {"images-too-many-for-the-list", NULL, images_too_many_for_the_list, ERR_MALFORMED, "the list of images does not lie within the package"},
    {"images-of-nothing", NULL, images_of_nothing, ERR_MALFORMED, "the list of images does not lie within the package"},
    {"images-65", images_65, NULL, ERR_UNSUPPORTED, "the package has more than 64 images"},
    {"name-null", NULL, name_null, ERR_MALFORMED, "an image's name is not 1 to 63 bytes long"},
    {"name-empty", no_names, NULL, ERR_MALFORMED, "an image's name is not 1 to 63 bytes long"},
    {"name-64", long_name, NULL, ERR_MALFORMED, "an image's name is not 1 to 63 bytes long"},
    {"name-not-terminated", NULL, name_not_terminated, ERR_MALFORMED, "an image's name is not a text within the package"},
    {"name-outside", NULL, name_outside, ERR_MALFORMED, "an image's name is not a text within the package"},
    {"name-with-nul", name_with_nul, NULL, ERR_MALFORMED, "an image's name has bytes that do not print"},
    {"name-with-line-feed", name_with_line, NULL, ERR_MALFORMED, "an image's name has bytes that do not print"},
    {"name-not-ascii", name_not_ascii, NULL, ERR_MALFORMED, "an image's name has bytes that do not print"},
    {"name-twice", same_names, NULL, ERR_MALFORMED, "two images have the same name"},
    {"sha256-null", NULL, sha256_null, ERR_MALFORMED, "an image's SHA-256 is not 32 bytes long"},
    {"sha256-31", short_sha256, NULL, ERR_MALFORMED, "an image's SHA-256 is not 32 bytes long"},
    {"sha256-33", long_sha256, NULL, ERR_MALFORMED, "an image's SHA-256 is not 32 bytes long"},
    {"sha256-outside", NULL, sha256_outside, ERR_MALFORMED, "an image's SHA-256 does not lie within the package"},
    {"image-null", NULL, image_null, ERR_MALFORMED, "an image is empty"},
    {"image-empty", empty_image, NULL, ERR_MALFORMED, "an image is empty"},
    {"image-outside", NULL, image_outside, ERR_MALFORMED, "an image does not lie within the package"},
    /* clang-format on */
};

#define N_LIES (sizeof(lies) / sizeof(lies[0]))

static void tell(const struct lie *lie)
{
    memset(file, 0, sizeof(file));
    plan_good();
    if (lie->change_plan)
        lie->change_plan();
    make();
    if (lie->change_file)
        lie->change_file();
}

TEST(each_lie_is_refused)
{
    for (size_t i = 0; i < N_LIES; i++) {
        err_t error;

        tell(&lies[i]);
        error = open_file();
        if (error != lies[i].error)
            printf("# %s: error %u, %s\n", lies[i].name, error, why ? why : "");
        CHECK(error == lies[i].error);
        CHECK_STRING(why ? why : "", lies[i].why);
        CHECK(package_n_images(&package) == 0 && package_manifest(&package).len == 0);
    }
    PASS;
}

static FILE *open_corpus(const char *name, const char *mode)
{
    char path[128];

    snprintf(path, sizeof(path), CORPUS "%s", name);
    return fopen(path, mode);
}

static bool corpus_has(const char *name)
{
    static uint8_t got[sizeof(file) + 1];
    size_t len;
    FILE *corpus;

    if (getenv("CORPUS_WRITE")) {
        corpus = open_corpus(name, "wb");
        return corpus && fwrite(file, 1, file_len, corpus) == file_len && fclose(corpus) == 0;
    }
    corpus = open_corpus(name, "rb");
    if (!corpus)
        return false;
    len = fread(got, 1, sizeof(got), corpus);
    fclose(corpus);
    return len == file_len && memcmp(got, file, len) == 0;
}

/* tools/mkmanifest wrote it: --raw-manifest, init, and a larger image. */
TEST(what_the_tool_writes_is_opened)
{
    struct package_image image;
    FILE *corpus = open_corpus("written-by-tool", "rb");

    CHECK(corpus != NULL);
    file_len = (uint32_t)fread(file, 1, sizeof(file), corpus);
    fclose(corpus);
    CHECK(open_file() == ERR_OK && package_n_images(&package) == 2);
    CHECK(bytes_are(package_manifest(&package), "{\"a\": 1}"));
    CHECK(find("init", &image) == ERR_OK);
    CHECK(bytes_are(image.elf, "first image"));
    CHECK(find("a large one", &image) == ERR_OK);
    CHECK(image.elf.len == 1001 && image.elf.at[0] == 'x' && image.elf.at[1000] == 'x');
    PASS;
}

TEST(the_corpus_holds_every_lie)
{
    memset(file, 0, sizeof(file));
    plan_good();
    make();
    CHECK(corpus_has("ordinary"));
    for (size_t i = 0; i < N_LIES; i++) {
        tell(&lies[i]);
        if (!corpus_has(lies[i].name))
            return check_failed(lies[i].name, __FILE__, __LINE__);
    }
    PASS;
}

int main(void)
{
    RUN(a_good_one_is_opened);
    RUN(what_is_not_there_is_not_found);
    RUN(limits_are_reached);
    RUN(it_must_be_aligned);
    RUN(every_cut_is_refused);
    RUN(each_lie_is_refused);
    RUN(what_the_tool_writes_is_opened);
    RUN(the_corpus_holds_every_lie);
    TESTS_END;
}

/*
 * Reads the boot package: the manifest, which has the numbers from 1 to 3000, one on each line, and the images.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"
#include "capos/program.h"

#define LAST      3000
#define CHUNK_MAX 4096 /* of one call */
#define TEXT_MAX  16384

static char expected[TEXT_MAX];
static char read[TEXT_MAX + CHUNK_MAX + 1];

static uint32_t write_expected(void)
{
    uint32_t len = 0;

    for (unsigned i = 1; i <= LAST; i++)
        len += (uint32_t)format_text(expected + len, sizeof(expected) - len, "%u\n", i);
    return len;
}

/* LEN bytes from AT on, to the same place in read[]; beyond its end to its beginning. */
static struct outcome manifest_read(uint64_t at, uint32_t len, uint32_t *got)
{
    char *to = read + (at < TEXT_MAX ? at : 0);

    return package_read(capos_cap("package"), at, len, to, len, got);
}

/* The whole manifest, in chunks of CHUNK bytes. */
static void read_all(uint64_t len, uint32_t chunk)
{
    uint32_t got, n = 0;

    memset(read, 0, sizeof(read));
    for (uint64_t at = 0; at < len; at += got, n++) {
        uint32_t rest = (uint32_t)(len - at);

        check(outcome_is_done(manifest_read(at, chunk, &got)), "%u bytes from %lu on", chunk, at);
        check(got == (rest < chunk ? rest : chunk), "not %u bytes of them", got);
    }
    check(memcmp(read, expected, len) == 0, "the bytes that were packed");
    console_printf("the manifest in chunks of %u: the bytes that were packed", chunk);
}

static void read_manifest(void)
{
    uint64_t len;
    uint32_t n, got;

    check(outcome_is_done(package_info(capos_cap("package"), &len, &n)), "the package");
    check(len == write_expected(), "the manifest's length, not %lu", len);
    console_printf("a manifest of %lu bytes, and %u images", len, n);
    read_all(len, CHUNK_MAX);
    read_all(len, 1000);
    read_all(len, 7);
    attempt("reading at its end", manifest_read(len, 8, &got), ERR_OK);
    check(got == 0, "no bytes there, not %u", got);
    attempt("reading one byte behind its end", manifest_read(len + 1, 8, &got), ERR_BAD_ARGUMENT);
    attempt("reading at 2^64 - 1", manifest_read(UINT64_MAX, 8, &got), ERR_BAD_ARGUMENT);
    attempt("reading more than a message holds", manifest_read(0, CHUNK_MAX + 1, &got),
            ERR_BAD_ARGUMENT);
}

static struct outcome print_image(uint32_t index)
{
    uint8_t sha256[32];
    uint64_t len;
    char name[64], hash[65];
    struct outcome outcome = package_image(capos_cap("package"), index, name, sizeof(name), NULL,
                                           &len, sha256, sizeof(sha256), NULL);

    if (!outcome_is_done(outcome))
        return outcome;

    for (unsigned i = 0; i < 32; i++)
        format_text(hash + 2 * i, 3, "%x%x", sha256[i] >> 4, sha256[i] & 15);
    console_printf("image %s: %lu bytes, SHA-256 %s", name, len, hash);
    return outcome;
}

static void list_images(void)
{
    uint64_t len;
    uint32_t n;

    check(outcome_is_done(package_info(capos_cap("package"), &len, &n)), "the package");
    for (uint32_t i = 0; i < n; i++)
        check(outcome_is_done(print_image(i)), "image %u", i);
    attempt("an image behind the last one", print_image(n), ERR_NOT_FOUND);
    attempt("image 2^32 - 1", print_image(UINT32_MAX), ERR_NOT_FOUND);
}

/* In one of the packages a bit of it is wrong. */
static void run_ordinary(void)
{
    struct process_request request = {.image = "ordinary", .budget = BUDGET_SMALL};
    cap_t process;
    struct outcome outcome = process_spawn(capos_cap("processes"), &request, &process);

    if (outcome_is_done(outcome))
        check(program_finish(process).reason == PROCESS_REASON_EXITED, "a good end");
    attempt("starting the image \"ordinary\"", outcome,
            outcome_is_done(outcome) ? ERR_OK : ERR_BAD_CHECKSUM);
}

int main(void)
{
    read_manifest();
    list_images();
    run_ordinary();
    return 0;
}

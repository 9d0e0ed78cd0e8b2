/*
 * Fuzzes process/elf.c: the input is the file.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "process/elf.h"

#include <stdlib.h>
#include <string.h>

#include "abi/start.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

/* What a loader relies on. */
static void check_segment(const struct elf_plan *plan, unsigned i, size_t size)
{
    const struct elf_segment *segment = &plan->segments[i];
    uint64_t end = segment->at + segment->mem_len;

    require(segment->at % ELF_PAGE_SIZE == 0 && segment->mem_len % ELF_PAGE_SIZE == 0);
    require(segment->at >= USER_MIN && end > segment->at && end <= USER_MAX);
    require(segment->data_at >= segment->at && segment->data_at <= end);
    require(segment->file_len <= end - segment->data_at);
    require(segment->file_offset <= size && segment->file_len <= size - segment->file_offset);
    for (unsigned j = 0; j < i; j++) {
        const struct elf_segment *other = &plan->segments[j];

        require(end <= other->at || other->at + other->mem_len <= segment->at);
    }
}

static void check_tls(const struct elf_tls *tls, size_t size)
{
    require(tls->align && tls->align <= ELF_TLS_ALIGN && !(tls->align & (tls->align - 1)));
    require(tls->at % tls->align == 0 && tls->file_len <= tls->mem_len);
    require(tls->file_offset <= size && tls->file_len <= size - tls->file_offset);
    require(tls->mem_len <= USER_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct elf_plan plan;
    const char *why = NULL;
    uint8_t *copy = malloc(size + 1);
    err_t error;

    if (size)
        memcpy(copy, data, size);
    error = elf_read((struct bytes){copy, size}, USER_MIN, USER_MAX, &plan, &why);
    free(copy);
    require(!error == !why);
    if (error)
        return 0;
    require(plan.n_segments && plan.n_segments <= ELF_SEGMENTS_MAX);
    for (unsigned i = 0; i < plan.n_segments; i++)
        check_segment(&plan, i, size);
    if (plan.tls.present)
        check_tls(&plan.tls, size);
    return 0;
}

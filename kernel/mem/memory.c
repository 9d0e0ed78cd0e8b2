/*
 * Hands the machine's memory to the frame allocator.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "mem/memory.h"

#include "arch/arch.h"
#include "log/log.h"
#include "mem/frames.h"

/* The image, and what the loader keeps apart. */
#define TAKEN_MAX (BOOT_RANGES_MAX + BOOT_MODULES_MAX + 2)

static struct frame_range range_of(paddr_t at, uint64_t len)
{
    return (struct frame_range){at, at + len};
}

void memory_init(const struct boot_info *info)
{
    static struct frame_range usable[BOOT_RANGES_MAX], taken[TAKEN_MAX];
    size_t n_usable = 0, n_taken = 0;

    for (size_t i = 0; i < info->n_ranges; i++) {
        const struct boot_range *range = &info->ranges[i];

        if (range->type == BOOT_RANGE_USABLE)
            usable[n_usable++] = range_of(range->at, range->len);
        else
            taken[n_taken++] = range_of(range->at, range->len);
    }
    for (size_t i = 0; i < info->n_modules; i++)
        taken[n_taken++] = range_of(info->modules[i].at, info->modules[i].len);
    if (info->kept_len)
        taken[n_taken++] = range_of(info->kept_at, info->kept_len);
    arch_image(&taken[n_taken].from, &taken[n_taken].to);
    n_taken++;
    frames_init(usable, n_usable, taken, n_taken);
}

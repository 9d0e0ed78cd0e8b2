/*
 * The kernel's own page tables: the upper half of every address space.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "arch/x86_64/paging.h"

#include "arch/arch.h"
#include "arch/x86_64/cpu.h"
#include "arch/x86_64/stack.h"
#include "diag/panic.h"
#include "lib/string.h"
#include "log/log.h"
#include "mem/direct.h"
#include "mem/frames.h"

#define CPUID_7_EBX_SMEP    (1 << 7)
#define CPUID_7_EBX_SMAP    (1 << 20)
#define CPUID_7_ECX_UMIP    (1 << 2)
#define CPUID_EXT_EDX_PAGE1 (1 << 26)
#define CR0_WP              (1 << 16)
#define CR4_PGE             (1 << 7)
#define CR4_SMEP            (1 << 20)
#define CR4_SMAP            (1 << 21)
#define CR4_UMIP            (1 << 11)

#define FIRST_MIB 0x100000

extern const uint8_t image_text[], image_text_end[]; /* kernel.ld.S */
extern const uint8_t image_rodata[], image_rodata_end[];
extern const uint8_t image_data[], image_data_end[];

static uint64_t *root;
static bool has_identity; /* a page mapped to itself, for processors that start */
static uint64_t device_next = DEVICE_BASE;
static uint64_t stack_next = STACK_BASE;

paddr_t paging_root(void)
{
    return direct_phys(root);
}

static uint64_t *new_table(void)
{
    paddr_t at;

    if (frame_alloc(0, &at))
        panic("no memory for the kernel's page tables");
    memset(direct(at), 0, PAGE_SIZE);
    return direct(at);
}

/* The table under ENTRY, made when there is none. The permissions are the leaf's, so tables allow everything. */
static uint64_t *table_under(uint64_t *entry)
{
    if (!(*entry & PTE_PRESENT))
        *entry = direct_phys(new_table()) | PTE_PRESENT | PTE_WRITE | PTE_ACCESSED;
    return direct(*entry & PTE_ADDRESS);
}

/* The entry for ADDRESS in a table of LEVEL: 0 maps 4 KiB, 1 maps 2 MiB, 2 maps 1 GiB. */
static uint64_t *entry_for(uint64_t address, unsigned level)
{
    uint64_t *table = root;

    for (unsigned at = 3; at > level; at--)
        table = table_under(&table[slot(address, at)]);
    return &table[slot(address, level)];
}

static void map(uint64_t address, paddr_t at, unsigned level, uint64_t flags)
{
    *entry_for(address, level) = at | flags | (level ? PTE_LARGE : 0);
}

static void map_pages(uint64_t address, paddr_t at, uint64_t len, uint64_t flags)
{
    for (uint64_t i = 0; i < len; i += PAGE_SIZE)
        map(address + i, at + i, 0, flags);
}

static void map_section(const uint8_t *from, const uint8_t *to, uint64_t flags)
{
    map_pages((uintptr_t)from, (uintptr_t)from - IMAGE_BASE, (uint64_t)(to - from), flags);
}

static void map_image(void)
{
    uint64_t base = PTE_PRESENT | PTE_GLOBAL | PTE_ACCESSED;

    map_section(image_text, image_text_end, base);
    map_section(image_rodata, image_rodata_end, base | PTE_NX);
    map_section(image_data, image_data_end, PTE_KERNEL_DATA);
    map((uintptr_t)boot_stack, 0, 0, 0); /* what overflows it faults */
}

/* What must not be written through the direct map: the image's text and constants. */
static bool overlaps_constants(paddr_t from, uint64_t len)
{
    return from < (uintptr_t)image_rodata_end - IMAGE_BASE &&
           from + len > (uintptr_t)image_text - IMAGE_BASE;
}

static uint64_t size_of(unsigned level)
{
    return (uint64_t)PAGE_SIZE << (9 * level);
}

/* The largest page that begins at AT, ends by TO, and holds nothing of the constants beside other things. */
static unsigned level_for(paddr_t at, paddr_t to, unsigned max)
{
    unsigned level = max;

    while (level && (at % size_of(level) || to - at < size_of(level) ||
                     overlaps_constants(at, size_of(level))))
        level--;
    return level;
}

static void map_direct(paddr_t from, paddr_t to, unsigned max, uint64_t flags)
{
    while (from < to) {
        unsigned level = level_for(from, to, max);
        uint64_t *entry = entry_for(DIRECT_BASE + from, level);

        /* The loader's ranges may overlap: the first one counts. */
        if (!(*entry & PTE_PRESENT))
            *entry = from |
                     (overlaps_constants(from, size_of(level)) ? flags & ~PTE_WRITE : flags) |
                     (level ? PTE_LARGE : 0);
        from += size_of(level);
    }
}

static bool has_huge_pages(void)
{
    return cpu_id(0x80000001, 0).edx & CPUID_EXT_EDX_PAGE1;
}

/* A range as whole pages that the direct map can hold. */
static bool clip(const struct boot_range *range, paddr_t *from, paddr_t *to)
{
    paddr_t end = range->at + range->len;

    if (end < range->at || end > DIRECT_MAX)
        end = DIRECT_MAX;
    *from = range->at & ~(paddr_t)(PAGE_SIZE - 1);
    *to = (end + PAGE_SIZE - 1) & ~(paddr_t)(PAGE_SIZE - 1);
    return range->at < DIRECT_MAX && *from < *to;
}

/* Where the firmware keeps its tables: reserved ranges among the usable ones below 4 GiB. Reserved space above them is
 * devices'. */
static paddr_t low_memory_end(const struct boot_info *info)
{
    paddr_t end = 0;

    for (size_t i = 0; i < info->n_ranges; i++) {
        paddr_t from, to;

        if (info->ranges[i].type == BOOT_RANGE_USABLE && clip(&info->ranges[i], &from, &to) &&
            to <= DIRECT_SIZE && to > end)
            end = to;
    }
    return end;
}

/* Neighbouring ranges of firmware follow the last usable byte directly. */
static paddr_t firmware_end(const struct boot_info *info)
{
    paddr_t end = low_memory_end(info);

    for (size_t i = 0; i < info->n_ranges; i++) {
        paddr_t from, to;

        if (info->ranges[i].type != BOOT_RANGE_USABLE && clip(&info->ranges[i], &from, &to) &&
            from <= end && to > end && to <= DIRECT_SIZE)
            end = to;
    }
    return end;
}

static void map_ranges(const struct boot_info *info, bool usable, uint64_t flags)
{
    unsigned max = has_huge_pages() ? 2 : 1;
    paddr_t firmware = firmware_end(info);

    for (size_t i = 0; i < info->n_ranges; i++) {
        paddr_t from, to;

        if ((info->ranges[i].type == BOOT_RANGE_USABLE) != usable ||
            !clip(&info->ranges[i], &from, &to))
            continue;
        if (usable || to <= firmware)
            map_direct(from, to, max, flags);
    }
}

/* Every top-level slot that is used after this moment must be present now: spaces copy them. */
static void map_all(const struct boot_info *info)
{
    map_ranges(info, true, PTE_KERNEL_DATA);
    map_ranges(info, false, PTE_KERNEL_DATA & ~PTE_WRITE);
    map_direct(0, FIRST_MIB, 0,
               PTE_KERNEL_DATA); /* firmware's areas, whatever the loader calls them */
    map_image();
    entry_for(DEVICE_BASE, 0);
    entry_for(STACK_BASE, 0);
}

void paging_init(const struct boot_info *info)
{
    root = new_table();
    map_all(info);
    paging_init_cpu();
}

void paging_init_cpu(void)
{
    uint32_t features = cpu_id(7, 0).ebx;
    bool has_umip = cpu_id(7, 0).ecx & CPUID_7_ECX_UMIP;
    uint64_t cr4 = cpu_cr4() | CR4_PGE | (has_umip ? CR4_UMIP : 0);

    if (features & CPUID_7_EBX_SMEP)
        cr4 |= CR4_SMEP;
    if (features & CPUID_7_EBX_SMAP)
        cr4 |= CR4_SMAP;
    cpu_set_cr0(cpu_cr0() | CR0_WP);
    cpu_set_cr3(paging_root());
    cpu_set_cr4(cr4);
}

static bool is_mapped(uint64_t address)
{
    const uint64_t *table = root;

    for (unsigned level = 3;; level--) {
        uint64_t entry = table[slot(address, level)];

        if (!(entry & PTE_PRESENT))
            return false;
        if (level == 0 || entry & PTE_LARGE)
            return true;
        table = direct(entry & PTE_ADDRESS);
    }
}

bool paging_reaches(paddr_t at, size_t len)
{
    if (!root)
        return at + len <= DIRECT_SIZE;
    for (uint64_t page = at & ~(uint64_t)(PAGE_SIZE - 1); page < at + len; page += PAGE_SIZE) {
        if (!is_mapped(DIRECT_BASE + page))
            return false;
    }
    return true;
}

void *paging_map_device(paddr_t at, size_t len)
{
    paddr_t from = at & ~(paddr_t)(PAGE_SIZE - 1);
    uint64_t size = (at + len - from + PAGE_SIZE - 1) & ~(uint64_t)(PAGE_SIZE - 1);
    uint64_t address = device_next;

    if (size > DEVICE_BASE + DEVICE_SIZE - address)
        panic("no room for device registers at 0x%lx", at);
    map_pages(address, from, size, PTE_KERNEL_DATA | PTE_UNCACHED);
    device_next += size;
    return (void *)(address + (at - from));
}

uint64_t paging_map_stack(size_t size)
{
    stack_next += PAGE_SIZE;
    for (size_t i = 0; i < size; i += PAGE_SIZE) {
        map(stack_next, direct_phys(new_table()), 0, PTE_KERNEL_DATA);
        stack_next += PAGE_SIZE;
    }
    return stack_next;
}

void paging_map_identity(paddr_t at, bool present)
{
    has_identity = present;
    map(at, at, 0, present ? PTE_PRESENT | PTE_ACCESSED : 0);
    if (!present)
        root[0] = 0;
    cpu_set_cr3(paging_root());
}

static bool leaf(uint64_t entry, unsigned level)
{
    return level == 0 || entry & PTE_LARGE;
}

static void check_leaf(uint64_t entry, unsigned level, uint64_t address)
{
    paddr_t text = (uintptr_t)image_text - IMAGE_BASE;
    paddr_t text_end = (uintptr_t)image_text_end - IMAGE_BASE;
    paddr_t at = entry & PTE_ADDRESS & ~(size_of(level) - 1);

    if (entry & PTE_USER)
        panic("the kernel's page at 0x%lx is open to programs", address);
    if (entry & PTE_WRITE && !(entry & PTE_NX))
        panic("the page at 0x%lx is writable and executable", address);
    if (entry & PTE_WRITE && at < text_end && at + size_of(level) > text)
        panic("the page at 0x%lx makes the kernel's text writable", address);
    if (!(entry & PTE_NX) && (at < text || at >= text_end))
        panic("the page at 0x%lx is executable and not the kernel's text", address);
}

/* Depth is four tables at most. */
static uint64_t check_table(const uint64_t *table, unsigned level, uint64_t address)
{
    uint64_t pages = 0;

    for (unsigned i = level == 3 ? N_ENTRIES / 2 : 0; i < N_ENTRIES; i++) {
        uint64_t at = address | (uint64_t)i << (12 + 9 * level);

        if (!(table[i] & PTE_PRESENT))
            continue;
        if (leaf(table[i], level)) {
            check_leaf(table[i], level, at);
            pages++;
        } else {
            pages += check_table(direct(table[i] & PTE_ADDRESS), level - 1, at);
        }
    }
    return pages;
}

void paging_check(void)
{
    uint64_t pages = check_table(root, 3, 0xffff000000000000);

    if (root[0] && !has_identity)
        panic("the kernel's lower half is not empty");
    kernel_log("memory protection: %lu kernel pages checked, none writable and executable; SMEP "
               "%s, SMAP %s",
               pages, cpu_cr4() & CR4_SMEP ? "on" : "not there",
               cpu_cr4() & CR4_SMAP ? "on" : "not there");
}

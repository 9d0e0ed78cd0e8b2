/*
 * A program that is linked to the edges of what is allowed; guests.mk says where.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"

#define TEXT      0x6564676573
#define ELF_MAGIC 0x464c457f

__attribute__((section(".lowest"))) static const uint64_t lowest[512] = {TEXT};
__attribute__((section(".highest"))) static uint64_t highest[512] = {TEXT, [511] = TEXT + 1};
static volatile uint64_t in_bss[3000];
static __thread volatile uint64_t in_tls[32] = {[31] = TEXT};

/* Where it is linked to, which may be farther away than code can name otherwise. */
#define ADDRESS(symbol)                                          \
    ({                                                           \
        volatile uint64_t *address_;                             \
        __asm__("movabs %1, %0" : "=r"(address_) : "i"(symbol)); \
        address_;                                                \
    })

int main(void)
{
    volatile uint64_t *low = ADDRESS(lowest), *high = ADDRESS(highest);
    const uint32_t *header = (const uint32_t *)USER_MIN;
    uint64_t place;

    __asm__("" : "+r"(header)); /* the compiler thinks that there is nothing */
    check((uint64_t)low == USER_MIN + PAGE_LEN && *low == TEXT, "the lowest page but one");
    check(*header == ELF_MAGIC, "the file's header in the lowest page");
    check((uint64_t)(high + 512) == USER_MAX && high[0] == TEXT && high[511] == TEXT + 1,
          "the highest page");
    high[511] = 0;
    check(high[511] == 0, "what was written there");
    console_printf("the lowest and the highest page are there, as they were linked");
    for (unsigned i = 0; i < 3000; i++)
        check(in_bss[i] == 0, "zeroes where the file has no bytes");
    check(in_tls[0] == 0 && in_tls[31] == TEXT, "thread-local variables");
    attempt("memory above the highest page",
            vm_map(capos_cap("memory"), USER_MAX, 1, ACCESS_READ, &place), ERR_BAD_ADDRESS);
    attempt("memory anywhere", vm_map(capos_cap("memory"), 0, 1, ACCESS_READ, &place), ERR_OK);
    return 0;
}

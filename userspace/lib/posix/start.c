/*
 * The first function of a POSIX program: arguments, environment and auxiliary vector for musl.
 * SPDX-License-Identifier: Apache-2.0
 *
 * musl finds them in one array, as the System V ABI for x86-64 lays out a stack (3.4.1): the number
 * of arguments, these, NULL, the environment, NULL, pairs of the auxiliary vector.
 */
#include "capos/start.h"

#include <elf.h>
#include <string.h>

#include "abi/start.h"
#include "capos/arguments.h"
#include "capos/console.h"
#include "capos/page.h"
#include "capos/syscall.h"
#include "posix/posix.h"

#define AUXILIARIES 8 /* of which the last says that it is the last */
#define WORDS       (1 + 1 + ARGUMENTS_MAX + 2 + 2 * AUXILIARIES)

int main(int argc, char **argv, char **envp);
void _init(void) __attribute__((weak));
void _fini(void) __attribute__((weak));
int __libc_start_main(int (*)(int, char **, char **), int argc, char **argv, void (*init)(void),
                      void (*fini)(void), void (*loader)(void));

extern const Elf64_Ehdr __ehdr_start;

uint64_t posix_stack_low;

static uint8_t random_bytes[16];

/* For musl's canaries and its allocator. Without a source they can be guessed, and nothing more
 * secret is made of them. */
static void random_make(void)
{
    const struct grant *entropy = capos_grant("entropy");
    uint64_t now = __builtin_ia32_rdtsc();

    if (entropy && outcome_is_done(entropy_read(entropy->cap, sizeof(random_bytes), random_bytes,
                                                sizeof(random_bytes), NULL)))
        return;
    memset(random_bytes, 0xa5, sizeof(random_bytes));
    memcpy(random_bytes, &now, sizeof(now));
}

static uint64_t *strings_put(uint64_t *to, const char *const *strings, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        *to++ = (uint64_t)strings[i];
    return to;
}

static void auxiliaries_put(uint64_t *to)
{
    const uint64_t pairs[][2] = {
        {AT_PHDR, (uint64_t)&__ehdr_start + __ehdr_start.e_phoff},
        {AT_PHENT, __ehdr_start.e_phentsize},
        {AT_PHNUM, __ehdr_start.e_phnum},
        {AT_PAGESZ, PAGE_LEN},
        {AT_RANDOM, (uint64_t)random_bytes},
        {AT_EXECFN, (uint64_t)capos_name()},
    };

    memcpy(to, pairs, sizeof(pairs)); /* AT_NULL, 0 is behind them */
}

/* The kernel has mapped as much below TOP as the image says. */
static void stack_find(uint64_t top)
{
    const Elf64_Phdr *header =
        (const void *)((const uint8_t *)&__ehdr_start + __ehdr_start.e_phoff);
    uint64_t len = USER_STACK_LEN;

    for (uint32_t i = 0; i < __ehdr_start.e_phnum; i++) {
        if (header[i].p_type == PT_GNU_STACK && header[i].p_memsz)
            len = header[i].p_memsz;
    }
    posix_stack_low =
        ((top + PAGE_LEN - 1) & ~(PAGE_LEN - 1ul)) - ((len + PAGE_LEN - 1) & ~(PAGE_LEN - 1ul));
}

/* Called by _start, on the first thread's stack. */
_Noreturn void posix_start(struct ring *ring, const void *arena);
_Noreturn void posix_start(struct ring *ring, const void *arena)
{
    static struct arguments arguments;
    uint64_t words[WORDS] = {0}, *to = words; /* musl wants them on the stack */
    const void *block;
    size_t len;
    err_t error;

    capos_init(ring, arena);
    block = capos_arguments(&len);
    error = arguments_read(block, len, &arguments);
    if (error) {
        console_printf("its arguments are refused: %s", err_sentence(error));
        syscall_exit(EXIT_NOT_GRANTED);
    }
    random_make();
    stack_find((uint64_t)__builtin_frame_address(0));
    *to++ = 1 + arguments.n_arguments;
    *to++ = (uint64_t)capos_name();
    to = strings_put(to, arguments.strings, arguments.n_arguments) + 1;
    to = strings_put(to, arguments.strings + arguments.n_arguments, arguments.n_environment) + 1;
    auxiliaries_put(to);
    __libc_start_main(main, (int)words[0], (char **)&words[1], _init, _fini, NULL);
    __builtin_unreachable();
}

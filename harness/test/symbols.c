/* Addresses as functions, files and lines: of this very program.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/machine/symbols.h"

#include "harness/test/check.h"
#include "harness/test/temporary.h"

#include <link.h>

static char self[4096]; /* the path of this program */

static int note_base(struct dl_phdr_info *info, size_t size, void *arg)
{
    (void)size;
    *(uint64_t *)arg = info->dlpi_addr;
    return 1; /* the program itself comes first */
}

/* An address of the running program as its file has it. */
static uint64_t in_file(const void *address)
{
    uint64_t base = 0;
    dl_iterate_phdr(note_base, &base);
    return (uint64_t)(uintptr_t)address - base;
}

/* Where it is called from, as a return address. */
__attribute__((noinline)) static uint64_t caller(void)
{
    return in_file(__builtin_return_address(0));
}

static unsigned line_inner, line_outer;

__attribute__((always_inline)) static inline uint64_t inner(void)
{
    line_inner = __LINE__ + 1;
    uint64_t address = caller();
    __asm__ volatile("" ::: "memory"); /* the call is not the last thing here */
    return address;
}

__attribute__((noinline)) static uint64_t outer(void)
{
    line_outer = __LINE__ + 1;
    uint64_t address = inner();
    __asm__ volatile("" ::: "memory");
    return address;
}

static bool ends_in(const char *text, const char *end)
{
    size_t len = strlen(text), end_len = strlen(end);
    return len >= end_len && strcmp(text + len - end_len, end) == 0;
}

static void expect_place(const char *name, const struct place *p, const char *function,
                         unsigned line)
{
    check(name,
          strcmp(p->function, function) == 0 && ends_in(p->file, "harness/test/symbols.c") &&
              (line == 0 || p->line == line),
          "%s (%s:%u), expected %s in line %u", p->function, p->file, p->line, function, line);
}

static void test_found(void)
{
    struct error err = {""};
    struct symbol s[3];
    uint64_t addresses[] = {in_file((void *)caller), outer(), in_file((void *)outer) + 1};
    if (!check("found", symbols_find(self, addresses, 3, s, &err), "%s", err.text))
        return;
    check("a function", s[0].n == 1, "%zu places", s[0].n);
    expect_place("the first address as it is", &s[0].places[0], "caller", 0);
    if (check("an inlined call", s[1].n == 2, "%zu places", s[1].n)) {
        expect_place("the call before a return address", &s[1].places[0], "inner", line_inner);
        expect_place("what it is inlined into", &s[1].places[1], "outer", line_outer);
    }
    check("the address as it was given", s[1].address == addresses[1], "0x%llx",
          (unsigned long long)s[1].address);
    expect_place("right after the start", &s[2].places[0], "outer", 0);
}

static void test_many(void)
{
    enum { MANY = 32 };
    struct error err = {""};
    static struct symbol s[MANY];
    uint64_t addresses[MANY];
    for (size_t i = 0; i < MANY; i++)
        addresses[i] = i % 2 ? outer() : UINT64_MAX - i;
    bool good = symbols_find(self, addresses, MANY, s, &err), same = true;
    check("many", good, "%s", err.text);
    for (size_t i = 0; i < MANY; i++)
        same = same && s[i].n == (i % 2 ? 2 : 1) && s[i].address == addresses[i];
    check("each in its place", same, "others");
    check("none", symbols_find("absent.elf", NULL, 0, s, &err), "%s", err.text);
}

static void test_unknown(void)
{
    struct error err = {""};
    struct buffer out = {0};
    struct symbol s[3];
    uint64_t addresses[] = {0, 0, UINT64_MAX};
    if (!check("unknown addresses", symbols_find(self, addresses, 3, s, &err), "%s", err.text))
        return;
    symbols_print(s, 3, &out);
    check_text("unknown addresses", buffer_text(&out),
               "  #0 0x0000000000000000 ??\n  #1 0x0000000000000000 ??\n"
               "  #2 0xffffffffffffffff ??\n");
    buffer_fini(&out);
}

static void test_no_symbols(void)
{
    struct error err = {""};
    struct symbol s[2] = {{.n = 7}, {.n = 7}};
    uint64_t addresses[2] = {1, 2};
    check("no file", !symbols_find("absent.elf", addresses, 2, s, &err), "found");
    check("says why", strstr(err.text, "addr2line: ") && strstr(err.text, "absent.elf"), "%s",
          err.text);
    check("the addresses are there all the same",
          s[0].n == 0 && s[1].n == 0 && s[0].address == 1 && s[1].address == 2, "%zu places",
          s[0].n);
    temporary_text("text.elf", "no ELF\n");
    check("no ELF file", !symbols_find("text.elf", addresses, 2, s, &err), "found");
    check("says so", strstr(err.text, "text.elf"), "%s", err.text);
    setenv("PATH", "/absent", 1);
    check("no addr2line", !symbols_find(self, addresses, 2, s, &err), "found");
    check_text("says so", err.text, "cannot run addr2line: No such file or directory");
}

static void test_print(void)
{
    struct buffer out = {0};
    struct symbol s[] = {
        {.address = 0xffffffff80100123,
         .n = 1,
         .places = {{"provoke_panic", "kernel/diag/provoke.c", 42}}},
        {.address = 0xffffffff80100456,
         .n = 3,
         .places = {{"a", "k/a.c", 1}, {"b", "", 0}, {"c", "k/c.c", 3}}},
        {.address = 0x10},
    };
    symbols_print(s, 3, &out);
    check_text("printed", buffer_text(&out),
               "  #0 0xffffffff80100123 provoke_panic (kernel/diag/provoke.c:42)\n"
               "  #1 0xffffffff80100456 a (k/a.c:1) inlined into\n"
               "  #1 0xffffffff80100456 b inlined into\n"
               "  #1 0xffffffff80100456 c (k/c.c:3)\n"
               "  #2 0x0000000000000010\n");
    buffer_fini(&out);
}

int main(void)
{
    if (readlink("/proc/self/exe", self, sizeof self - 1) < 0)
        return 2;
    temporary_enter();
    test_found();
    test_many();
    test_unknown();
    test_print();
    test_no_symbols();
    temporary_leave();
    return check_done();
}

/*
 * Memory at places that the program names; its exit code says whether anything is not as it should be.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#define PLACE ((void *)0x10000000)
#define PAGE  4096ul

/* More than a page, so that the C library leaves what it has for these to the program. */
static _Thread_local volatile char variables[2 * PAGE];

extern const char _end[]; /* of the program's own memory */

int main(void)
{
    const char *nothing = mmap(NULL, PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    void *place =
        mmap(PLACE, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    int error = 0;

    variables[PAGE] = 1;
    printf("a piece without access lies %s\n", nothing >= _end ? "apart" : "where it has access");
    printf("a piece with a place lies %s\n", place == PLACE ? "there" : "elsewhere");
    if (munmap(PLACE, 1ul << 39))
        error = errno;
    printf("munmap() of 512 GiB with one page: %s\n", strerror(error));
    return nothing < _end || place != PLACE || error != ENOMEM ||
           mprotect(PLACE, PAGE, PROT_READ) != -1;
}

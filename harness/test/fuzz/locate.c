/* Any bytes for the scanner that finds lines: it stays within them, ends, and names a real line.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/test/fuzz/target.h"

#include "harness/manifest/locate.h"

#include <stdlib.h>

static const struct key_path paths[] = {
    {.n = 0},
    {{{.name = "a"}}, 1},
    {{{.name = "a"}, {.name = "b"}, {.index = 1}}, 3},
    {{{.index = 0}, {.index = 2}, {.name = ""}}, 3},
    {{{.name = "machine"}, {.name = "memory"}}, 2},
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    struct locate_fault fault = {0};
    unsigned lines = 1;
    for (size_t i = 0; i < size; i++)
        lines += data[i] == '\n';
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        size_t missing;
        unsigned line = locate_key(text, size, &paths[i], &missing);
        if (line < 1 || line > lines || missing > paths[i].n)
            abort();
    }
    if (!locate_check(text, size, &fault) && (fault.line < 1 || fault.line > lines))
        abort();
    buffer_fini(&fault.text);
    return 0;
}

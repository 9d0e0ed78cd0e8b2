/* Any bytes as the tail of QEMU's log: exceptions that lie in it, newest first, the same every time.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/test/fuzz/target.h"

#include "harness/machine/qemu_trace.h"

#include <stdlib.h>
#include <string.h>

enum { MANY = 64 };

static void require(bool ok)
{
    if (!ok)
        abort();
}

/* The exceptions before @end: within it, and each before the one that was found earlier. */
static size_t inspect(const struct qemu_trace *t, size_t end, struct qemu_exception *found)
{
    const char *text = buffer_text(&t->tail), *limit = text + end;
    size_t n = qemu_trace_exceptions(t, end, found, MANY);
    require(n <= MANY);
    for (size_t i = 0; i < n; i++) {
        const struct qemu_exception *e = &found[i];
        require(e->registers > text && e->registers <= limit && e->registers[-1] == '\n');
        require(e->registers_len <= (size_t)(limit - e->registers));
        require(i == 0 || e->registers < found[i - 1].registers);
    }
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct qemu_trace t = {0};
    struct qemu_exception all[MANY], fewer[MANY];
    buffer_add(&t.tail, data, size);
    size_t n = inspect(&t, size, all);
    for (size_t wanted = 0; wanted <= 3; wanted++) {
        size_t came = qemu_trace_exceptions(&t, size, fewer, wanted);
        require(came == (n < wanted ? n : wanted));
        for (size_t i = 0; i < came; i++)
            require(fewer[i].pc == all[i].pc && fewer[i].registers == all[i].registers);
    }
    long fault = qemu_trace_triple_fault(&t);
    require(fault >= -1 && (fault < 0 || (size_t)fault + 12 <= size));
    if (fault >= 0) {
        require(memcmp(t.tail.data + fault, "Triple fault", 12) == 0);
        inspect(&t, (size_t)fault, all);
    }
    inspect(&t, size / 2, all);
    buffer_fini(&t.tail);
    return 0;
}

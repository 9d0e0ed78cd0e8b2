/*
 * Does the steps that start no processes, in a process that has not allocated anything yet.
 * SPDX-License-Identifier: Apache-2.0
 *
 * With an argument, allocations do not fail any more from the end of the first step that met one.
 */
#include "steps.h"

#include "abi/inject.calls.h"

int main(void)
{
    uint64_t asked, failed;
    size_t len;

    capos_arguments(&len);
    for (uint32_t i = 0; i < n_steps; i++) {
        if (steps[i]->starts_processes)
            continue;
        steps[i]->run();
        if (len)
            surely(inject_disarm(capos_cap("inject"), &asked, &failed));
        steps[i]->clean();
    }
    return 0;
}

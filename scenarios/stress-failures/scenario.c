/* The players of `stress`, on the kernel whose allocations fail on demand: they let some fail now
 * and then.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/scenario.h"

#include "scenarios/stress/run.h"

SCENARIO
{
    stress_run("600");
}

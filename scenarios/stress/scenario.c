/* Random operations of many processes on 4 processors: every answer is its own, nothing is lost or
 * left.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What a player does stands in player.h; run.h says how to repeat a run.
 */
#include "harness/scenario.h"

#include "scenarios/stress/run.h"

SCENARIO
{
    stress_run("1000");
}

/*
 * The shell: reads commands from its terminal, and does them with the capabilities that it was granted.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>

#include "commands.h"
#include "held.h"
#include "loop.h"
#include "prompt.h"
#include "streams.h"
#include "user.h"

int main(void)
{
    struct outcome outcome;

    held_open();
    outcome = user_open();
    if (!outcome_is_done(outcome))
        loop_fail("the terminal", outcome);
    streams_open();
    say("capOS. \"help\" lists the commands.\n");
    for (;;) {
        const char *line = prompt_read();

        if (!line) {
            say("\n");
            line = "exit";
        }
        command_line(line);
    }
}

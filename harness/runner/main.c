/* The runner: runs scenarios, judges what they did, and tells.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/runner/commands.h"

#include <signal.h>

int main(int argc, char **argv)
{
    struct options options;
    struct error err = {0};
    signal(SIGCHLD, SIG_DFL); /* whoever started us may ignore it: then no status would come */
    signal(SIGPIPE, SIG_IGN); /* who reads our output may stop: the scenarios still end in order */
    int status = options_parse(&options, argc, argv, &err) ? command_dispatch(&options)
                                                           : command_error(err.text);
    options_fini(&options);
    return status;
}

/*
 * Fuzzes boot/options.c: the input is the command line.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "boot/options.h"

#include <stdlib.h>
#include <string.h>

#include "test/fake_arch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct options options;
    char *command_line = malloc(size + 1);

    if (size)
        memcpy(command_line, data, size);
    command_line[size] = 0;
    fake_arch_start("", 0);
    options_read(command_line, &options);
    if (options.log_flood > LOG_FLOOD_MAX || options.provoke > PROVOKE_SPIN ||
        options.at_end > AT_END_REBOOT || options.help > SWITCH_YES)
        abort();
    options_log(&options);
    fake_arch_end();
    free(command_line);
    return 0;
}

/*
 * Tries everything on a terminal that another process holds.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"

int main(void)
{
    cap_t terminal = capos_cap("terminal");
    enum terminal_outcome ended;
    char line[8];
    uint32_t len;

    attempt("reading while another process holds the terminal",
            terminal_read_line(terminal, TERMINAL_VISIBLE, line, sizeof(line), &len, &ended),
            ERR_IN_USE);
    attempt("writing meanwhile", terminal_write(terminal, "rival", 5), ERR_IN_USE);
    attempt("closing it for the other", terminal_close(terminal), ERR_IN_USE);
    return 0;
}

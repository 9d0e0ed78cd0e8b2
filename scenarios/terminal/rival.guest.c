/*
 * Tries everything on a terminal that another process holds.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"

int main(void)
{
    cap_t terminal = capos_cap("terminal");
    char line[8];

    attempt("reading while another process holds the terminal",
            terminal_read_line(terminal, 8, TERMINAL_ECHO_VISIBLE, NULL, line, sizeof(line), NULL),
            ERR_IN_USE);
    attempt("reading bytes", terminal_read(terminal, 8, line, sizeof(line), NULL), ERR_IN_USE);
    attempt("writing meanwhile", terminal_write(terminal, capnp_data("rival", 5)), ERR_IN_USE);
    attempt("closing it for the other", terminal_close(terminal), ERR_IN_USE);
    return 0;
}

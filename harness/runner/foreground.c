/* The terminal's foreground.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/runner/foreground.h"

#include <signal.h>
#include <termios.h>
#include <unistd.h>

static struct termios saved;
static bool have_saved;

bool foreground_is_ours(void)
{
    return isatty(STDIN_FILENO) && tcgetpgrp(STDIN_FILENO) == getpgrp();
}

void foreground_save(void)
{
    have_saved = foreground_is_ours() && tcgetattr(STDIN_FILENO, &saved) == 0;
}

void foreground_restore(void)
{
    if (!have_saved)
        return;
    /* Whoever asks for the foreground is in the background, and would be stopped for it. */
    sigset_t stop, old;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTTOU);
    sigprocmask(SIG_BLOCK, &stop, &old);
    tcsetpgrp(STDIN_FILENO, getpgrp());
    tcsetattr(STDIN_FILENO, TCSADRAIN, &saved);
    sigprocmask(SIG_SETMASK, &old, NULL);
}

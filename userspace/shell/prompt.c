/*
 * The line in which the user types commands.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "prompt.h"

#include "complete.h"
#include "loop.h"
#include "user.h"

#define COLUMNS 80

static struct history history;
static struct line line = {
    .display = {.write = user_show},
    .columns = COLUMNS,
    .history = &history,
    .complete = complete_word,
};
static bool is_reading;
static enum line_event event;

static void typed(uint8_t byte)
{
    event = line_feed(&line, byte);
    if (event == LINE_CANCELLED)
        line_begin(&line, PROMPT);
    else if (event != LINE_MORE)
        user_listen(NULL);
}

const char *prompt_read(void)
{
    is_reading = true;
    user_listen(typed);
    event = LINE_MORE;
    line_begin(&line, PROMPT);
    user_serve();
    while (event != LINE_DONE && event != LINE_END)
        loop_step();
    is_reading = false;
    return event == LINE_DONE ? line.text.bytes : NULL;
}

void prompt_hide(void)
{
    if (is_reading)
        line_hide(&line);
}

void prompt_show(void)
{
    if (is_reading)
        line_show(&line);
}

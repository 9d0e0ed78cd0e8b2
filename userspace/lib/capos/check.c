/*
 * A kit for programs that test: what they attempt and expect, as lines on the console.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/check.h"

#include "capos/console.h"
#include "capos/format.h"
#include "capos/syscall.h"

#define EXIT_CHECK_FAILED 1

void check_fail(const char *file, int line, const char *format, ...)
{
    char text[CONSOLE_LINE_LEN];
    struct ring_client *client = ring_mine();
    struct ring_completion completion;
    va_list list;

    va_start(list, format);
    format_text_list(text, sizeof(text), format, list);
    va_end(list);
    /* What is queued, and completions that nobody looks at now, leave no room to say why. */
    client->ring->sq_tail = client->ring->sq_head;
    while (ring_poll(client, &completion))
        continue;
    client->n_drops = client->n_releases = 0;
    console_printf("check failed: %s (%s:%d)", text, file, line);
    syscall_exit(EXIT_CHECK_FAILED);
}

void check_attempt(const char *file, int line, const char *what, struct outcome outcome,
                   err_t expected)
{
    if (outcome.kind == OUTCOME_DONE)
        console_printf("%s: done", what);
    else if (outcome.kind == OUTCOME_EXCEPTION)
        console_printf("%s: refused, %s", what, outcome_sentence(outcome));
    else
        console_printf("%s: malformed, %s", what, outcome_sentence(outcome));
    if (outcome.code != expected)
        check_fail(file, line, "%s: %s instead of %s", what, err_sentence(outcome.code),
                   err_sentence(expected));
}

/*
 * Reads the kernel's log, of which "flood 1" to "flood 2000" are the last lines but its own.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"

#define FLOOD    2000
#define KEPT_MIN (KEPT_MAX - 4 * LINE_MAX)
#define KEPT_MAX 32768
#define PART     1000 /* read at once */
#define PART_MAX 4000
#define LINE_MAX 256

static uint64_t cursor;
static char text[PART_MAX + 1];
static uint32_t text_len;

/* The next part, as a string; how many bytes before it were lost. */
static uint64_t read_part(uint32_t max)
{
    uint64_t lost;

    check(outcome_is_done(
              log_read(capos_cap("log"), cursor, max, &cursor, &lost, text, PART_MAX, &text_len)),
          "a part of the log");
    text[text_len] = '\0';
    return lost;
}

/* What follows the first WORD in a string; NULL: there is none. */
static char *behind(char *string, const char *word)
{
    size_t len = strlen(word);

    for (size_t left = strlen(string); left >= len; left--, string++) {
        if (memcmp(string, word, len) == 0)
            return string + len;
    }
    return NULL;
}

/* The number of a line "[time] kernel: flood NUMBER"; 0: another line. */
static uint32_t flood_number(char *line)
{
    const char *at = behind(line, "] kernel: flood ");
    uint32_t number = 0;

    for (; at && *at >= '0' && *at <= '9'; at++)
        number = number * 10 + (uint32_t)(*at - '0');
    return number;
}

/* Each line of the part must be the one behind LAST, as long as there are any of the flood. */
static uint32_t check_part(uint32_t last)
{
    char *line = text;

    while (*line && last < FLOOD) {
        char *next = behind(line, "\n");

        check(*line == '[' && next, "a whole line, not \"%s\"", line);
        next[-1] = '\0';
        check(flood_number(line) == last + 1, "line %u, not \"%s\"", last + 1, line);
        last++;
        line = next;
    }
    return last;
}

static void flood(void)
{
    uint64_t lost = read_part(PART), kept = text_len;
    uint32_t last = flood_number(text) - 1;

    check(lost > 0 && cursor == lost + text_len, "bytes before what is kept, not %lu", lost);
    check(last > 0 && last < FLOOD, "the flood, not \"%s\"", text);
    last = check_part(last);
    while (last < FLOOD) {
        check(read_part(PART) == 0 && text_len > 0, "no more lost");
        kept += text_len;
        last = check_part(last);
    }
    check(kept > KEPT_MIN && kept <= KEPT_MAX, "32 KiB, not %lu", kept);
    console_printf("the oldest lines are gone, and counted");
    console_printf("every other line is there, whole and in order");
}

static void own_line(void)
{
    do
        read_part(PART_MAX);
    while (text_len);
    console_printf("a line to read");
    read_part(LINE_MAX);
    check(behind(text, "] init: a line to read\n") == text + text_len, "the line, not \"%s\"",
          text);
    read_part(LINE_MAX);
    check(text_len == 0, "no other line");
    console_printf("a line written meanwhile: it is the next one");
}

static struct outcome try_read(cap_t cap, uint64_t from, uint32_t max, uint32_t room)
{
    return log_read(cap, from, max, NULL, NULL, text, room, NULL);
}

/* Results that have no place for what is asked for. */
static struct outcome read_without_room(void)
{
    struct call call;
    struct outcome outcome;
    struct log_read_params_builder params = log_read_open(&call, capos_cap("log"), 0);

    log_read_params_set_max_len(params, PART_MAX);
    outcome = call_make(&call, PART_MAX);
    call_close(&call);
    return outcome;
}

/* A line that would come from behind its message. */
static struct outcome write_lie(void)
{
    struct call call;
    struct outcome outcome;

    console_write_params_set_text(console_write_open(&call, capos_cap("console"), 2),
                                  capnp_text("short"));
    call.params.words[1] += 32ull << 35;
    outcome = call_make(&call, 64);
    call_close(&call);
    return outcome;
}

static void denials(void)
{
    cap_t log = capos_cap("log");

    attempt("a place that the log has not reached", try_read(log, UINT64_MAX, PART, PART_MAX),
            ERR_BAD_ARGUMENT);
    attempt("room for less than the longest line", try_read(log, 0, LINE_MAX - 1, PART_MAX),
            ERR_BAD_ARGUMENT);
    attempt("more than 4000 bytes", try_read(log, 0, PART_MAX + 1, PART_MAX + 1), ERR_BAD_ARGUMENT);
    attempt("a result space smaller than that", read_without_room(), ERR_NO_ROOM);
    attempt("a method that there is not",
            capos_call(log, INTERFACE_LOG, LOG_METHODS, NULL, 0, NULL, 0), ERR_BAD_METHOD);
    attempt("writing a line that is longer than its message", write_lie(), ERR_BAD_MESSAGE);
    attempt("the console, as if it could be read",
            try_read(capos_cap("console"), 0, PART, PART_MAX), ERR_BAD_INTERFACE);
}

int main(void)
{
    flood();
    own_line();
    denials();
    return 0;
}

/*
 * Talks to whoever types on the terminal, and says on the console what came of it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ask.h"

#define PASSWORD "correct horse"
#define WRITE    4000
#define WRITES   3
#define SOON     20000000ull

static struct line line;

static void ask_and_tell(const char *prompt, const char *what)
{
    ask(prompt, 64, TERMINAL_VISIBLE, &line);
    console_printf("%s: %s \"%s\"", what, line.ended == TERMINAL_LINE ? "line" : "cancelled,",
                   line.text);
}

static void lines(void)
{
    ask_and_tell("name: ", "a line");
    ask_and_tell("edited: ", "rubbed out and typed anew");
    ask_and_tell("keys: ", "arrows, tab and function keys between letters");
    ask_and_tell("umlaut: ", "a rubbed out character of two bytes");
    ask_and_tell("feed: ", "ended by a line feed");
    ask_and_tell("cancelled: ", "Ctrl-C");
    ask_and_tell("ended: ", "Ctrl-D on an empty line");
    ask_and_tell("ahead: ", "the first of two lines typed at once");
}

/* Prompts before it reads, so that what was typed ahead is shown behind the prompt. */
static void line_ahead(void)
{
    cap_t terminal = capos_cap("terminal");

    check(outcome_is_done(terminal_write(terminal, "and: ", 5)), "a prompt");
    check(outcome_is_done(terminal_read_line(terminal, TERMINAL_VISIBLE, line.text, 64, &line.len,
                                             &line.ended)),
          "a line");
    line.text[line.len] = '\0';
    console_printf("the second: \"%s\"", line.text);
}

static void password(void)
{
    ask("password: ", 64, TERMINAL_HIDDEN, &line);
    check(line.ended == TERMINAL_LINE && strcmp(line.text, PASSWORD) == 0, "the password");
    console_printf("a hidden line: %u bytes, as they were typed", line.len);
    ask("again, but cancelled: ", 64, TERMINAL_HIDDEN, &line);
    console_printf("a hidden line: %s, %u bytes",
                   line.ended == TERMINAL_LINE ? "line" : "cancelled", line.len);
}

static void flood(void)
{
    ask("flood: ", 16, TERMINAL_VISIBLE, &line);
    console_printf("10000 bytes for a line of 16: \"%s\"", line.text);
}

static struct outcome read_now(uint32_t max, uint32_t echo)
{
    struct call call;
    struct outcome outcome;

    read_submit(&call, LINE, max, echo);
    outcome = await(&call, LINE);
    call_close(&call);
    return outcome;
}

/* Room for the refusal, but not for the line. */
static struct outcome read_without_room(void)
{
    struct call call;
    struct outcome outcome;

    call_open(&call, capos_cap("terminal"), INTERFACE_TERMINAL_SESSION, TERMINAL_SESSION_READ_LINE,
              0, 1, 0);
    message_put_u32(&call.params, call.root, 0, LINE_ROOM);
    outcome = call_make(&call, 256);
    call_close(&call);
    return outcome;
}

static void bounds(void)
{
    static char text[WRITE + 1];
    cap_t terminal = capos_cap("terminal");

    attempt("a line of no bytes", read_now(0, TERMINAL_VISIBLE), ERR_BAD_ARGUMENT);
    attempt("a line of 1025 bytes", read_now(LINE_ROOM + 1, TERMINAL_VISIBLE), ERR_BAD_ARGUMENT);
    attempt("an echo that does not exist", read_now(8, 2), ERR_BAD_ARGUMENT);
    attempt("a result space smaller than the line", read_without_room(), ERR_NO_ROOM);
    attempt("writing 4001 bytes", terminal_write(terminal, text, WRITE + 1), ERR_BAD_LENGTH);
    attempt("writing nothing", terminal_write(terminal, text, 0), ERR_OK);
}

/* Begins to read, which ends when something else ends it. */
static void read_begin(struct call *call, const char *prompt)
{
    check(outcome_is_done(terminal_write(capos_cap("terminal"), prompt, strlen(prompt))), "room");
    read_submit(call, LINE, 64, TERMINAL_VISIBLE);
    check(ring_enter(ring_mine(), 0, 0) == 1, "a read in flight");
}

static void read_ends(struct call *call, const char *what)
{
    struct outcome outcome = await(call, LINE);

    check(!outcome_is_done(outcome), "no line");
    console_printf("%s: %s", what, err_sentence(outcome.code));
    call_close(call);
}

static void interrupted(void)
{
    struct call call, second;

    read_begin(&call, "nobody will answer: ");
    read_submit(&second, PROMPT, 64, TERMINAL_VISIBLE);
    attempt("reading while a line is being read", await(&second, PROMPT), ERR_IN_USE);
    call_close(&second);
    check(ring_cancel(ring_mine(), LINE) == ERR_OK, "a read to cancel");
    read_ends(&call, "a line whose call is cancelled");

    call_open(&call, capos_cap("terminal"), INTERFACE_TERMINAL_SESSION, TERMINAL_SESSION_READ_LINE,
              0, 1, 0);
    message_put_u32(&call.params, call.root, 0, 64);
    call.submission.deadline = clock_now() + SOON;
    check(call_submit(&call, 96, LINE) == ERR_OK, "room to read");
    read_ends(&call, "a line whose deadline passes");
}

static void write_long(struct call *call, uint64_t id, const char *word)
{
    char text[WRITE];

    memset(text, '#', WRITE);
    memcpy(text, word, strlen(word));
    text[WRITE - 1] = '\n';
    write_submit(call, id, text, WRITE);
}

/* Writes of which only the first fits at once; the last is withdrawn while it waits. */
static void writes(void)
{
    struct call first, again, last;
    struct ring_submission cancel = {.opcode = RING_CANCEL, .argument = WRITES, .user_data = 0};
    struct ring_completion completion;

    write_long(&first, 1, "first ");
    write_long(&again, 2, "again ");
    for (uint64_t i = 3; i < WRITES; i++)
        check(call_submit(&again, 8, i) == ERR_OK, "room to write");
    write_long(&last, WRITES, "last ");
    check(ring_submit(ring_mine(), &cancel), "room to cancel");
    for (uint64_t i = 1; i < WRITES; i++)
        check(outcome_is_done(await(&again, i)), "write %lu", i);
    check(ring_wait(ring_mine(), 0, &completion) == ERR_OK && completion.status == 0, "to cancel");
    console_printf("%u writes of 4000 bytes at once: done; one more, cancelled while it waits: %s",
                   WRITES - 1, err_sentence(await(&last, WRITES).code));
    call_close(&first);
}

/* Runs a program that may use the console and the terminal, and nothing else. */
static void run(const char *image, struct process_end *end)
{
    struct process_grant grants[] = {
        {"console", capos_cap("console")},
        {"terminal", capos_cap("terminal")},
    };
    struct process_request request = {
        .image = image, .grants = grants, .n_grants = 2, .budget = BUDGET_SMALL};
    cap_t process;

    check(outcome_is_done(process_spawn(capos_cap("processes"), &request, &process)), "a process");
    check(outcome_is_done(process_wait(process, end)), "its end");
    cap_release(process);
}

static void closing(void)
{
    cap_t terminal = capos_cap("terminal");
    struct call call;

    read_begin(&call, "closed: ");
    check(outcome_is_done(terminal_close(terminal)), "a terminal to close");
    check(outcome_is_done(await(&call, LINE)), "a line");
    line_get(&call, &line);
    call_close(&call);
    console_printf("a line that is being read when its reader closes the terminal: %s",
                   line.ended == TERMINAL_CANCELLED ? "cancelled" : "line");
    attempt("closing once more", terminal_close(terminal), ERR_OK);
}

static void others(void)
{
    struct process_end end;

    run("rival", &end);
    check(end.reason == PROCESS_EXITED && end.code == 0, "the rival to be content");
    closing();
    run("holder", &end);
    check(end.reason == PROCESS_FAULTED, "the holder to die");
    ask_and_tell("after its death: ", "the holder has died while it read");
}

int main(void)
{
    lines();
    line_ahead();
    password();
    flood();
    bounds();
    interrupted();
    writes();
    others();
    check(ring_mine()->used == 0 && ring_held(ring_mine()) == 0, "nothing left in the ring");
    console_printf("the terminal is as it should be");
    return 0;
}

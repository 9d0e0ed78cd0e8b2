/*
 * Talks to whoever types on the terminal, and says on the console what came of it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ask.h"

#define PASSWORD "correct horse"
#define WRITE    4000
#define SOON     20000000ull

static struct line line;

static void ask_and_tell(const char *prompt, const char *what)
{
    ask(prompt, 64, TERMINAL_ECHO_VISIBLE, &line);
    console_printf("%s: %s \"%s\"", what,
                   line.ended == TERMINAL_OUTCOME_LINE ? "line" : "cancelled,", line.text);
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

    check(outcome_is_done(terminal_write(terminal, capnp_data("and: ", 5))), "a prompt");
    check(outcome_is_done(terminal_read_line(terminal, 64, TERMINAL_ECHO_VISIBLE, &line.ended,
                                             line.text, 64, &line.len)),
          "a line");
    line.text[line.len] = '\0';
    console_printf("the second: \"%s\"", line.text);
}

static void password(void)
{
    ask("password: ", 64, TERMINAL_ECHO_HIDDEN, &line);
    check(line.ended == TERMINAL_OUTCOME_LINE && strcmp(line.text, PASSWORD) == 0, "the password");
    console_printf("a hidden line: %u bytes, as they were typed", line.len);
    ask("again, but cancelled: ", 64, TERMINAL_ECHO_HIDDEN, &line);
    console_printf("a hidden line: %s, %u bytes",
                   line.ended == TERMINAL_OUTCOME_LINE ? "line" : "cancelled", line.len);
}

static void flood(void)
{
    ask("flood: ", 16, TERMINAL_ECHO_VISIBLE, &line);
    console_printf("10000 bytes for a line of 16: \"%s\"", line.text);
}

/* Keys for a program that edits lines by itself, up to a carriage return; they may come in
 * parts. */
static void keys(void)
{
    struct call read;
    uint32_t len;

    read_bytes_submit(&read, LINE, LINE_ROOM);
    prompt(&read, "bytes: ");
    line_set(&line, terminal_read_results_bytes(terminal_read_results(&read)));
    call_close(&read);
    for (len = line.len; line.text[len - 1] != '\r'; len += line.len)
        check(outcome_is_done(terminal_read(capos_cap("terminal"), LINE_ROOM - len, line.text + len,
                                            LINE_ROOM - len, &line.len)),
              "more keys");
    line.text[len] = '\0';
    console_printf("bytes, not shown and not changed: \"%s\"", line.text);
}

static struct outcome read_now(uint32_t max, enum terminal_echo echo)
{
    return terminal_read_line(capos_cap("terminal"), max, echo, NULL, NULL, LINE_ROOM, NULL);
}

static struct outcome read_bytes_now(uint32_t max)
{
    return terminal_read(capos_cap("terminal"), max, NULL, LINE_ROOM, NULL);
}

/* Room for the refusal, but not for what is read. */
static struct outcome make_without_room(struct call *call)
{
    struct outcome outcome = call_make(call, 256);

    call_close(call);
    return outcome;
}

static void bounds(void)
{
    static char text[WRITE + 1];
    cap_t terminal = capos_cap("terminal");
    struct call call;

    attempt("a line of no bytes", read_now(0, TERMINAL_ECHO_VISIBLE), ERR_BAD_ARGUMENT);
    attempt("a line of 1025 bytes", read_now(LINE_ROOM + 1, TERMINAL_ECHO_VISIBLE),
            ERR_BAD_ARGUMENT);
    attempt("an echo that does not exist", read_now(8, TERMINAL_ECHO_COUNT), ERR_BAD_ARGUMENT);
    terminal_read_line_params_set_max_len(terminal_read_line_open(&call, terminal, 0), LINE_ROOM);
    attempt("a result space smaller than the line", make_without_room(&call), ERR_NO_ROOM);
    attempt("reading no bytes", read_bytes_now(0), ERR_BAD_ARGUMENT);
    attempt("reading 1025 bytes", read_bytes_now(LINE_ROOM + 1), ERR_BAD_ARGUMENT);
    terminal_read_params_set_max_len(terminal_read_open(&call, terminal, 0), LINE_ROOM);
    attempt("a result space smaller than the bytes", make_without_room(&call), ERR_NO_ROOM);
    attempt("writing 4001 bytes", terminal_write(terminal, capnp_data(text, WRITE + 1)),
            ERR_BAD_LENGTH);
    attempt("writing nothing", terminal_write(terminal, capnp_data(text, 0)), ERR_OK);
}

/* Lets the read begin that was queued, and writes a prompt. */
static void begin(const char *text)
{
    struct capnp_data prompt = capnp_data(text, (uint32_t)strlen(text));

    check(outcome_is_done(terminal_write(capos_cap("terminal"), prompt)), "a prompt");
}

static void read_ends(struct call *call, const char *what)
{
    struct outcome outcome = call_wait(call);

    check(!outcome_is_done(outcome), "no line");
    console_printf("%s: %s", what, err_sentence(outcome.code));
    call_close(call);
}

static void interrupted(void)
{
    struct call call;

    read_submit(&call, LINE, 64, TERMINAL_ECHO_VISIBLE, 0);
    begin("nobody will answer: ");
    attempt("reading a line while a line is being read", read_now(8, TERMINAL_ECHO_VISIBLE),
            ERR_IN_USE);
    attempt("reading bytes meanwhile", read_bytes_now(8), ERR_IN_USE);
    check(call_cancel(&call) == ERR_OK, "a read to cancel");
    read_ends(&call, "a line whose call is cancelled");

    read_bytes_submit(&call, LINE, 64);
    check(ring_enter(ring_mine(), 0, 0) == 1, "a read in flight");
    attempt("reading a line while bytes are being read", read_now(8, TERMINAL_ECHO_VISIBLE),
            ERR_IN_USE);
    check(call_cancel(&call) == ERR_OK, "a read to cancel");
    read_ends(&call, "bytes whose call is cancelled");

    read_submit(&call, LINE, 64, TERMINAL_ECHO_VISIBLE, clock_now() + SOON);
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

    write_long(&first, 1, "first ");
    write_long(&again, 2, "again ");
    write_long(&last, 3, "last ");
    check(call_cancel(&last) == ERR_OK, "a write to cancel");
    check(outcome_is_done(call_wait(&first)), "the first write");
    check(outcome_is_done(call_wait(&again)), "the second write");
    console_printf("2 writes of 4000 bytes at once: done; one more, cancelled while it waits: %s",
                   err_sentence(call_wait(&last).code));
    call_close(&last);
    call_close(&again);
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
    check(outcome_is_done(process_wait(process, &end->reason, &end->code)), "its end");
    cap_release(process);
}

static void closing(void)
{
    cap_t terminal = capos_cap("terminal");
    struct call call;

    read_submit(&call, LINE, 64, TERMINAL_ECHO_VISIBLE, 0);
    begin("closed: ");
    check(outcome_is_done(terminal_close(terminal)), "a terminal to close");
    check(outcome_is_done(call_wait(&call)), "a line");
    line_get(&call, &line);
    call_close(&call);
    console_printf("a line that is being read when its reader closes the terminal: %s",
                   line.ended == TERMINAL_OUTCOME_CANCELLED ? "cancelled" : "line");
    read_bytes_submit(&call, LINE, 64);
    check(outcome_is_done(terminal_close(terminal)), "a terminal to close");
    check(outcome_is_done(call_wait(&call)), "an end");
    console_printf("bytes that are being read then: %u",
                   terminal_read_results_bytes(terminal_read_results(&call)).len);
    call_close(&call);
    attempt("closing once more", terminal_close(terminal), ERR_OK);
}

static void others(void)
{
    struct process_end end;

    run("rival", &end);
    check(end.reason == PROCESS_REASON_EXITED && end.code == 0, "the rival to be content");
    closing();
    run("holder", &end);
    check(end.reason == PROCESS_REASON_FAULTED, "the holder to die");
    ask_and_tell("after its death: ", "the holder has died while it read");
}

int main(void)
{
    lines();
    line_ahead();
    password();
    flood();
    keys();
    bounds();
    interrupted();
    writes();
    others();
    check(ring_mine()->used == 0 && ring_held(ring_mine()) == 0, "nothing left in the ring");
    console_printf("the terminal is as it should be");
    return 0;
}

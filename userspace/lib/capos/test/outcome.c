/*
 * Tests outcome.c: the words for how calls end, whatever the other side has written.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/outcome.h"

#include "answer.h"
#include "kernel/test/check.h"

TEST(exception_says_why)
{
    struct outcome outcome;

    answer_start(exception_of(ERR_IN_USE, "somebody reads already"));
    outcome = call_simply();
    CHECK(outcome.kind == OUTCOME_EXCEPTION && outcome.type == EXCEPTION_OVERLOADED);
    CHECK(outcome.code == ERR_IN_USE);
    CHECK_STRING(outcome_sentence(outcome), "somebody reads already");
    CHECK(answer_seen.result_len >= EXCEPTION_ROOM);
    PASS;
}

/* On one line, and not longer than we keep; the second cut would fall into a character. */
TEST(exception_that_is_cut_says_so)
{
    char long_reason[RING_REASON_LEN + 20];
    const char *sentence;
    size_t len;

    memset(long_reason, 'x', sizeof(long_reason));
    long_reason[sizeof(long_reason) - 1] = '\0';
    answer_start(exception_of(ERR_IN_USE, long_reason));
    sentence = outcome_sentence(call_simply());
    CHECK(strlen(sentence) == RING_REASON_LEN - 1);
    CHECK_STRING(sentence + RING_REASON_LEN - 1 - 6, " [cut]");
    len = strlen(sentence) - 6;
    memcpy(long_reason + len - 2, "\xe2\x82\xac", 3);
    answer_start(exception_of(ERR_IN_USE, long_reason));
    sentence = outcome_sentence(call_simply());
    CHECK_STRING(sentence + len - 2, " [cut]");
    answer_start(exception_of(ERR_IN_USE, "two\nlines\x1b[2J"));
    CHECK_STRING(outcome_sentence(call_simply()), "two?lines?[2J");
    long_reason[RING_REASON_LEN - 1] = '\0';
    memset(long_reason, 'x', RING_REASON_LEN - 1);
    answer_start(exception_of(ERR_IN_USE, long_reason));
    CHECK_STRING(outcome_sentence(call_simply()), long_reason);
    PASS;
}

TEST(exception_that_did_not_fit_says_so)
{
    struct outcome outcome;

    answer_start((struct answer){.status = RING_STATUS_TRUNCATED, .code = ERR_DISCONNECTED});
    outcome = call_simply();
    CHECK(outcome.kind == OUTCOME_EXCEPTION && outcome.type == EXCEPTION_DISCONNECTED);
    CHECK_STRING(outcome_sentence(outcome), "the other side is gone [its reason did not fit]");
    PASS;
}

/* Whatever a server writes into an exception, it is none of success. */
TEST(exception_that_lies)
{
    struct answer lie = exception_of(ERR_IN_USE, "why");
    struct outcome outcome;

    lie.words[2] = 0x0000000a7ffffffd; /* a text far away */
    answer_start(lie);
    outcome = call_simply();
    CHECK(outcome.kind == OUTCOME_EXCEPTION && outcome.code == ERR_BAD_MESSAGE);
    answer_start(exception_of(ERR_OK, "all is well"));
    outcome = call_simply();
    CHECK(outcome.kind == OUTCOME_EXCEPTION && outcome.code == ERR_BAD_MESSAGE);
    answer_start((struct answer){.status = RING_STATUS_EXCEPTION, .code = ERR_IN_USE});
    outcome = call_simply();
    CHECK(outcome.kind == OUTCOME_EXCEPTION && outcome.code == ERR_IN_USE);
    CHECK_STRING(outcome_sentence(outcome), "in use");
    PASS;
}

TEST(refusal_has_words)
{
    uint64_t words[EXCEPTION_ROOM / 8];
    struct capnp_message message;
    struct outcome outcome;
    char long_word[300];

    answer_start((struct answer){0});
    outcome = outcome_refuse(EXCEPTION_OVERLOADED, ERR_IN_USE, "%u of %s", 3u, "them");
    CHECK(outcome.kind == OUTCOME_EXCEPTION && outcome.code == ERR_IN_USE);
    CHECK_STRING(outcome_sentence(outcome), "3 of them");
    capnp_open(&message, words, outcome_write(outcome, words));
    CHECK_STRING(capnp_get_text(capnp_root(&message), 0).at, "3 of them");
    memset(long_word, 'y', sizeof(long_word));
    long_word[sizeof(long_word) - 1] = '\0';
    outcome = outcome_refuse(EXCEPTION_FAILED, ERR_IN_USE, "%s", long_word);
    CHECK_STRING(outcome_sentence(outcome) + RING_REASON_LEN - 1 - 6, " [cut]");
    capnp_open(&message, words, outcome_write(outcome, words));
    CHECK(capnp_get_text(capnp_root(&message), 0).len == RING_REASON_LEN - 1);
    capnp_open(&message, words, outcome_write(outcome_transport(ERR_DISCONNECTED), words));
    CHECK(capnp_u16(capnp_root(&message), 0) == EXCEPTION_DISCONNECTED);
    CHECK_STRING(capnp_get_text(capnp_root(&message), 0).at, err_sentence(ERR_DISCONNECTED));
    PASS;
}

int main(void)
{
    RUN(exception_says_why);
    RUN(exception_that_is_cut_says_so);
    RUN(exception_that_did_not_fit_says_so);
    RUN(exception_that_lies);
    RUN(refusal_has_words);
    TESTS_END;
}

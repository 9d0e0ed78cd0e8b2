/*
 * The other side of a call in host tests: it answers with what the test has said before.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "answer.h"

#include <string.h>

#include "kernel.h"

struct ring_submission answer_seen;
static struct answer answer;

void answer_set_word(uint64_t word)
{
    answer.words[1] = word;
}

struct ring_completion answer_write(const struct ring_submission *submission)
{
    uint8_t *to = kernel_at(submission->result);

    memcpy(to, answer.words, answer.n_words * 8);
    memcpy(to + answer.n_words * 8, answer.caps, answer.n_caps * sizeof(answer.caps[0]));
    return (struct ring_completion){
        .status = answer.status,
        .result_len = answer.n_words * 8,
        .value = answer.code,
        .n_caps = answer.n_caps,
    };
}

static void take(const struct ring_submission *submission)
{
    answer_seen = *submission;
    if (answer.keep)
        kernel_keep(submission);
    else
        kernel_complete(submission, answer_write(submission));
}

struct ring_client *answer_start(struct answer given)
{
    answer = given;
    kernel_start(take);
    return ring_mine();
}

struct answer answer_of(int32_t status, err_t code, uint16_t n_data, uint16_t n_pointers)
{
    struct answer built = {.status = status, .code = code, .n_words = 1u + n_data + n_pointers};

    built.words[0] = (uint64_t)n_data << 32 | (uint64_t)n_pointers << 48;
    return built;
}

struct answer exception_of(err_t code, const char *reason)
{
    struct answer built = {.status = RING_STATUS_EXCEPTION, .code = code};
    struct capnp_builder builder;
    struct capnp_struct_builder root;

    capnp_build(&builder, built.words, sizeof(built.words));
    root = capnp_init_root(&builder, 1, 1);
    capnp_set_u16(root, 0, EXCEPTION_OVERLOADED);
    capnp_set_u32(root, 4, code);
    capnp_set_text(root, 0, capnp_text(reason));
    built.n_words = (uint32_t)capnp_built_len(&builder) / 8;
    return built;
}

struct outcome call_simply(void)
{
    struct call call;
    struct outcome outcome;

    call_open(&call, CLIENT, INTERFACE, 3, 0);
    outcome = call_make(&call, 0);
    return call_end(&call, outcome);
}

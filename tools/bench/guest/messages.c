/*
 * What the runtime's messages cost: a record of ten fields encoded into memory of the caller's, and decoded.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "measure.h"

#include "bench/record.capnp.h"

#define ROOM 64 /* words */

static const uint8_t DIGEST[32] = {1, 2, 3};
static uint64_t words[ROOM];
static size_t encoded_len;
static volatile uint64_t sink;

static void encode(void)
{
    struct capnp_builder message;
    struct record_builder record;

    capnp_build(&message, words, sizeof(words));
    record = record_init_root(&message);
    record_set_id(record, 0x1122334455667788);
    record_set_size(record, 4096);
    record_set_port(record, 443);
    record_set_priority(record, 3);
    record_set_valid(record, true);
    record_set_offset(record, -17);
    record_set_ratio(record, 0.5);
    record_set_mode(record, RECORD_MODE_WRITE);
    record_set_name(record, capnp_text("a record of ten fields"));
    record_set_digest(record, (struct capnp_data){DIGEST, sizeof(DIGEST)});
    encoded_len = capnp_built_len(&message);
}

static void decode(void)
{
    struct capnp_message message;
    struct record_reader record;
    struct capnp_text name;
    struct capnp_data digest;
    uint64_t sum;

    capnp_open(&message, words, encoded_len);
    record = record_root(&message);
    sum = record_id(record) + record_size(record) + record_port(record) + record_priority(record) +
          record_valid(record);
    sum += (uint64_t)record_offset(record) + (uint64_t)(record_ratio(record) * 2) +
           record_mode(record);
    name = record_name(record);
    digest = record_digest(record);
    sum += name.len + (uint8_t)name.at[0] + digest.len + digest.at[0];
    check(!capnp_error(&message), "a good message");
    sink = sum;
}

int main(void)
{
    measure_overhead();
    measure("messages.encode", encode, 1);
    measure("messages.decode", decode, 1);
    return 0;
}

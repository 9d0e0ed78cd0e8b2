/*
 * Fuzzes reading and copying: the input is a message, walked in every way that a schema could ask.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capnp/canonical.h"
#include "capnp/copy.h"
#include "capnp/framing.h"
#include "capnp/list.h"
#include "capnp/packing.h"

#include <stdlib.h>
#include <string.h>

#include "harness/test/fuzz/target.h"

#define STRUCTS_MAX  256
#define SEGMENTS_MAX 8
#define BUILT_MAX    (1 << 16)

/* Structs that were found; those up to `walked` are done. */
static struct {
    struct capnp_struct found[STRUCTS_MAX];
    size_t n, walked;
} walk;

/* What was read, so that the reads are not optimized away. */
static volatile uint64_t sum;

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void push(struct capnp_struct found)
{
    if (walk.n < STRUCTS_MAX)
        walk.found[walk.n++] = found;
}

static void walk_scalars(struct capnp_struct from)
{
    for (uint32_t offset = 0; offset < from.data_len + 16 && offset < 0x1000; offset++) {
        sum += capnp_u64(from, offset) + capnp_u32(from, offset) + capnp_u16(from, offset);
        sum += capnp_u8(from, offset) + capnp_bool(from, offset * 8);
    }
}

static void walk_bytes(struct capnp_data bytes)
{
    require(bytes.at);
    for (uint32_t i = 0; i < bytes.len; i++)
        sum += bytes.at[i];
}

static void walk_element(struct capnp_list list, uint32_t i)
{
    push(capnp_list_struct(list, i));
    sum += capnp_list_u64(list, i) + capnp_list_u32(list, i) + capnp_list_u16(list, i);
    sum += capnp_list_u8(list, i) + capnp_list_bool(list, i) + capnp_list_text(list, i).len;
}

static void walk_list(struct capnp_list list)
{
    for (uint32_t i = 0; i < list.n && i < STRUCTS_MAX; i++)
        walk_element(list, i);
    walk_element(list, list.n ? list.n - 1 : 0);
    walk_element(list, list.n);
}

static void walk_pointer(struct capnp_pointer from)
{
    uint64_t budget = from.message->budget;
    struct capnp_text text = capnp_pointer_text(from);

    require(text.at[text.len] == 0);
    walk_bytes(capnp_pointer_data(from));
    sum += capnp_pointer_kind(from) + capnp_pointer_cap(from);
    push(capnp_pointer_struct(from));
    for (enum capnp_size size = CAPNP_VOID; size <= CAPNP_COMPOSITE; size++)
        walk_list(capnp_pointer_list(from, size));
    walk_list(capnp_pointer_any_list(from));
    require(from.message->budget <= budget);
}

static void walk_message(struct capnp_message *message)
{
    walk.n = walk.walked = 0;
    walk_pointer(capnp_root_pointer(message));
    push(capnp_root(message));
    while (walk.walked < walk.n) {
        struct capnp_struct from = walk.found[walk.walked++];

        walk_scalars(from);
        for (uint16_t i = 0; i <= from.n_pointers && i < 64; i++)
            walk_pointer(capnp_get_pointer(from, i));
    }
}

/* What came of a copy or a canonical form: a message without lies, or nothing. */
static bool check_built(const struct capnp_builder *builder, struct capnp_message *message)
{
    capnp_as_reader(builder, message);
    capnp_trust(message);
    return !builder->full;
}

/* Canonical forms are their own canonical forms, and a copy has that of its source. */
static void check_copies(struct capnp_message *message)
{
    static uint64_t copied[BUILT_MAX], canonical[BUILT_MAX], again[BUILT_MAX];
    struct capnp_builder copy, first, second;
    struct capnp_message built;

    capnp_build(&copy, copied, sizeof(copied));
    capnp_build(&first, canonical, sizeof(canonical));
    capnp_pointer_copy(capnp_root_builder(&copy), capnp_root_pointer(message), NULL);
    if (check_built(&copy, &built)) {
        walk_message(&built);
        capnp_trust(&built);
    }
    if (capnp_canonical(capnp_root(message), &first) != ERR_OK)
        return;
    require(check_built(&first, &built));
    capnp_build(&second, again, sizeof(again));
    require(capnp_canonical(capnp_root(&built), &second) == ERR_OK);
    require(first.used == second.used && memcmp(canonical, again, first.used * 8u) == 0);
    if (!check_built(&copy, &built))
        return;
    capnp_build(&second, again, sizeof(again));
    require(capnp_canonical(capnp_root(&built), &second) == ERR_OK);
    require(first.used == second.used && memcmp(canonical, again, first.used * 8u) == 0);
}

static void fuzz_flat(const void *at, size_t len)
{
    struct capnp_message message;

    capnp_open(&message, at, len);
    walk_message(&message);
    capnp_open(&message, at, len);
    check_copies(&message);
}

static void fuzz_framed(const void *at, size_t len)
{
    struct capnp_segment table[SEGMENTS_MAX];
    struct capnp_message message;
    size_t used;

    for (int i = 0; i < 2; i++) {
        err_t error = capnp_open_framed(&message, at, len, table, SEGMENTS_MAX, &used);

        require(used <= len && (used > 0) == (error == ERR_OK));
        require(capnp_error(&message) == error);
        if (i == 0)
            walk_message(&message);
        else
            check_copies(&message);
    }
}

/* In memory of exactly its size, so that each byte too far is seen. */
static void *copy_of(const void *data, size_t size)
{
    void *copy = malloc(size ? size : 1);

    require(copy);
    if (size)
        memcpy(copy, data, size);
    return copy;
}

static void fuzz_packed(const void *at, size_t len)
{
    size_t room = len * 16, unpacked_len;
    void *unpacked = malloc(room ? room : 1), *exact;

    require(unpacked);
    if (capnp_unpack(at, len, unpacked, room, &unpacked_len) == ERR_OK) {
        exact = copy_of(unpacked, unpacked_len);
        fuzz_framed(exact, unpacked_len);
        free(exact);
    }
    free(unpacked);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    void *copy = copy_of(data, size);

    fuzz_flat(copy, size);
    fuzz_framed(copy, size);
    fuzz_packed(copy, size);
    free(copy);
    return 0;
}

/*
 * Fuzzes packing.c: what the input unpacks to, and the input as words, pack to what comes back.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capnp/packing.h"

#include <stdlib.h>
#include <string.h>

#include "harness/test/fuzz/target.h"

#define ROOM_MAX (1 << 16)

static void *allocate(size_t len)
{
    void *at = malloc(len ? len : 1);

    if (!at)
        abort();
    return at;
}

static void check_round(const uint8_t *words, size_t len)
{
    size_t room = CAPNP_PACKED_MAX(len), packed_len, unpacked_len;
    uint8_t *packed = allocate(room), *unpacked = allocate(len);

    if (capnp_pack(words, len, packed, room, &packed_len) != ERR_OK ||
        capnp_unpack(packed, packed_len, unpacked, len, &unpacked_len) != ERR_OK ||
        unpacked_len != len || (len && memcmp(unpacked, words, len) != 0))
        abort();
    /* And nothing is written behind the end of less room. */
    if (packed_len > 0) {
        free(packed);
        room = packed_len - 1;
        packed = allocate(room);
        if (capnp_pack(words, len, packed, room, &packed_len) != ERR_NO_ROOM)
            abort();
    }
    free(packed);
    free(unpacked);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t room = size * 4 < ROOM_MAX ? size * 4 : ROOM_MAX, len;
    uint8_t *unpacked = allocate(room);

    check_round(data, size / 8 * 8);
    if (capnp_unpack(data, size, unpacked, room, &len) == ERR_OK)
        check_round(unpacked, len);
    free(unpacked);
    return 0;
}

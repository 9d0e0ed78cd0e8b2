/*
 * Clients of SystemInfo and BootPackage.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/system.h"

#include "abi/interfaces.h"

/* Copies the text behind a pointer, cut to LEN bytes with its terminator. */
static void text_copy(char *to, size_t len, const struct message_struct *from, uint32_t pointer)
{
    const char *text = message_get_text(from, pointer);
    size_t text_len = strlen(text);

    if (text_len > len - 1)
        text_len = len - 1;
    memcpy(to, text, text_len);
    to[text_len] = '\0';
}

struct outcome system_info_system(cap_t system, struct system_state *state)
{
    struct call call;
    struct outcome outcome;

    call_open(&call, system, INTERFACE_SYSTEM_INFO, SYSTEM_INFO_SYSTEM, 0, 0, 0);
    outcome = call_make(&call, 256);
    *state = (struct system_state){
        .processors = message_u32(&call.results, 0),
        .frames = message_u64(&call.results, 8),
        .free_frames = message_u64(&call.results, 16),
        .boot_nanoseconds = message_u64(&call.results, 24),
    };
    text_copy(state->version, sizeof(state->version), &call.results, 0);
    call_close(&call);
    return outcome;
}

static void budget_read(const struct call *call, uint32_t pointer, struct budget *budget)
{
    struct message_struct from;

    message_get_struct(&call->results, pointer, &from);
    *budget = (struct budget){
        .frames = message_u32(&from, 0),
        .objects = message_u32(&from, 4),
        .calls = message_u32(&from, 8),
        .timers = message_u32(&from, 12),
        .caps = message_u32(&from, 16),
    };
}

struct outcome system_info_ledger(cap_t system, struct budget *used, struct budget *limit)
{
    struct call call;
    struct outcome outcome;

    call_open(&call, system, INTERFACE_SYSTEM_INFO, SYSTEM_INFO_LEDGER, 0, 0, 0);
    outcome = call_make(&call, 128);
    budget_read(&call, 0, used);
    budget_read(&call, 1, limit);
    call_close(&call);
    return outcome;
}

struct outcome system_info_objects(cap_t system, struct system_objects *objects)
{
    uint64_t words[3];
    struct outcome outcome =
        capos_call(system, INTERFACE_SYSTEM_INFO, SYSTEM_INFO_OBJECTS, NULL, 0, words, 3);

    *objects = (struct system_objects){
        .processes = (uint32_t)words[0],
        .threads = (uint32_t)(words[0] >> 32),
        .memory_objects = (uint32_t)words[1],
        .mappings = (uint32_t)(words[1] >> 32),
        .endpoints = (uint32_t)words[2],
        .calls = (uint32_t)(words[2] >> 32),
    };
    return outcome;
}

struct outcome package_info(cap_t package, uint64_t *manifest_len, uint32_t *images)
{
    uint64_t words[2];
    struct outcome outcome =
        capos_call(package, INTERFACE_BOOT_PACKAGE, BOOT_PACKAGE_INFO, NULL, 0, words, 2);

    *manifest_len = words[0];
    *images = (uint32_t)words[1];
    return outcome;
}

struct outcome package_read(cap_t package, uint64_t offset, void *to, uint32_t len, uint32_t *got)
{
    struct call call;
    struct outcome outcome;
    const uint8_t *bytes;

    call_open(&call, package, INTERFACE_BOOT_PACKAGE, BOOT_PACKAGE_READ, 0, 2, 0);
    message_put_u64(&call.params, call.root, 0, offset);
    message_put_u32(&call.params, call.root, 8, len);
    outcome = call_make(&call, 24 + len);
    message_get_bytes(&call.results, 0, &bytes, got);
    if (*got > len)
        *got = len;
    memcpy(to, bytes, *got);
    call_close(&call);
    return outcome;
}

struct outcome package_image(cap_t package, uint32_t index, struct package_image *image)
{
    struct call call;
    struct outcome outcome;
    const uint8_t *hash;
    uint32_t len;

    call_open(&call, package, INTERFACE_BOOT_PACKAGE, BOOT_PACKAGE_IMAGE, 0, 1, 0);
    message_put_u32(&call.params, call.root, 0, index);
    outcome = call_make(&call, 256);
    *image = (struct package_image){.len = message_u64(&call.results, 0)};
    text_copy(image->name, sizeof(image->name), &call.results, 0);
    message_get_bytes(&call.results, 1, &hash, &len);
    if (len == sizeof(image->sha256))
        memcpy(image->sha256, hash, len);
    call_close(&call);
    return outcome;
}

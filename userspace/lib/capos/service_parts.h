/*
 * The parts of a service, for the files of this library that make one: an answer, a call, the loop.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "capos/arena.h"
#include "capos/service.h"

/* Bytes for the message of an answer, which may be any exception. */
static inline size_t answer_room(const struct service *service)
{
    return service->room < EXCEPTION_ROOM ? EXCEPTION_ROOM : service->room;
}

/* The answer has gone out, or has failed. */
static inline void answer_done(struct service *service)
{
    service->answering = false;
    if (service->transfers_at == ARENA_NONE)
        return;
    arena_free(service->client, service->transfers_at);
    service->transfers_at = ARENA_NONE;
}

/* An operation that answered, and perhaps received, has ended with an error: whether it was the
 * answer that failed. Then a caller who still waits has been told, and what was to move has
 * stayed. */
bool answer_failed(struct service *, err_t code);

/* Reads a delivery into service->incoming; the same, and answers it by the method it asks for. */
void delivery_read(struct service *);
void delivery_serve(struct service *);

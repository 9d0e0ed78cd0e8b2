/*
 * Clients of EndpointFactory and Endpoint, and the serving side of an endpoint.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A server receives a call, answers it, and closes it, which gives its place in the arena back:
 *
 *     endpoint_recv(server, 1024, RING_NEVER, &incoming);
 *     endpoint_answer(incoming.head.reply, words, n);
 *     incoming_close(&incoming);
 *
 * Clients use capos_call() and call.h with the interface that the capability was made for.
 */
#pragma once

#include "capos/call.h"

struct outcome endpoint_create(cap_t factory, uint64_t interface_id, cap_t *server, cap_t *client);
struct outcome endpoint_mint(cap_t server, uint64_t cookie, uint64_t interface_id, cap_t *client);
struct outcome endpoint_close(cap_t server);

/* A call that has come. Parameters and capabilities lie in the arena. */
struct incoming {
    struct ring_delivery head;
    struct message_struct params;
    const struct ring_cap *caps; /* head.n_caps of them, the receiver's to release */
    struct ring_client *client;
    uint32_t mark;
};

/* Waits for a call whose parameters and capabilities fit into ROOM bytes. */
struct outcome endpoint_recv(cap_t server, uint32_t room, uint64_t deadline, struct incoming *);
void incoming_close(struct incoming *);

/* Answers with data words only, or with an exception. */
struct outcome endpoint_answer(cap_t reply, const uint64_t *words, uint16_t n);
struct outcome endpoint_refuse(cap_t reply, enum exception_type type, err_t code,
                               const char *reason);

/* Sends an answer of any kind: open it with call_open_as(&answer, RING_RETURN, reply, ...), write
 * into it, give it capabilities with call_transfer(). Closes it. ERR_CANCELLED: nobody waits for it
 * any more. */
struct outcome answer_send(struct call *answer);

/* Answers, and receives the next call in one operation. ERR_CANCELLED: nobody waits for the answer
 * any more, and nothing was received. After any other error the answer may have gone out. */
struct outcome endpoint_answer_recv(cap_t reply, const uint64_t *words, uint16_t n, cap_t server,
                                    uint32_t room, uint64_t deadline, struct incoming *);

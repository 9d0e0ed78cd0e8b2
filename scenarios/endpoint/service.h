/*
 * The service that the programs of this scenario offer and call.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Parameters and results are words, unless said otherwise.
 */
#pragma once

#include "capos/capos.h"
#include "capos/program.h"

#define INTERFACE_SERVICE 0xb1e55ed5eed5a1ad
#define INTERFACE_OTHER   0xca11ab1e0ddba115 /* the same methods, by another name */

#define SERVICE_ROOM 1024 /* bytes of a message that the server takes */

enum {
    SERVICE_ADD,        /* (a, b) -> (a + b) */
    SERVICE_WHO,        /* (anything) -> (cookie, interface id) */
    SERVICE_HOLD,       /* (number) -> (number), when FREE_ALL comes */
    SERVICE_FREE_ALL,   /* () -> (how many), after answering all held calls, the last one first */
    SERVICE_HELD,       /* () -> (how many) */
    SERVICE_USE_MEMORY, /* (memory :MemoryObject) -> (its first word before it was incremented) */
    SERVICE_GIVE,       /* (cookie) -> (service :Other), with that cookie */
    SERVICE_REFUSE,     /* (reason's length, 0: usual) -> an exception */
    SERVICE_DROP,       /* () -> no answer, and none will come */
    SERVICE_MISUSE,     /* () -> (), after misusing the right to answer */
    SERVICE_LARGE,      /* (words) -> that many words */
    SERVICE_DIE,        /* () -> no answer: the server exits */
    SERVICE_STOP,       /* () -> (): the server exits */
};

#define SERVICE_REASON "the server does not like it"

static inline struct outcome service_call(uint16_t method, uint64_t param, uint64_t *result)
{
    return capos_call(capos_cap("service"), INTERFACE_SERVICE, method, &param, 1, result,
                      result ? 1 : 0);
}

/*
 * Caller references: what an endpoint's server sees of a caller's session.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "session/reference.h"

#include "crypto/hmac.h"
#include "crypto/random.h"
#include "lib/string.h"
#include "lib/wipe.h"
#include "sched/work.h"

#define SECRET_LEN 32

/* What the code is of; each purpose has its own tag, so that none can be taken for another. */
struct subject {
    char tag[8];
    uint64_t endpoint_id, session_id;
};

static struct hmac_key key;
static bool exist;

/* Servers mint many clients of one endpoint for one session. */
#define CACHED 64
static struct {
    uint64_t endpoint_id, session_id;
    uint64_t reference[2];
} cache[CACHED];

_Static_assert(sizeof(cache[0].reference) == REFERENCE_LEN, "128 bits");

err_t references_init(void)
{
    uint8_t secret[SECRET_LEN];
    err_t error = random_bytes(secret, sizeof(secret));

    exist = !error;
    memset(cache, 0, sizeof(cache));
    if (error)
        return error;
    hmac_key_init(&key, secret, sizeof(secret));
    wipe(secret, sizeof(secret));
    return ERR_OK;
}

bool references_exist(void)
{
    return exist;
}

static void compute(const struct subject *subject, void *to)
{
    uint8_t code[HMAC_LEN];

    hmac(&key, subject, sizeof(*subject), code);
    memcpy(to, code, REFERENCE_LEN);
    work_add(2 * WORK_HASH_64);
}

/* No endpoint has the id 0, so an entry that was never filled is never found. */
void reference_get(uint64_t endpoint_id, uint64_t session_id, uint64_t reference[2])
{
    unsigned i = (endpoint_id * 5 + session_id) % CACHED;

    if (!exist) {
        reference[0] = reference[1] = 0;
        return;
    }
    if (cache[i].endpoint_id != endpoint_id || cache[i].session_id != session_id) {
        const struct subject subject = {"caller", endpoint_id, session_id};

        compute(&subject, cache[i].reference);
        cache[i].endpoint_id = endpoint_id;
        cache[i].session_id = session_id;
    }
    reference[0] = cache[i].reference[0];
    reference[1] = cache[i].reference[1];
}

void reference_for_audit(uint64_t session_id, uint8_t audit[REFERENCE_LEN])
{
    const struct subject subject = {"audit", 0, session_id};

    memset(audit, 0, REFERENCE_LEN);
    if (exist)
        compute(&subject, audit);
}

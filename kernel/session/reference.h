/*
 * Caller references: what an endpoint's server sees of a caller's session.
 * SPDX-License-Identifier: Apache-2.0
 *
 * HMAC-SHA256 under a secret of this boot, cut to 128 bits, of the endpoint's id and the session's:
 * the same for all calls from one session to one endpoint, without any relation between two
 * endpoints, sessions or boots. Neither id is ever used again. Computed when a client enters a
 * table, so it costs a call nothing. Under the kernel lock.
 */
#pragma once

#include "abi/err.h"
#include "lib/types.h"

#define REFERENCE_LEN 16

/* Makes the secret. ERR_NO_ENTROPY: there are no references in this boot. */
err_t references_init(void);

/* Whether there are references. */
bool references_exist(void);

/* The reference of session SESSION_ID at endpoint ENDPOINT_ID; zero when there are none. */
void reference_get(uint64_t endpoint_id, uint64_t session_id, uint64_t reference[2]);

/* The name of session SESSION_ID in audits: has no relation to any reference. */
void reference_for_audit(uint64_t session_id, uint8_t audit[REFERENCE_LEN]);

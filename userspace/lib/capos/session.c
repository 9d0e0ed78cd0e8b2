/*
 * Sessions: making them, and asking what is known of one.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/session.h"

#include <string.h>

#include "abi/kernel.calls.h"

/* Of the values of all fields, as lists of data or of structs. */
#define FIELD_WORDS  (1 + SESSION_FIELD_MAX / 8)
#define FIELDS_WORDS (1 + SESSION_FIELDS * (ENDPOINT_FIELD_WORDS + FIELD_WORDS))

#define RESULTS_LEN(method) (8 * (1 + method##_RESULTS_WORDS + FIELDS_WORDS))

bool session_fields_set(struct session_fields *fields, unsigned number, const void *bytes,
                        size_t len)
{
    if (number >= SESSION_FIELDS || len > SESSION_FIELD_MAX)
        return false;
    fields->len[number] = (uint8_t)len;
    if (len)
        memcpy(fields->bytes[number], bytes, len);
    return true;
}

struct outcome session_create(cap_t sessions, const struct session_fields *fields, uint64_t expires,
                              cap_t *user, cap_t *control)
{
    struct call call;
    struct sessions_create_params_builder params =
        sessions_create_open(&call, sessions, FIELDS_WORDS);
    struct capnp_list_builder list = sessions_create_params_init_fields(params, SESSION_FIELDS);
    struct outcome outcome;

    for (unsigned i = 0; i < SESSION_FIELDS; i++)
        capnp_list_set_data(list, i, capnp_data(fields->bytes[i], fields->len[i]));
    sessions_create_params_set_expires(params, expires);
    outcome = call_make(&call, 8 * (1 + SESSIONS_CREATE_RESULTS_WORDS) +
                                   2 * (uint32_t)sizeof(struct ring_cap));
    *user = call_cap(&call, sessions_create_results_user(sessions_create_results(&call)));
    *control = call_cap(&call, sessions_create_results_control(sessions_create_results(&call)));
    return call_end(&call, outcome);
}

static void fields_read(struct session_fields *fields, struct capnp_list list)
{
    memset(fields, 0, sizeof(*fields));
    for (unsigned i = 0; i < capnp_list_len(list); i++) {
        struct capnp_data data = capnp_list_data(list, i);

        session_fields_set(fields, i, data.at, data.len);
    }
}

struct outcome session_info(cap_t user, struct session_info *info)
{
    struct call call;
    struct user_session_info_results_reader results;
    struct outcome outcome;

    user_session_info_open(&call, user);
    outcome = call_make(&call, RESULTS_LEN(USER_SESSION_INFO));
    results = user_session_info_results(&call);
    fields_read(&info->fields, user_session_info_results_fields(results));
    info->epoch = user_session_info_results_epoch(results);
    info->created = user_session_info_results_created(results);
    info->expires = user_session_info_results_expires(results);
    return call_end(&call, outcome);
}

struct outcome session_audit(cap_t user, struct session_audit *audit)
{
    struct call call;
    struct user_session_audit_context_results_reader results;
    struct capnp_data name;
    struct outcome outcome;

    memset(audit, 0, sizeof(*audit));
    user_session_audit_context_open(&call, user);
    outcome =
        call_make(&call, RESULTS_LEN(USER_SESSION_AUDIT_CONTEXT) + (uint32_t)sizeof(audit->audit));
    results = user_session_audit_context_results(&call);
    name = user_session_audit_context_results_audit(results);
    if (name.len == sizeof(audit->audit))
        memcpy(audit->audit, name.at, name.len);
    fields_read(&audit->fields, user_session_audit_context_results_fields(results));
    audit->live = user_session_audit_context_results_live(results);
    audit->ended_by = user_session_audit_context_results_ended_by(results);
    return call_end(&call, outcome);
}

struct outcome session_subject(cap_t endpoint, cap_t reply, struct session_fields *fields)
{
    struct call call;
    struct capnp_list list;
    struct outcome outcome;

    memset(fields, 0, sizeof(*fields));
    endpoint_subject_params_set_reply(endpoint_subject_open(&call, endpoint, 0), reply);
    outcome = call_make(&call, RESULTS_LEN(ENDPOINT_SUBJECT));
    list = endpoint_subject_results_fields(endpoint_subject_results(&call));
    for (uint32_t i = 0; i < capnp_list_len(list); i++) {
        struct endpoint_field_reader field = endpoint_field_at(list, i);
        struct capnp_data value = endpoint_field_value(field);

        session_fields_set(fields, endpoint_field_index(field), value.at, value.len);
    }
    return call_end(&call, outcome);
}

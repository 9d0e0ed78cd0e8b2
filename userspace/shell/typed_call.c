/*
 * A call of any method by its name, with JSON in and JSON out, as the schemas say.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "typed_call.h"

#include <stdio.h>
#include <string.h>

#include "capnp_json/json.h"
#include "describe.h"
#include "loop.h"
#include "user.h"

#define PARAMS_WORDS 640  /* more than any service here takes */
#define RESULTS_LEN  8192 /* and gives */
#define WHAT_LEN     128

#define AT_MOST(max)  "at most " #max " capabilities go along with a call"
#define TOO_MANY(max) AT_MOST(max)

struct typed {
    const struct name *target;
    const char *result; /* the name for the capability that comes; NULL: a number */
    char what[WHAT_LEN];
    struct schema_method_reader method;
    uint16_t ordinal;
    struct call call;
    const struct name *named[RING_TRANSFERS_MAX]; /* what came, by index; NULL: not yet */
};

/* --- Capabilities --- */

static const char *cap_find(void *context, const char *name, uint64_t interface_id, uint32_t *index)
{
    struct typed *typed = context;
    const struct name *entry = name[0] == '$' ? names_find(held_names(), name) : NULL;

    if (name[0] != '$')
        return "a dollar sign stands before its name";
    if (!entry)
        return "nothing here is called so; see \"caps\"";
    if (interface_id != 0 && interface_id != entry->interface_id)
        return "this one has another interface";
    *index = call_give(&typed->call, entry->cap);
    return *index < RING_TRANSFERS_MAX ? NULL : TOO_MANY(RING_TRANSFERS_MAX);
}

/* The first capability gets the name that the user wants. NULL: there is no room. */
static const struct name *cap_keep(struct typed *typed, uint32_t index)
{
    uint64_t id = call_cap_interface(&typed->call, index);
    cap_t cap = call_cap(&typed->call, index);
    const struct name *entry;

    if (cap == CAP_NONE)
        return NULL;
    entry = names_add(held_names(), typed->result, cap, id);
    typed->result = NULL;
    if (!entry)
        cap_drop(cap);
    return entry;
}

/* Several pointers may lead to one capability. */
static struct json_object *cap_name(void *context, uint32_t index, uint64_t interface_id)
{
    struct typed *typed = context;
    const struct name *entry;
    char text[NAME_LEN + 1];

    (void)interface_id;
    if (call_cap_interface(&typed->call, index) == 0)
        return json_object_new_string("a capability that did not come");
    entry = typed->named[index];
    if (!entry)
        entry = typed->named[index] = cap_keep(typed, index);
    if (!entry)
        return json_object_new_string("a capability that there is no room for");
    snprintf(text, sizeof(text), "%s%s", entry->name[0] == '$' ? "" : "$", entry->name);
    return json_object_new_string(text);
}

/* --- The call --- */

static struct json_object *json_parse(const char *text)
{
    struct json_tokener *tokener = json_tokener_new_ex(CAPNP_JSON_DEPTH);
    struct json_object *json;

    if (!tokener) {
        say("there is no memory for this\n");
        return NULL;
    }
    json_tokener_set_flags(tokener, JSON_TOKENER_STRICT);
    json = json_tokener_parse_ex(tokener, text, (int)strlen(text) + 1);
    if (!json)
        say("this is no JSON: %s, at \"%s\"\n",
            json_tokener_error_desc(json_tokener_get_error(tokener)),
            text + json_tokener_get_parse_end(tokener));
    json_tokener_free(tokener);
    return json;
}

static void say_error(const struct typed *typed, err_t err, const struct capnp_json_error *error)
{
    char text[512];

    capnp_json_error_print(error, text, sizeof(text));
    say("%s: %s\n", typed->what, error->sentence[0] ? text : err_sentence(err));
}

static bool params_write(struct typed *typed, const char *text)
{
    struct capnp_json_caps caps = {.context = typed, .find = cap_find};
    struct capnp_json_error error = {0};
    uint64_t id = schema_method_param_struct_type(typed->method);
    struct json_object *json = json_parse(text);
    err_t err;

    if (!json)
        return false;
    err = capnp_json_encode(held_schema(), id, json,
                            capnp_schema_init_root(held_schema(), id, &typed->call.params), &caps,
                            &error);
    if (err)
        say_error(typed, err, &error);
    json_object_put(json);
    return !err;
}

static void results_show(struct typed *typed)
{
    struct capnp_json_caps caps = {.context = typed, .name = cap_name};
    struct capnp_json_error error = {0};
    struct json_object *json = NULL;
    err_t err = capnp_json_decode(held_schema(), schema_method_result_struct_type(typed->method),
                                  capnp_root(&typed->call.results), &json, &caps, &error);

    if (err) {
        say_error(typed, err, &error);
    } else {
        const char *text = json_object_to_json_string_ext(json, JSON_C_TO_STRING_SPACED |
                                                                    JSON_C_TO_STRING_NOSLASHESCAPE);

        say_text(text, strlen(text));
        say("\n");
    }
    json_object_put(json);
}

/* Says what there is instead. */
static bool method_find(struct typed *typed, const char *name)
{
    struct schema_node_reader node;

    if (!capnp_schema_find(held_schema(), typed->target->interface_id, &node)) {
        say("%s: no schema says what %s is\n", typed->target->name,
            held_interface_name(typed->target->interface_id));
        return false;
    }
    if (capnp_schema_find_method(held_schema(), node, name, &typed->ordinal, &typed->method))
        return true;
    say("%s has no method \"%s\"; it has:\n", capnp_schema_name(node).at, name);
    describe_methods(node, false);
    return false;
}

void typed_call(const struct name *target, const char *method, const char *json, const char *result)
{
    struct typed typed = {.target = target, .result = result};
    struct outcome outcome;

    snprintf(typed.what, sizeof(typed.what), "%s.%s", target->name, method);
    if (!method_find(&typed, method))
        return;
    call_open(&typed.call, target->cap, target->interface_id, typed.ordinal, PARAMS_WORDS);
    if (params_write(&typed, json)) {
        outcome = loop_call(&typed.call, RESULTS_LEN);
        if (outcome_is_done(outcome))
            results_show(&typed);
        else
            say_outcome(typed.what, outcome);
    }
    call_close(&typed.call);
}

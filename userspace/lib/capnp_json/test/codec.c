/*
 * The JSON codec: what it accepts, what it refuses and where, and what it writes.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capnp_json/json.h"

#include "capnp/list.h"
#include "capnp/list_builder.h"
#include "capnp_json/test/rich.h"
#include "check.h"

#include <stdlib.h>

#define ROOM 65536

/* One schema, one message, one answer at a time. */
static struct capnp_schema schema;
static uint64_t room[ROOM / 8];
static struct capnp_builder builder;
static struct capnp_json_error where;
static char said[1024];

static struct json_object *parse(const char *text)
{
    struct json_tokener *tokener = json_tokener_new_ex(2 * CAPNP_JSON_DEPTH);
    struct json_object *json = json_tokener_parse_ex(tokener, text, -1);

    json_tokener_free(tokener);
    if (!json) {
        printf("# the test's JSON is wrong: %s\n", text);
        exit(2);
    }
    return json;
}

static err_t encode_with(const char *text, const struct capnp_json_caps *caps)
{
    struct json_object *json = parse(text);
    err_t error;

    capnp_build(&builder, room, sizeof(room));
    error = capnp_json_encode(&schema, RICH, json, capnp_schema_init_root(&schema, RICH, &builder),
                              caps, &where);
    capnp_json_error_print(&where, said, sizeof(said));
    json_object_put(json);
    return error;
}

static err_t encode(const char *text)
{
    return encode_with(text, NULL);
}

/* What is wrong with it; "" when nothing is. */
static const char *complaint(const char *text)
{
    return encode(text) == ERR_BAD_ARGUMENT ? said : "";
}

/* The member MEMBER of the message's JSON. */
static const char *decoded_with(const char *member, const struct capnp_json_caps *caps)
{
    struct capnp_message message;
    struct json_object *json, *value = NULL;
    err_t error;

    capnp_as_reader(&builder, &message);
    error = capnp_json_decode(&schema, RICH, capnp_root(&message), &json, caps, &where);
    capnp_json_error_print(&where, said, sizeof(said));
    if (error == ERR_BAD_ARGUMENT)
        return said;
    if (error)
        return err_sentence(error);
    if (json_object_object_get_ex(json, member, &value))
        snprintf(said, sizeof(said), "%s", json_object_to_json_string_ext(value, 0));
    else
        snprintf(said, sizeof(said), "absent");
    json_object_put(json);
    return said;
}

static const char *decoded(const char *member)
{
    return decoded_with(member, NULL);
}

/* What becomes of one member. */
#define CHECK_TURN(text, member, expected)       \
    do {                                         \
        if (encode(text))                        \
            CHECK_STRING(said, "encoded");       \
        CHECK_STRING(decoded(member), expected); \
    } while (0)

/* --- What there is --- */

TEST(an_empty_object_is_defaults)
{
    CHECK(encode("{}") == ERR_OK);
    CHECK_STRING(decoded("i64"), "\"-9007199254740993\"");
    CHECK_STRING(decoded("lie"), "true");
    CHECK_STRING(decoded("colour"), "\"green\"");
    CHECK_STRING(decoded("f32"), "1.5");
    CHECK_STRING(decoded("text"), "absent");
    CHECK_STRING(decoded("first"), "0");
    CHECK_STRING(decoded("second"), "absent");
    CHECK_STRING(decoded("either"), "{\"none\":null}");
    CHECK_STRING(decoded("place"), "{\"x\":-1,\"y\":0,\"deep\":{\"level\":0}}");
    PASS;
}

TEST(numbers_have_their_whole_range)
{
    CHECK_TURN("{\"i8\": -128}", "i8", "-128");
    CHECK_TURN("{\"u8\": 255}", "u8", "255");
    CHECK_TURN("{\"i64\": \"-9223372036854775808\"}", "i64", "\"-9223372036854775808\"");
    CHECK_TURN("{\"i64\": -9223372036854775807}", "i64", "\"-9223372036854775807\"");
    CHECK_TURN("{\"u64\": 18446744073709551614}", "u64", "\"18446744073709551614\"");
    CHECK_TURN("{\"u64\": \"18446744073709551615\"}", "u64", "\"18446744073709551615\"");
    CHECK_TURN("{\"u64\": \"0xFFffFFffFFffFFff\"}", "u64", "\"18446744073709551615\"");
    CHECK_TURN("{\"i32\": \"-0x80000000\"}", "i32", "-2147483648");
    CHECK_TURN("{\"u16\": 1e3}", "u16", "1000");
    CHECK_TURN("{\"f64\": \"-Infinity\"}", "f64", "\"-Infinity\"");
    CHECK_TURN("{\"f32\": \"NaN\"}", "f32", "\"NaN\"");
    CHECK_TURN("{\"f64\": \"2.5e-3\"}", "f64", "0.0025000000000000001");
    CHECK_TURN("{\"f64\": \"99999999999999999999999\"}", "f64", "9.9999999999999992e+22");
    PASS;
}

TEST(numbers_out_of_range_are_refused)
{
    CHECK_STRING(complaint("{\"i8\": 128}"), "i8: 128; expected a whole number from -128 to 127");
    CHECK_STRING(complaint("{\"u8\": -1}"), "u8: -1; expected a whole number from 0 to 255");
    CHECK_STRING(complaint("{\"u16\": 1.5}"), "u16: 1.5; expected a whole number from 0 to 65535");
    CHECK(encode("{\"u64\": \"18446744073709551616\"}") == ERR_BAD_ARGUMENT);
    CHECK(encode("{\"i64\": \"-9223372036854775809\"}") == ERR_BAD_ARGUMENT);
    CHECK(encode("{\"i64\": 9223372036854775808}") == ERR_BAD_ARGUMENT);
    CHECK(encode("{\"i64\": -9223372036854775809}") == ERR_BAD_ARGUMENT);
    CHECK_STRING(complaint("{\"u64\": 18446744073709551616}"),
                 "u64: 18446744073709551615; expected so large a number as a string");
    CHECK_STRING(complaint("{\"u8\": 18446744073709551616}"),
                 "u8: 18446744073709551615; expected a whole number from 0 to 255");
    CHECK_STRING(complaint("{\"f64\": 18446744073709551616}"),
                 "f64: 18446744073709551615; expected so large a number as a string");
    CHECK(encode("{\"u64\": 1e17}") == ERR_BAD_ARGUMENT);
    PASS;
}

TEST(strings_that_are_no_numbers_are_refused)
{
    static const char *const bad[] = {"",  " 1",  "1 ",   "+1",  "--1", "0x",
                                      "-", "1e3", "0b11", "0x1", "١",   "1\\u0000"};
    char text[64];

    for (unsigned i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        snprintf(text, sizeof(text), "{\"u32\": \"%s\"}", bad[i]);
        CHECK((encode(text) == ERR_OK) == (strcmp(bad[i], "0x1") == 0));
    }
    CHECK(encode("{\"f64\": \"infinity\"}") == ERR_BAD_ARGUMENT);
    CHECK(encode("{\"f64\": \"0x1p3\"}") == ERR_BAD_ARGUMENT);
    CHECK(encode("{\"f64\": \"1e999\"}") == ERR_BAD_ARGUMENT);
    CHECK(encode("{\"f32\": 1e39}") == ERR_BAD_ARGUMENT);
    CHECK(encode("{\"f64\": 99999999999999999999999}") == ERR_BAD_ARGUMENT);
    CHECK(encode("{\"f64\": -99999999999999999999999}") == ERR_BAD_ARGUMENT);
    CHECK(encode("{\"f32\": 99999999999999999999999}") == ERR_BAD_ARGUMENT);
    PASS;
}

TEST(enums_have_names)
{
    CHECK_TURN("{\"colour\": \"blueIsh\"}", "colour", "\"blueIsh\"");
    CHECK_TURN("{\"colour\": 0}", "colour", "\"red\"");
    CHECK_TURN("{\"colour\": 7}", "colour", "7");
    CHECK_STRING(complaint("{\"colour\": \"blue\"}"),
                 "colour: \"blue\"; expected one of: red, green, blueIsh");
    CHECK(encode("{\"colour\": \"1\"}") == ERR_BAD_ARGUMENT);
    CHECK(encode("{\"colour\": 65536}") == ERR_BAD_ARGUMENT);
    PASS;
}

TEST(data_are_numbers_or_a_string)
{
    CHECK_TURN("{\"data\": [0, 255, 7]}", "data", "[0,255,7]");
    CHECK_TURN("{\"data\": \"\\u00e9\"}", "data", "[195,169]");
    CHECK_TURN("{\"data\": []}", "data", "[]");
    CHECK_STRING(complaint("{\"datas\": [[1], [2, 256]]}"),
                 "datas[1][1]: 256; expected a whole number from 0 to 255");
    CHECK(encode("{\"data\": [\"1\"]}") == ERR_BAD_ARGUMENT);
    CHECK(encode("{\"data\": 1}") == ERR_BAD_ARGUMENT);
    PASS;
}

TEST(lists_keep_their_items)
{
    CHECK_TURN("{\"truths\": [true, false, true]}", "truths", "[true,false,true]");
    CHECK_TURN("{\"nothings\": [null, null]}", "nothings", "[null,null]");
    CHECK_TURN("{\"bytes\": [-1, 1]}", "bytes", "[-1,1]");
    CHECK_TURN("{\"longs\": [\"1\", 2]}", "longs", "[\"1\",\"2\"]");
    CHECK_TURN("{\"table\": [[1], [], [2, 3]]}", "table", "[[1],[],[2,3]]");
    CHECK_TURN("{\"texts\": [\"a\", null, \"\"]}", "texts", "[\"a\",\"\",\"\"]");
    CHECK_TURN("{\"inners\": [{}, {\"a\": 1, \"b\": \"x\"}]}", "inners",
               "[{\"a\":0,\"c\":-0.25},{\"a\":1,\"b\":\"x\",\"c\":-0.25}]");
    CHECK_STRING(complaint("{\"tables\": [[], [{}, {\"a\": \"x\"}]]}"),
                 "tables[1][1].a: \"x\"; expected a whole number from 0 to 255");
    CHECK_STRING(complaint("{\"inners\": [null]}"), "inners[0]: null; expected an object");
    PASS;
}

TEST(null_leaves_pointers_unset)
{
    CHECK_TURN("{\"text\": null}", "text", "absent");
    CHECK_TURN("{\"inner\": null}", "inner", "absent");
    CHECK_TURN("{\"second\": null}", "second", "null");
    CHECK_STRING(complaint("{\"u8\": null}"), "u8: null; expected a whole number from 0 to 255");
    CHECK_STRING(complaint("{\"place\": null}"), "place: null; expected an object");
    CHECK_STRING(complaint("{\"nothing\": 0}"), "nothing: 0; expected null");
    PASS;
}

TEST(unions_have_one_member)
{
    CHECK_TURN("{\"third\": null}", "third", "null");
    CHECK_TURN("{\"pair\": {\"left\": 4}}", "pair", "{\"left\":4}");
    CHECK_TURN("{\"pair\": {}}", "first", "absent");
    CHECK_TURN("{\"either\": {\"child\": {\"first\": 9}}}", "first", "0");
    CHECK_STRING(complaint("{\"first\": 1, \"second\": \"x\"}"),
                 "second: excludes \"first\", which stands there, too");
    CHECK_STRING(complaint("{\"either\": {\"none\": null, \"number\": 1}}"),
                 "either.number: excludes \"none\", which stands there, too");
    PASS;
}

TEST(unknown_keys_are_refused)
{
    CHECK_STRING(complaint("{\"inner\": {\"d\": 1}}"),
                 "inner.d: unknown key; expected one of: a, b, c");
    CHECK_STRING(complaint("{\"place\": {\"z\": 1}}"),
                 "place.z: unknown key; expected one of: x, y, deep");
    CHECK(encode("{\"\\u001b[2J\": 1}") == ERR_BAD_ARGUMENT);
    CHECK(strncmp(said, "?[2J: unknown key", 17) == 0);
    PASS;
}

TEST(wrong_types_are_refused)
{
    CHECK_STRING(complaint("{\"truth\": 1}"), "truth: 1; expected true or false");
    CHECK_STRING(complaint("{\"text\": []}"), "text: a list; expected a string");
    CHECK_STRING(complaint("{\"table\": [1]}"), "table[0]: 1; expected a list");
    CHECK_STRING(complaint("{\"inner\": \"x\"}"), "inner: \"x\"; expected an object");
    CHECK_STRING(complaint("{\"f64\": {}}"), "f64: an object; expected a number");
    CHECK_STRING(complaint("[]"), "a list; expected an object");
    PASS;
}

/* --- Text --- */

TEST(text_is_kept_with_its_nuls)
{
    CHECK_TURN("{\"text\": \"a\\u0000\\n\\u20ac\\ud83d\\ude00\"}", "text",
               "\"a\\u0000\\n\xe2\x82\xac\xf0\x9f\x98\x80\"");
    PASS;
}

/* Sets the text without JSON. */
static void text_set(const char *at, uint32_t len)
{
    struct schema_node_reader node;
    struct schema_field_reader field;

    capnp_schema_find(&schema, RICH, &node);
    capnp_schema_find_field(&schema, node, "text", &field);
    capnp_build(&builder, room, sizeof(room));
    capnp_set_text(capnp_schema_init_root(&schema, RICH, &builder),
                   (uint16_t)schema_field_slot_offset(schema_field_slot(field)),
                   capnp_text_n(at, len));
}

TEST(what_is_not_utf8_is_replaced)
{
    static const struct {
        const char *bytes, *shown;
    } cases[] = {
        {"a\xff"
         "b",
         "\"a\xef\xbf\xbd"
         "b\""},
        {"\xc0\xaf", "\"\xef\xbf\xbd\xef\xbf\xbd\""},
        {"\xed\xa0\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\""},
        {"\xf4\x90\x80\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\""},
        {"\xe2\x82", "\"\xef\xbf\xbd\xef\xbf\xbd\""},
        {"\xe2\x82\xac\x80", "\"\xe2\x82\xac\xef\xbf\xbd\""},
        {"\xf4\x8f\xbf\xbf\xdf\xbf\xef\xbf\xbf", "\"\xf4\x8f\xbf\xbf\xdf\xbf\xef\xbf\xbf\""},
    };

    for (unsigned i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        text_set(cases[i].bytes, (uint32_t)strlen(cases[i].bytes));
        CHECK_STRING(decoded("text"), cases[i].shown);
    }
    PASS;
}

/* --- Capabilities --- */

static uint64_t asked_for;

static const char *find(void *context, const char *name, uint64_t interface_id, uint32_t *index)
{
    (void)context;
    asked_for = interface_id;
    *index = (uint32_t)(name[1] - '0');
    return name[0] == '$' ? NULL : "it is not held";
}

static struct json_object *name(void *context, uint32_t index, uint64_t interface_id)
{
    char text[32];

    (void)context;
    snprintf(text, sizeof(text), "$%u of %d", index, interface_id == SERVICE);
    return json_object_new_string(text);
}

static const struct capnp_json_caps caps = {.find = find, .name = name};

TEST(capabilities_are_the_callers)
{
    CHECK(encode_with("{\"service\": \"$3\", \"services\": [\"$1\", null], \"any\": \"$2\"}",
                      &caps) == ERR_OK);
    CHECK_STRING(decoded_with("service", &caps), "\"$3 of 1\"");
    CHECK_STRING(decoded_with("services", &caps), "[\"$1 of 1\",null]");
    CHECK_STRING(decoded_with("any", &caps), "\"$2 of 0\"");
    CHECK_STRING(decoded("service"), "service: a capability has no JSON here");
    CHECK(encode_with("{\"service\": \"$3\"}", &caps) == ERR_OK && asked_for == SERVICE);
    CHECK(encode_with("{\"service\": \"x\"}", &caps) == ERR_BAD_ARGUMENT);
    CHECK_STRING(said, "service: no capability: it is not held");
    CHECK(encode_with("{\"service\": 3}", &caps) == ERR_BAD_ARGUMENT);
    CHECK_STRING(said, "service: 3; expected the name of a capability");
    CHECK_STRING(complaint("{\"any\": \"$1\"}"), "any: no capability: there are none here");
    PASS;
}

TEST(an_any_pointer_to_something_else_is_refused)
{
    struct schema_node_reader node;
    struct schema_field_reader field;

    capnp_schema_find(&schema, RICH, &node);
    capnp_schema_find_field(&schema, node, "any", &field);
    capnp_build(&builder, room, sizeof(room));
    capnp_set_text(capnp_schema_init_root(&schema, RICH, &builder),
                   (uint16_t)schema_field_slot_offset(schema_field_slot(field)), capnp_text("x"));
    CHECK_STRING(decoded_with("any", &caps),
                 "any: leads to something that has no JSON; expected a capability");
    PASS;
}

/* --- Bounds --- */

/* "child" in "either" N times: two steps each. */
static void nest(char *to, unsigned n)
{
    static const char open[] = "{\"either\":{\"child\":", close[] = "}}";

    *to = '\0';
    for (unsigned i = 0; i < n; i++)
        strcat(to, open);
    strcat(to, "{}");
    for (unsigned i = 0; i < n; i++)
        strcat(to, close);
}

TEST(nesting_has_an_end)
{
    char text[1024];

    nest(text, CAPNP_JSON_DEPTH / 2);
    CHECK(encode(text) == ERR_OK);
    nest(text, CAPNP_JSON_DEPTH / 2 + 1);
    CHECK(encode(text) == ERR_BAD_ARGUMENT);
    CHECK_STRING(where.sentence, "nested too deep; expected at most 32 levels");
    PASS;
}

/* A message whose every list holds itself would be shown without end. */
TEST(messages_that_nest_deeper_are_refused)
{
    struct capnp_struct_builder at;

    capnp_build(&builder, room, sizeof(room));
    at = capnp_schema_init_root(&schema, RICH, &builder);
    for (unsigned i = 0; i < 40; i++)
        at = capnp_struct_of(
            capnp_init_struct_list(at, at.n_pointers - 1, 1, at.n_data, at.n_pointers), 0);
    CHECK(strstr(decoded("many"), "nested too deep"));
    PASS;
}

TEST(what_does_not_fit_is_told)
{
    struct json_object *json = parse("{\"text\": \"0123456789012345678901234567890123456789\"}");
    size_t least = 0;

    for (size_t len = 0; len < 1024; len += 8) {
        uint64_t *exact = malloc(len ? len : 1);
        err_t error;

        capnp_build(&builder, exact, len);
        error = capnp_json_encode(&schema, RICH, json,
                                  capnp_schema_init_root(&schema, RICH, &builder), NULL, &where);
        free(exact);
        CHECK(error == ERR_OK || error == ERR_NO_ROOM);
        CHECK((error == ERR_OK) == (capnp_built_len(&builder) > 0));
        CHECK(error == ERR_OK || !least);
        if (error == ERR_OK && !least)
            least = len;
    }
    json_object_put(json);
    CHECK(least > 0);
    PASS;
}

TEST(a_message_that_lies_is_refused)
{
    CHECK(encode("{\"texts\": [\"abc\"]}") == ERR_OK);
    for (uint32_t i = 1; i < builder.used; i++) {
        uint64_t word = room[i];

        room[i] = 0x7fffffff00000001; /* a list that begins and ends far away */
        decoded("texts");
        room[i] = word;
    }
    room[0] = 0xffffffff00000000;
    CHECK_STRING(decoded("texts"), "not a valid message");
    PASS;
}

/* --- Schemas --- */

TEST(types_are_found_by_name)
{
    struct schema_node_reader node;

    CHECK(capnp_schema_find_name(&schema, SCHEMA_NODE_WHICH_STRUCT, "Rich", &node) == 1);
    CHECK(schema_node_id(node) == RICH);
    CHECK(capnp_schema_find_name(&schema, SCHEMA_NODE_WHICH_STRUCT, "Rich.Inner", &node) == 1);
    CHECK_STRING(capnp_schema_name(node).at, "Rich.Inner");
    CHECK(capnp_schema_find_name(&schema, SCHEMA_NODE_WHICH_STRUCT, "Inner", &node) == 1);
    CHECK(capnp_schema_find_name(&schema, SCHEMA_NODE_WHICH_INTERFACE, "rich.capnp:Service",
                                 &node) == 1);
    CHECK(schema_node_id(node) == SERVICE);
    CHECK(capnp_schema_find_name(&schema, SCHEMA_NODE_WHICH_STRUCT, "ich", &node) == 0);
    CHECK(capnp_schema_find_name(&schema, SCHEMA_NODE_WHICH_STRUCT, "", &node) == 0);
    CHECK(capnp_schema_find_name(&schema, SCHEMA_NODE_WHICH_INTERFACE, "Rich", &node) == 0);
    PASS;
}

TEST(methods_and_comments_are_found)
{
    struct schema_method_reader method;
    struct schema_node_reader node;
    uint16_t ordinal;

    CHECK(capnp_schema_find(&schema, SERVICE, &node));
    CHECK(capnp_schema_find_method(&schema, node, "stop", &ordinal, &method) && ordinal == 1);
    CHECK(!capnp_schema_find_method(&schema, node, "sto", &ordinal, &method));
    CHECK_STRING(capnp_schema_comment(&schema, SERVICE).at, "Does things.\n");
    CHECK_STRING(capnp_schema_member_comment(&schema, SERVICE, 0).at, "any question\n");
    CHECK_STRING(capnp_schema_member_comment(&schema, SERVICE, 1).at, "");
    CHECK_STRING(capnp_schema_member_comment(&schema, SERVICE, 9).at, "");
    CHECK_STRING(capnp_schema_comment(&schema, 1).at, "");
    PASS;
}

TEST(unknown_types_are_told)
{
    struct capnp_message message;
    struct json_object *json = parse("{}");

    capnp_build(&builder, room, sizeof(room));
    CHECK(capnp_json_encode(&schema, 1, json, capnp_schema_init_root(&schema, 1, &builder), NULL,
                            &where) == ERR_NOT_FOUND);
    json_object_put(json);
    capnp_open(&message, room, 0);
    CHECK(capnp_json_decode(&schema, 1, capnp_root(&message), &json, NULL, &where) ==
          ERR_NOT_FOUND);
    CHECK(json == NULL);
    PASS;
}

TEST(what_is_no_request_is_refused)
{
    static struct capnp_schema bad;
    static const uint64_t table = 0xffffffffffffffff;
    size_t len = rich_request_len;

    CHECK(capnp_schema_open(&bad, rich_request, len - 8) != ERR_OK);
    CHECK(capnp_schema_open(&bad, rich_request, 0) != ERR_OK);
    CHECK(capnp_schema_open(&bad, &table, 8) != ERR_OK);
    PASS;
}

/* A schema's budget is that of one look-up, however many there are. */
TEST(look_ups_have_no_end)
{
    struct schema_node_reader node;
    struct schema_field_reader field;

    for (unsigned i = 0; i < 10000; i++) {
        CHECK(capnp_schema_find(&schema, RICH, &node));
        CHECK(capnp_schema_find_field(&schema, node, "many", &field));
    }
    PASS;
}

static uint64_t group_id(const char *name)
{
    struct schema_node_reader node;

    return capnp_schema_find_name(&schema, SCHEMA_NODE_WHICH_STRUCT, name, &node) == 1
               ? schema_node_id(node)
               : 0;
}

/* What names the node FROM names TO, but for the node itself. */
static void rename_node(uint64_t *request, size_t len, uint64_t from, uint64_t to)
{
    static struct capnp_schema whole;

    capnp_schema_open(&whole, request, len);
    for (size_t i = 0; i < len / 8; i++) {
        bool is_itself = false;

        for (uint32_t n = 0; n < capnp_list_len(whole.nodes); n++)
            is_itself |= schema_node_at(whole.nodes, n).s.data == (uint8_t *)&request[i];
        if (request[i] == from && !is_itself)
            request[i] = to;
    }
}

/* Makes each group called "twin" the "next" beside it: twice as many in each storey. */
static void spoil_tower(uint64_t *request, size_t len)
{
    char path[16 * TOWER_HEIGHT] = "Tower", twin[sizeof(path) + 8];

    for (unsigned height = 0; height < TOWER_HEIGHT; height++) {
        snprintf(twin, sizeof(twin), "%s.twin", path);
        strcat(path, ".next");
        rename_node(request, len, group_id(twin), group_id(path));
    }
}

TEST(groups_within_two_others_are_refused)
{
    static struct capnp_schema spoilt;
    size_t len = rich_request_len;
    uint64_t *request = malloc(len);
    struct capnp_message message;
    struct json_object *json;
    err_t right, wrong;

    capnp_open(&message, room, 0);
    right = capnp_json_decode(&schema, TOWER, capnp_root(&message), &json, NULL, &where);
    json_object_put(json);
    memcpy(request, rich_request, len);
    spoil_tower(request, len);
    CHECK(capnp_schema_open(&spoilt, request, len) == ERR_OK);
    wrong = capnp_json_decode(&spoilt, TOWER, capnp_root(&message), &json, NULL, &where);
    json_object_put(json);
    free(request);
    CHECK(right == ERR_OK && wrong == ERR_BAD_MESSAGE);
    PASS;
}

/* Sets a number to 1, or a text, where the schema has the field at OFFSET. */
static err_t encode_at(const char *field_name, const char *text, uint32_t offset)
{
    static struct capnp_schema spoilt;
    uint64_t *request = malloc(rich_request_len);
    struct json_object *json = parse(text);
    struct schema_field_reader field;
    struct schema_node_reader node;
    err_t error;

    memcpy(request, rich_request, rich_request_len);
    capnp_schema_open(&spoilt, request, rich_request_len);
    capnp_schema_find(&spoilt, RICH, &node);
    capnp_schema_find_field(&spoilt, node, field_name, &field);
    memcpy((uint8_t *)(uintptr_t)field.s.data + 4, &offset, sizeof(offset)); /* Field.slot.offset */
    capnp_build(&builder, room, sizeof(room));
    error = capnp_json_encode(&spoilt, RICH, json, capnp_schema_init_root(&spoilt, RICH, &builder),
                              NULL, &where);
    json_object_put(json);
    free(request);
    return error;
}

TEST(fields_outside_their_struct_are_refused)
{
    static const uint32_t offsets[] = {200, 0x10000, 0x20000000, 0x40000000, UINT32_MAX};

    CHECK(encode_at("u64", "{\"u64\": 1}", 0) == ERR_OK);
    CHECK(encode_at("text", "{\"text\": \"x\"}", 0) == ERR_OK);
    for (unsigned i = 0; i < sizeof(offsets) / sizeof(offsets[0]); i++) {
        CHECK(encode_at("u64", "{\"u64\": 1}", offsets[i]) != ERR_OK);
        CHECK(encode_at("text", "{\"text\": \"x\"}", offsets[i]) != ERR_OK);
    }
    PASS;
}

int main(void)
{
    if (rich_open(&schema))
        return 2;
    RUN(an_empty_object_is_defaults);
    RUN(numbers_have_their_whole_range);
    RUN(numbers_out_of_range_are_refused);
    RUN(strings_that_are_no_numbers_are_refused);
    RUN(enums_have_names);
    RUN(data_are_numbers_or_a_string);
    RUN(lists_keep_their_items);
    RUN(null_leaves_pointers_unset);
    RUN(unions_have_one_member);
    RUN(unknown_keys_are_refused);
    RUN(wrong_types_are_refused);
    RUN(text_is_kept_with_its_nuls);
    RUN(what_is_not_utf8_is_replaced);
    RUN(capabilities_are_the_callers);
    RUN(an_any_pointer_to_something_else_is_refused);
    RUN(nesting_has_an_end);
    RUN(messages_that_nest_deeper_are_refused);
    RUN(what_does_not_fit_is_told);
    RUN(a_message_that_lies_is_refused);
    RUN(types_are_found_by_name);
    RUN(methods_and_comments_are_found);
    RUN(unknown_types_are_told);
    RUN(what_is_no_request_is_refused);
    RUN(look_ups_have_no_end);
    RUN(fields_outside_their_struct_are_refused);
    RUN(groups_within_two_others_are_refused);
    TESTS_END;
}

/* The schema checker: each keyword allows and refuses, and what it does not understand is refused.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/manifest/schema.h"

#include "harness/test/check.h"

/* Checks @json against @text; gives "KEY: what", or "" when it is allowed. */
static const char *verdict(const char *text, const char *json)
{
    static char out[2200];
    struct error err = {""};
    struct key_path where;
    struct buffer key = {0};
    struct schema *schema = schema_parse("s.json", text, strlen(text), &err);
    struct json_object *value = json_tokener_parse(json);
    out[0] = '\0';
    if (!schema) {
        snprintf(out, sizeof out, "%s", err.text);
    } else if (!schema_check(schema, value, SCHEMA_WHOLE, &where, &err)) {
        key_print(&where, &key);
        snprintf(out, sizeof out, "%s: %s", buffer_text(&key), err.text);
    }
    buffer_fini(&key);
    json_object_put(value);
    schema_free(schema);
    return out;
}

#define WHOLE "(the whole file): "

static const struct {
    const char *name, *schema, *good, *bad, *error;
} keywords[] = {
    {"type", "{\"type\": \"object\"}", "{}", "1", WHOLE "1 is a whole number; expected an object"},
    {"types", "{\"type\": [\"string\", \"boolean\"]}", "true", "1",
     WHOLE "1 is a whole number; expected a string or true or false"},
    {"enum", "{\"enum\": [1, \"a\"]}", "\"a\"", "2",
     WHOLE "2 is a whole number; expected 1 or \"a\""},
    {"not", "{\"type\": \"boolean\", \"not\": {\"const\": false}}", "true", "false",
     WHOLE "false, which is not allowed; expected true or false"},
    {"minimum", "{\"type\": \"integer\", \"minimum\": 3}", "3", "2",
     WHOLE "2 is a whole number, too small; expected a whole number at least 3"},
    {"maximum", "{\"type\": \"integer\", \"maximum\": 3}", "3", "4",
     WHOLE "4 is a whole number, too large; expected a whole number at most 3"},
    {"minLength", "{\"type\": \"string\", \"minLength\": 2}", "\"ab\"", "\"a\"",
     WHOLE "\"a\" is a string, too short; expected a string of at least 2 characters"},
    {"maxLength counts characters", "{\"type\": \"string\", \"maxLength\": 2}", "\"äö\"", "\"abc\"",
     WHOLE "\"abc\" is a string, too long; expected a string of at most 2 characters"},
    {"pattern", "{\"type\": \"string\", \"pattern\": \"^a$\"}", "\"a\"", "\"a\\n\"",
     WHOLE "\"a\\n\" is a string, not of the right form; expected a string that matches ^a$"},
    {"format", "{\"type\": \"string\", \"format\": \"regex\"}", "\"a*\"", "\"*\"",
     WHOLE
     "\"*\" is a string that is no pattern (quantifier does not follow a repeatable item, at byte "
     "0); expected a string"},
    {"minItems", "{\"type\": \"array\", \"minItems\": 1}", "[1]", "[]",
     WHOLE "a list of 0, too short; expected a list of at least 1 items"},
    {"maxItems", "{\"type\": \"array\", \"maxItems\": 1}", "[1]", "[1, 2]",
     WHOLE "a list of 2, too long; expected a list of at most 1 items"},
    {"items", "{\"items\": {\"type\": \"integer\"}}", "[1, 2]", "[1, \"a\"]",
     "[1]: \"a\" is a string; expected a whole number"},
    {"uniqueItems", "{\"items\": {\"type\": \"integer\"}, \"uniqueItems\": true}", "[1, 2]",
     "[1, 2, 1]", "[2]: 1 is a whole number that stands there already; expected a whole number"},
    {"maxProperties", "{\"maxProperties\": 1}", "{\"a\": 1}", "{\"a\": 1, \"b\": 1}",
     WHOLE "has 2 keys; expected at most 1"},
    {"propertyNames", "{\"propertyNames\": {\"enum\": [\"a\"]}}", "{\"a\": 1}", "{\"b\": 1}",
     "b: \"b\" is a string; expected \"a\""},
    {"properties", "{\"properties\": {\"a\": {\"type\": \"integer\"}}}", "{\"a\": 1, \"b\": 1}",
     "{\"a\": true}", "a: true; expected a whole number"},
    {"additionalProperties", "{\"properties\": {\"memory\": {}}, \"additionalProperties\": false}",
     "{\"memory\": 1}", "{\"memoyr\": 1}",
     "memoyr: unknown key (did you mean \"memory\"?); expected one of: memory"},
    {"swapped letters are near",
     "{\"properties\": {\"cap\": {}, \"cat\": {}}, \"additionalProperties\": false}", "{}",
     "{\"cta\": 1}", "cta: unknown key (did you mean \"cat\"?); expected one of: cap, cat"},
    {"additionalProperties as a schema", "{\"additionalProperties\": {\"type\": \"integer\"}}",
     "{\"a\": 1}", "{\"a\": []}", "a: a list of 0; expected a whole number"},
    {"required", "{\"properties\": {\"a\": {\"title\": \"an a\"}}, \"required\": [\"a\"]}",
     "{\"a\": 1}", "{}", "a: missing; expected an a"},
    {"$ref", "{\"$ref\": \"#/$defs/x\", \"$defs\": {\"x\": {\"type\": \"integer\"}}}", "1", "true",
     WHOLE "true; expected a whole number"},
};

static const struct {
    const char *name, *schema, *error;
} broken[] = {
    {"unsupported keyword", "{\n\"anyOf\": []}",
     "s.json:2: anyOf: unsupported keyword; expected one that harness/manifest/schema.c has"},
    {"the same, deep down", "{\"properties\": {\"a\": {\"items\": {\n\"minItem\": 1}}}}",
     "s.json:2: properties.a.items.minItem: unsupported keyword; expected one that "
     "harness/manifest/schema.c has"},
    {"keyword of the wrong type", "{\"minimum\": \"3\"}",
     "s.json:1: minimum: a value of the wrong type; see JSON Schema"},
    {"unknown type", "{\"type\": \"number\"}",
     "s.json:1: type: unknown type; expected object, array, string, integer or boolean"},
    {"reference to nothing", "{\"$ref\": \"#/$defs/x\"}",
     "s.json:1: $ref: leads nowhere; expected \"#/$defs/NAME\" of this schema"},
    {"circle of references",
     "{\"$ref\": \"#/$defs/x\", \"$defs\": {\"x\": {\"$ref\": \"#/$defs/x\"}}}",
     "s.json:1: $ref: goes round in a circle; expected a schema at the end of the references"},
    {"bad pattern", "{\"pattern\": \"(\"}",
     "s.json:1: pattern: missing closing parenthesis, at byte 1"},
    {"unknown format", "{\"format\": \"date\"}",
     "s.json:1: format: unknown format; expected \"regex\""},
    {"not with more in it", "{\"not\": {\"type\": \"string\"}}",
     "s.json:1: not: not understood; expected only \"const\" in it"},
    {"required without property", "{\"required\": [\"a\"]}",
     "s.json:1: required: names no property; expected names of \"properties\""},
    {"a schema that is none",
     "{\"items\": {\"items\": {}, \"propertyNames\": {}}, \"properties\": {\"a\": 1}}",
     "s.json:1: properties.a: not a schema; expected an object"},
};

static void test_fill(void)
{
    static const char text[] =
        "{\"properties\": {\"a\": {\"default\": 1}, \"b\": {\"default\": {}, \"properties\": "
        "{\"c\": "
        "{\"default\": [2]}}}, \"d\": {\"items\": {\"$ref\": \"#/$defs/e\"}}},"
        "\"$defs\": {\"e\": {\"properties\": {\"f\": {\"default\": true}}}}}";
    struct error err = {""};
    struct schema *schema = schema_parse("s.json", text, strlen(text), &err);
    struct json_object *value = json_tokener_parse("{\"d\": [{}, {\"f\": false}]}");
    if (!check("schema with defaults", schema, "%s", err.text))
        return;
    schema_fill(schema, value);
    check_text("defaults", json_object_to_json_string_ext(value, JSON_C_TO_STRING_PLAIN),
               "{\"d\":[{\"f\":true},{\"f\":false}],\"a\":1,\"b\":{\"c\":[2]}}");
    json_object_put(value);
    schema_free(schema);
}

/* A patch may leave out anything and remove anything, but not the whole. */
static void test_patch(void)
{
    static const char text[] = "{\"type\": \"object\", \"properties\": {\"a\": {\"type\": "
                               "\"integer\"}}, \"required\": [\"a\"]}";
    struct error err = {""};
    struct key_path where;
    struct schema *schema = schema_parse("s.json", text, strlen(text), &err);
    struct json_object *none = json_tokener_parse("{}"),
                       *null = json_tokener_parse("{\"a\": null}");
    check("patch without what is required", schema_check(schema, none, SCHEMA_PATCH, &where, &err),
          "%s", err.text);
    check("patch with null", schema_check(schema, null, SCHEMA_PATCH, &where, &err), "%s",
          err.text);
    check("null in the whole", !schema_check(schema, null, SCHEMA_WHOLE, &where, &err), "allowed");
    check("null as the patch", !schema_check(schema, NULL, SCHEMA_PATCH, &where, &err), "allowed");
    json_object_put(none);
    json_object_put(null);
    schema_free(schema);
}

int main(void)
{
    for (size_t i = 0; i < sizeof keywords / sizeof keywords[0]; i++) {
        check(keywords[i].name, !*verdict(keywords[i].schema, keywords[i].good), "%s",
              verdict(keywords[i].schema, keywords[i].good));
        check_text(keywords[i].name, verdict(keywords[i].schema, keywords[i].bad),
                   keywords[i].error);
    }
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++)
        check_text(broken[i].name, verdict(broken[i].schema, "{}"), broken[i].error);
    test_fill();
    test_patch();
    return check_done();
}

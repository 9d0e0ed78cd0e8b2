/*
 * Interfaces, structs and enums in words, with their schemas' comments.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "describe.h"

#include <inttypes.h>
#include <string.h>

#include "held.h"
#include "user.h"

#define LISTS_MAX 8 /* lists of lists that are shown */

static const char *const simple_types[] = {
    [SCHEMA_TYPE_WHICH_VOID] = "Void",
    [SCHEMA_TYPE_WHICH_BOOL] = "Bool",
    [SCHEMA_TYPE_WHICH_INT8] = "Int8",
    [SCHEMA_TYPE_WHICH_INT16] = "Int16",
    [SCHEMA_TYPE_WHICH_INT32] = "Int32",
    [SCHEMA_TYPE_WHICH_INT64] = "Int64",
    [SCHEMA_TYPE_WHICH_UINT8] = "UInt8",
    [SCHEMA_TYPE_WHICH_UINT16] = "UInt16",
    [SCHEMA_TYPE_WHICH_UINT32] = "UInt32",
    [SCHEMA_TYPE_WHICH_UINT64] = "UInt64",
    [SCHEMA_TYPE_WHICH_FLOAT32] = "Float32",
    [SCHEMA_TYPE_WHICH_FLOAT64] = "Float64",
    [SCHEMA_TYPE_WHICH_TEXT] = "Text",
    [SCHEMA_TYPE_WHICH_DATA] = "Data",
    [SCHEMA_TYPE_WHICH_ANY_POINTER] = "AnyPointer",
};

static void say_type_name(struct schema_type_reader type)
{
    enum schema_type_which which = schema_type_which(type);

    if (which == SCHEMA_TYPE_WHICH_ENUM)
        say("%s", held_interface_name(schema_type_enum_type_id(schema_type_enum(type))));
    else if (which == SCHEMA_TYPE_WHICH_STRUCT)
        say("%s", held_interface_name(schema_type_struct_type_id(schema_type_struct(type))));
    else if (which == SCHEMA_TYPE_WHICH_INTERFACE)
        say("%s", held_interface_name(schema_type_interface_type_id(schema_type_interface(type))));
    else if (which < sizeof(simple_types) / sizeof(simple_types[0]) && simple_types[which])
        say("%s", simple_types[which]);
    else
        say("a type unknown here");
}

static void say_type(struct schema_type_reader type)
{
    uint32_t lists = 0;

    for (; schema_type_which(type) == SCHEMA_TYPE_WHICH_LIST && lists < LISTS_MAX; lists++) {
        say("List(");
        type = schema_type_list_element_type(schema_type_list(type));
    }
    say_type_name(type);
    while (lists-- > 0)
        say(")");
}

static void say_field(struct schema_field_reader field)
{
    say("%s :", schema_field_name(field).at);
    if (schema_field_which(field) == SCHEMA_FIELD_WHICH_GROUP)
        say("group");
    else
        say_type(schema_field_slot_type(schema_field_slot(field)));
}

/* Parameters that the method itself lists have a struct that stands in no other scope. */
static void say_parameters(uint64_t id)
{
    struct schema_node_reader node;
    struct capnp_list fields;

    if (!capnp_schema_find(held_schema(), id, &node) || schema_node_scope_id(node) != 0) {
        say("%s", held_interface_name(id));
        return;
    }
    fields = schema_node_struct_fields(schema_node_struct(node));
    say("(");
    for (uint32_t i = 0; i < capnp_list_len(fields); i++) {
        say("%s", i > 0 ? ", " : "");
        say_field(schema_field_at(fields, i));
    }
    say(")");
}

static void say_method(struct schema_method_reader method)
{
    say("%s ", schema_method_name(method).at);
    say_parameters(schema_method_param_struct_type(method));
    say(" -> ");
    say_parameters(schema_method_result_struct_type(method));
    say("\n");
}

/* Each line of the comment on a line of its own. */
static void say_comment(struct capnp_text comment, const char *indent)
{
    const char *line = comment.at;

    while (*line) {
        size_t len = strcspn(line, "\n");

        say("%s# %.*s\n", indent, (int)len, line);
        line += len + (line[len] == '\n');
    }
}

void describe_methods(struct schema_node_reader node, bool with_comments)
{
    struct capnp_list methods = schema_node_interface_methods(schema_node_interface(node));
    uint64_t id = schema_node_id(node);

    for (uint32_t i = 0; i < capnp_list_len(methods); i++) {
        say("  ");
        say_method(schema_method_at(methods, i));
        if (with_comments)
            say_comment(capnp_schema_member_comment(held_schema(), id, i), "    ");
    }
}

static void say_methods(struct schema_node_reader node)
{
    describe_methods(node, true);
}

static void say_fields(struct schema_node_reader node)
{
    struct capnp_list fields = schema_node_struct_fields(schema_node_struct(node));

    for (uint32_t i = 0; i < capnp_list_len(fields); i++) {
        say("  ");
        say_field(schema_field_at(fields, i));
        say("\n");
        say_comment(capnp_schema_member_comment(held_schema(), schema_node_id(node), i), "    ");
    }
}

static void say_enumerants(struct schema_node_reader node)
{
    struct capnp_list enumerants = schema_node_enum_enumerants(schema_node_enum(node));

    for (uint32_t i = 0; i < capnp_list_len(enumerants); i++) {
        say("  %s\n", schema_enumerant_name(schema_enumerant_at(enumerants, i)).at);
        say_comment(capnp_schema_member_comment(held_schema(), schema_node_id(node), i), "    ");
    }
}

void describe_node(struct schema_node_reader node)
{
    enum schema_node_which which = schema_node_which(node);
    const char *kind = "struct";
    void (*say_members)(struct schema_node_reader) = say_fields;

    if (which == SCHEMA_NODE_WHICH_INTERFACE) {
        kind = "interface";
        say_members = say_methods;
    } else if (which == SCHEMA_NODE_WHICH_ENUM) {
        kind = "enum";
        say_members = say_enumerants;
    }
    say("%s %s @0x%016" PRIx64 "\n", kind, capnp_schema_name(node).at, schema_node_id(node));
    say_comment(capnp_schema_comment(held_schema(), schema_node_id(node)), "  ");
    say_members(node);
}

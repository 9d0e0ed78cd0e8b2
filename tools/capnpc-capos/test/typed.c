/*
 * Another plugin of `capnp compile`: a program that prints and copies messages by the generated
 * code. SPDX-License-Identifier: Apache-2.0
 *
 * For each struct there is a function that prints it, field by field with getters, and one that
 * copies it with getters and setters. referee.cpp prints the same by capnp's dynamic interface;
 * its head says what is printed. The program goes to the standard output; ROOT, the name of the
 * messages' type in C, is in the environment.
 */
#include "../names.h"
#include "../output.h"
#include "../types.h"

#include "capnp/framing.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct program {
    struct request request;
    struct output out;
};

/* Prints VALUE, an expression of TYPE, which is no list. */
static void put_print(struct output *out, const struct type *type, const char *value)
{
    switch (type->kind) {
    case TYPE_VOID:
        put(out, "        printf(\"-\");\n");
        break;
    case TYPE_BOOL:
    case TYPE_INTEGER:
    case TYPE_ENUM:
        put(out, "        printf(\"%%%s\", (%s)%s);\n", type->is_signed ? "lld" : "llu",
            type->is_signed ? "long long" : "unsigned long long", value);
        break;
    case TYPE_FLOAT:
        put(out, "        printf(\"%%llx\", (unsigned long long)capnp_f%" PRIu32 "_bits(%s));\n",
            type->bits, value);
        break;
    case TYPE_TEXT:
    case TYPE_DATA:
        put(out, "        print_bytes(%s.at, %s.len);\n", value, value);
        break;
    case TYPE_STRUCT:
    case TYPE_GROUP:
        put(out, "        print_%s(%s);\n", type->node->name, value);
        break;
    case TYPE_POINTER:
        put(out, "        print_pointer(%s);\n", value);
        break;
    default:
        put(out, "        printf(\"cap\");\n");
    }
}

/* Element I of LIST as an expression. */
static void element_value(const struct type *type, unsigned depth, char *to, size_t room)
{
    char c_type[NAME_LEN_MAX + 16];

    type_in_c(type, c_type);
    switch (type->kind) {
    case TYPE_FLOAT:
        snprintf(to, room, "capnp_f%" PRIu32 "_of(capnp_list_u%" PRIu32 "(l%u, i%u))", type->bits,
                 type->bits, depth, depth);
        break;
    case TYPE_STRUCT:
        snprintf(to, room, "%s_at(l%u, i%u)", type->node->name, depth, depth);
        break;
    case TYPE_TEXT:
    case TYPE_DATA:
        snprintf(to, room, "capnp_list_%s(l%u, i%u)", type->kind == TYPE_TEXT ? "text" : "data",
                 depth, depth);
        break;
    case TYPE_BOOL:
        snprintf(to, room, "capnp_list_bool(l%u, i%u)", depth, depth);
        break;
    case TYPE_CAP:
        snprintf(to, room, "capnp_list_cap(l%u, i%u)", depth, depth);
        break;
    default:
        snprintf(to, room, "(%s)capnp_list_u%" PRIu32 "(l%u, i%u)", c_type, type->bits, depth,
                 depth);
    }
}

static struct schema_type_reader element_type(struct schema_type_reader schema)
{
    return schema_type_list_element_type(schema_type_list(schema));
}

static void type_of(struct program *program, struct schema_type_reader schema, struct type *type)
{
    type_read(&program->request, capnp_text("typed"), capnp_text(""), schema, type);
}

/* Prints the list l<DEPTH>, whose type is SCHEMA. */
static void put_print_list(struct program *program, struct schema_type_reader schema,
                           unsigned depth)
{
    struct output *out = &program->out;
    char value[3 * NAME_LEN_MAX];
    struct type type;

    type_of(program, element_type(schema), &type);
    put(out,
        "        printf(\"[\");\n        for (uint32_t i%u = 0; i%u < capnp_list_len(l%u); i%u++) "
        "{\n",
        depth, depth, depth, depth);
    if (type.kind == TYPE_LIST) {
        put(out, "        struct capnp_list l%u = capnp_list_list(l%u, i%u, %s);\n", depth + 1,
            depth, depth, type.element_size);
        put_print_list(program, element_type(schema), depth + 1);
    } else {
        element_value(&type, depth, value, sizeof(value));
        put_print(out, &type, value);
    }
    put(out, "        printf(\",\");\n        }\n        printf(\"]\");\n");
}

/* Copies the list l<DEPTH> to b<DEPTH>. */
static void put_copy_list(struct program *program, struct schema_type_reader schema, unsigned depth)
{
    struct output *out = &program->out;
    char value[3 * NAME_LEN_MAX], upper[NAME_LEN_MAX];
    struct type type, inner;

    type_of(program, element_type(schema), &type);
    put(out, "        for (uint32_t i%u = 0; i%u < capnp_list_len(l%u); i%u++) {\n", depth, depth,
        depth, depth);
    element_value(&type, depth, value, sizeof(value));
    switch (type.kind) {
    case TYPE_LIST:
        put(out, "        struct capnp_list l%u = capnp_list_list(l%u, i%u, %s);\n", depth + 1,
            depth, depth, type.element_size);
        put(out, "        struct capnp_list_builder b%u = ", depth + 1);
        type_of(program, element_type(element_type(schema)), &inner);
        if (inner.kind == TYPE_STRUCT) {
            name_upper(upper, inner.node->name);
            put(out,
                "capnp_list_init_struct_list(b%u, i%u, capnp_list_len(l%u), %s_DATA_WORDS, "
                "%s_POINTERS);\n",
                depth, depth, depth + 1, upper, upper);
        } else {
            put(out, "capnp_list_init_list(b%u, i%u, %s, capnp_list_len(l%u));\n", depth, depth,
                type.element_size, depth + 1);
        }
        put_copy_list(program, element_type(schema), depth + 1);
        break;
    case TYPE_STRUCT:
        put(out, "        copy_%s(%s, %s_init_at(b%u, i%u));\n", type.node->name, value,
            type.node->name, depth, depth);
        break;
    case TYPE_TEXT:
    case TYPE_DATA:
        put(out, "        capnp_list_set_%s(b%u, i%u, %s);\n",
            type.kind == TYPE_TEXT ? "text" : "data", depth, depth, value);
        break;
    case TYPE_BOOL:
        put(out, "        capnp_list_set_bool(b%u, i%u, %s);\n", depth, depth, value);
        break;
    case TYPE_VOID:
        put(out, "        (void)b%u;\n", depth);
        break;
    case TYPE_CAP:
        put(out, "        capnp_list_set_cap(b%u, i%u, %s);\n", depth, depth, value);
        break;
    case TYPE_FLOAT:
        put(out, "        capnp_list_set_u%" PRIu32 "(b%u, i%u, capnp_f%" PRIu32 "_bits(%s));\n",
            type.bits, depth, depth, type.bits, value);
        break;
    default:
        put(out, "        capnp_list_set_u%" PRIu32 "(b%u, i%u, (uint%" PRIu32 "_t)%s);\n",
            type.bits, depth, depth, type.bits, value);
    }
    put(out, "        }\n");
}

static struct schema_type_reader field_type(const struct node *node, uint32_t i)
{
    struct schema_field_reader field =
        schema_field_at(schema_node_struct_fields(schema_node_struct(node->schema)), i);

    return schema_field_slot_type(schema_field_slot(field));
}

static void put_condition(struct program *program, const struct field *field)
{
    char upper[2 * NAME_LEN_MAX], name[2 * NAME_LEN_MAX + 8];

    snprintf(name, sizeof(name), "%s_which_%s", field->owner->name, field->name);
    name_upper(upper, name);
    if (field->in_union)
        put(&program->out, "    if (%s_which(from) == %s) {\n", field->owner->name, upper);
    else
        put(&program->out, "    {\n");
}

static void put_print_field(struct program *program, const struct field *field, uint32_t i)
{
    struct output *out = &program->out;
    char value[2 * NAME_LEN_MAX];

    put_condition(program, field);
    put(out, "        printf(\"%.*s=\");\n", (int)field->schema_name.len, field->schema_name.at);
    snprintf(value, sizeof(value), "%s(from)", field->c_name);
    if (type_is_pointer(&field->type))
        put(out, "        printf(\"%%s\", %s_has_%s(from) ? \"!\" : \"~\");\n", field->owner->name,
            field->name);
    if (field->type.kind == TYPE_LIST) {
        put(out, "        struct capnp_list l0 = %s;\n", value);
        put_print_list(program, field_type(field->owner, i), 0);
    } else {
        if (field->type.kind == TYPE_STRUCT && !field->is_default_explicit)
            put(out, "        if (%s_has_%s(from))\n", field->owner->name, field->name);
        put_print(out, &field->type, value);
    }
    put(out, "        printf(\";\");\n    }\n");
}

static void put_copy_field(struct program *program, const struct field *field, uint32_t i)
{
    struct output *out = &program->out;
    const char *owner = field->owner->name, *name = field->name;

    put_condition(program, field);
    if (type_is_pointer(&field->type))
        put(out, "        if (%s_has_%s(from)) {\n", owner, name);
    if (field->type.kind == TYPE_LIST) {
        put(out, "        struct capnp_list l0 = %s(from);\n", field->c_name);
        put(out, "        struct capnp_list_builder b0 = %s_init_%s(to, capnp_list_len(l0));\n",
            owner, name);
        put_copy_list(program, field_type(field->owner, i), 0);
    } else if (field->type.kind == TYPE_STRUCT || field->type.kind == TYPE_GROUP) {
        put(out, "        copy_%s(%s(from), %s_init_%s(to));\n", field->type.node->name,
            field->c_name, owner, name);
    } else if (field->type.kind == TYPE_VOID) {
        if (field->in_union)
            put(out, "        %s_set_%s(to);\n", owner, name);
    } else {
        put(out, "        %s_set_%s(to, %s(from));\n", owner, name, field->c_name);
    }
    put(out, type_is_pointer(&field->type) ? "        } else {\n" : "    }\n");
    if (type_is_pointer(&field->type))
        put(out, "        %s;\n        }\n    }\n", field->in_union ? "choose(to.s, from.s)" : "");
}

static void put_functions(struct program *program, const struct node *node)
{
    struct schema_node_struct_reader schema = schema_node_struct(node->schema);
    struct output *out = &program->out;
    struct field field;

    put(out,
        "static inline void print_%s(struct %s_reader from)\n{\n    (void)from;\n    "
        "printf(\"(\");\n",
        node->name, node->name);
    for (uint32_t i = 0; i < node_n_fields(node) && field_read(&program->request, node, i, &field);
         i++)
        put_print_field(program, &field, i);
    put(out, "    printf(\")\");\n}\n\n");
    put(out,
        "static inline void copy_%s(struct %s_reader from, struct %s_builder to)\n{\n    "
        "(void)from;\n    (void)to;\n",
        node->name, node->name, node->name);
    put(out,
        "#undef choose\n#define choose(to, from) capnp_set_u16(to, %" PRIu32
        ", capnp_u16(from, %" PRIu32 "))\n",
        2 * schema_node_struct_discriminant_offset(schema),
        2 * schema_node_struct_discriminant_offset(schema));
    for (uint32_t i = 0; i < node_n_fields(node) && field_read(&program->request, node, i, &field);
         i++)
        put_copy_field(program, &field, i);
    put(out, "}\n\n");
}

static bool is_struct(const struct node *node)
{
    return node->kind == SCHEMA_NODE_WHICH_STRUCT && node->file != NO_NODE && node->name[0];
}

static void put_program(struct program *program, const char *root)
{
    struct capnp_list files =
        schema_code_generator_request_requested_files(program->request.schema);
    struct output *out = &program->out;

    for (uint32_t i = 0; i < capnp_list_len(files); i++) {
        struct capnp_text name = schema_code_generator_request_requested_file_filename(
            schema_code_generator_request_requested_file_at(files, i));

        put(out, "#include \"%.*s.h\"\n", (int)name.len, name.at);
    }
    put(out, "#include \"typed.h\"\n\n");
    for (uint32_t i = 0; i < program->request.n_nodes; i++) {
        const char *name = program->request.nodes[i].name;

        if (is_struct(&program->request.nodes[i]))
            put(out,
                "static inline void print_%s(struct %s_reader);\nstatic inline void copy_%s(struct "
                "%s_reader, struct %s_builder);\n",
                name, name, name, name, name);
    }
    put(out, "\n");
    for (uint32_t i = 0; i < program->request.n_nodes; i++)
        if (is_struct(&program->request.nodes[i]))
            put_functions(program, &program->request.nodes[i]);
    put(out, "TYPED_MAIN(%s)\n", root);
}

int main(void)
{
    static struct capnp_segment segments[512];
    static struct program program;
    const char *root = getenv("ROOT");
    size_t room = 16u << 20, len, used;
    void *input = malloc(room);
    struct capnp_message message;

    if (!input || !root)
        return 1;
    len = fread(input, 1, room, stdin);
    if (capnp_open_framed(&message, input, len, segments, 512, &used))
        return 1;
    capnp_trust(&message);
    request_open(&program.request, &message);
    put_program(&program, root);
    if (is_refused(&program.request.refusal) || program.out.full)
        return 1;
    fwrite(program.out.at, 1, program.out.len, stdout);
    output_free(&program.out);
    request_close(&program.request);
    free(input);
    return 0;
}

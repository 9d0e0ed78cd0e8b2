/*
 * Values of a schema: defaults and constants.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "generator.h"

#include "capnp/capnp.h"
#include "capnp/float.h"

#include <inttypes.h>
#include <stdlib.h>

#define WORDS_MAX 65536u

uint64_t value_bits(struct schema_value_reader value)
{
    switch (schema_value_which(value)) {
    case SCHEMA_VALUE_WHICH_BOOL:
        return schema_value_bool(value);
    case SCHEMA_VALUE_WHICH_INT8:
        return (uint8_t)schema_value_int8(value);
    case SCHEMA_VALUE_WHICH_INT16:
        return (uint16_t)schema_value_int16(value);
    case SCHEMA_VALUE_WHICH_INT32:
        return (uint32_t)schema_value_int32(value);
    case SCHEMA_VALUE_WHICH_INT64:
        return (uint64_t)schema_value_int64(value);
    case SCHEMA_VALUE_WHICH_UINT8:
        return schema_value_uint8(value);
    case SCHEMA_VALUE_WHICH_UINT16:
        return schema_value_uint16(value);
    case SCHEMA_VALUE_WHICH_UINT32:
        return schema_value_uint32(value);
    case SCHEMA_VALUE_WHICH_UINT64:
        return schema_value_uint64(value);
    case SCHEMA_VALUE_WHICH_FLOAT32:
        return capnp_f32_bits(schema_value_float32(value));
    case SCHEMA_VALUE_WHICH_FLOAT64:
        return capnp_f64_bits(schema_value_float64(value));
    case SCHEMA_VALUE_WHICH_ENUM:
        return schema_value_enum(value);
    default:
        return 0;
    }
}

static struct capnp_pointer value_pointer(struct schema_value_reader value, const struct type *type)
{
    switch (type->kind) {
    case TYPE_LIST:
        return schema_value_list(value);
    case TYPE_STRUCT:
        return schema_value_struct(value);
    default:
        return schema_value_any_pointer(value);
    }
}

static void build_value(struct capnp_builder *builder, const struct type *type,
                        struct schema_value_reader value)
{
    struct capnp_pointer_builder root = capnp_root_builder(builder);

    switch (type->kind) {
    case TYPE_TEXT:
        capnp_pointer_set_text(root, schema_value_text(value));
        break;
    case TYPE_DATA:
        capnp_pointer_set_data(root, schema_value_data(value));
        break;
    default:
        capnp_pointer_copy(root, value_pointer(value, type), NULL);
    }
}

static void put_words(struct generator *generator, const char *name,
                      const struct capnp_builder *builder)
{
    struct output *out = &generator->source;
    uint32_t n = (uint32_t)(capnp_built_len(builder) / sizeof(uint64_t));

    put(&generator->header, "extern const uint64_t %s[%" PRIu32 "];\n", name, n);
    put(out, "const uint64_t %s[%" PRIu32 "] = {", name, n);
    for (uint32_t i = 0; i < n; i++)
        put(out, "%s0x%016" PRIx64 ",", i % 4 ? " " : "\n    ", builder->words[i]);
    put(out, "\n};\n\n");
}

void generate_words(struct generator *generator, const struct node *node, struct capnp_text member,
                    const char *name, const struct type *type, struct schema_value_reader value)
{
    struct refusal *refusal = &generator->request->refusal;
    struct capnp_text path = schema_node_display_name(node->schema);
    uint64_t *words = calloc(WORDS_MAX, sizeof(*words));
    struct capnp_builder builder;

    if (!words) {
        refuse(refusal, path, member, "no memory for its value");
        return;
    }
    capnp_build(&builder, words, WORDS_MAX * sizeof(*words));
    build_value(&builder, type, value);
    if (!capnp_built_len(&builder))
        refuse(refusal, path, member, "its value is longer than %u words", WORDS_MAX);
    declare(generator, node, member, name);
    put_words(generator, name, &builder);
    free(words);
}

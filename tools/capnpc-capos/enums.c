/*
 * Enumerations.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "generator.h"
#include "names.h"

#include <stdio.h>

void generate_enum(struct generator *generator, const struct node *node)
{
    struct capnp_list list = schema_node_enum_enumerants(schema_node_enum(node->schema));
    struct output *out = &generator->header;
    char name[NAME_LEN_MAX], upper[NAME_LEN_MAX], count[NAME_LEN_MAX + 8];

    put_comment(out, "", node->comment.at, node->comment.len);
    declare_tag(generator, node, node->name);
    put(out, "enum %s {\n", node->name);
    for (uint32_t i = 0; i < capnp_list_len(list); i++) {
        struct schema_enumerant_reader enumerant = schema_enumerant_at(list, i);
        struct capnp_text schema_name = schema_enumerant_name(enumerant),
                          comment = node_member_comment(node, i);

        if (!name_join(name, node->name, schema_name, schema_enumerant_annotations(enumerant)))
            refuse(&generator->request->refusal, schema_node_display_name(node->schema),
                   schema_name, "its name is none for C, or too long");
        name_upper(upper, name);
        declare(generator, node, schema_name, upper);
        put_comment(out, "    ", comment.at, comment.len);
        put(out, "    %s,\n", upper);
    }
    name_upper(upper, node->name);
    snprintf(count, sizeof(count), "%s_COUNT", upper);
    declare(generator, node, capnp_text(""), count);
    put(out, "    %s\n};\n\n", count);
}

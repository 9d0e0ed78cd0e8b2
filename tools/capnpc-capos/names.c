/*
 * Names: from those of a schema to those of C.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "names.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* Of kernel/abi/c.capnp and of /usr/include/capnp/c++.capnp. */
#define ANNOTATION_NAME          0xf3f1a0ffd8a4e4a6
#define ANNOTATION_PREFIX        0xd7d7a3ebd5a03ac1
#define ANNOTATION_CXX_NAMESPACE 0xb9c6f99ebf805f2c

/* The text of an annotation; of no length when there is none. */
static struct capnp_text annotation_text(struct capnp_list annotations, uint64_t id)
{
    for (uint32_t i = 0; i < capnp_list_len(annotations); i++) {
        struct schema_annotation_reader annotation = schema_annotation_at(annotations, i);

        if (schema_annotation_id(annotation) == id)
            return schema_value_text(schema_annotation_value(annotation));
    }
    return capnp_text("");
}

static bool is_c_name(struct capnp_text name)
{
    bool is = name.len > 0 && islower((unsigned char)name.at[0]);

    for (uint32_t i = 0; i < name.len; i++) {
        unsigned char byte = (unsigned char)name.at[i];

        is = is && (islower(byte) || isdigit(byte) || byte == '_');
    }
    return is;
}

static bool is_schema_name(struct capnp_text name)
{
    bool is = name.len > 0 && isalpha((unsigned char)name.at[0]);

    for (uint32_t i = 0; i < name.len; i++)
        is = is && isalnum((unsigned char)name.at[i]);
    return is;
}

/* A word begins at a capital letter behind something else, and at the last capital letter of
 * several in a row. */
static bool begins_word(struct capnp_text name, uint32_t i)
{
    if (i == 0 || !isupper((unsigned char)name.at[i]))
        return false;
    return !isupper((unsigned char)name.at[i - 1]) ||
           (i + 1 < name.len && islower((unsigned char)name.at[i + 1]));
}

static bool put_snake(char to[NAME_LEN_MAX], size_t at, struct capnp_text name)
{
    for (uint32_t i = 0; i < name.len; i++) {
        if (at + 3 > NAME_LEN_MAX)
            return false;
        if (begins_word(name, i))
            to[at++] = '_';
        to[at++] = (char)tolower((unsigned char)name.at[i]);
    }
    to[at] = '\0';
    return true;
}

bool name_join(char to[NAME_LEN_MAX], const char *parent, struct capnp_text name,
               struct capnp_list annotations)
{
    struct capnp_text given = annotation_text(annotations, ANNOTATION_NAME);
    int len = snprintf(to, NAME_LEN_MAX, "%s%s", parent, *parent ? "_" : "");

    if (len >= NAME_LEN_MAX || !is_schema_name(name) || (given.len && !is_c_name(given)))
        return false;
    return put_snake(to, (size_t)len, given.len ? given : name);
}

bool name_prefix(char to[NAME_LEN_MAX], struct capnp_list annotations)
{
    struct capnp_text prefix = annotation_text(annotations, ANNOTATION_PREFIX);

    if (prefix.len == 0) {
        prefix = annotation_text(annotations, ANNOTATION_CXX_NAMESPACE);
        for (uint32_t i = prefix.len; i > 0; i--)
            if (prefix.at[i - 1] == ':') {
                prefix = capnp_text_n(prefix.at + i, prefix.len - i);
                break;
            }
    }
    to[0] = '\0';
    return prefix.len == 0 || (is_c_name(prefix) && put_snake(to, 0, prefix));
}

void name_upper(char to[NAME_LEN_MAX], const char *name)
{
    size_t len = strnlen(name, NAME_LEN_MAX - 1);

    for (size_t i = 0; i < len; i++)
        to[i] = (char)toupper((unsigned char)name[i]);
    to[len] = '\0';
}

void name_param(char to[NAME_LEN_MAX], const char *name)
{
    static const char *const keywords[] = {
        "asm",      "auto",    "bool",   "break",  "case",     "char",   "const",    "continue",
        "default",  "do",      "double", "else",   "enum",     "extern", "false",    "float",
        "for",      "goto",    "if",     "inline", "int",      "long",   "main",     "register",
        "restrict", "return",  "short",  "signed", "sizeof",   "static", "struct",   "switch",
        "true",     "typedef", "typeof", "union",  "unsigned", "void",   "volatile", "while",
    };
    const char *end = "";

    for (size_t i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++)
        if (strcmp(keywords[i], name) == 0)
            end = "_";
    snprintf(to, NAME_LEN_MAX, "%s%s", name, end);
}

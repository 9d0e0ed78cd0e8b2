/*
 * capnp/schema.capnp in C: numbers, readers and builders.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Made by tools/capnpc-capos, whose README says what is what.
 */
#pragma once

/* clang-format off */

#include "capnp/capnp.h"
#include "capnp/float.h"

#define SCHEMA_NODE_DATA_WORDS 5
#define SCHEMA_NODE_POINTERS   6
#define SCHEMA_NODE_WORDS      11
struct schema_node_reader { struct capnp_struct s; };
struct schema_node_builder { struct capnp_struct_builder s; };
enum schema_node_which {
    SCHEMA_NODE_WHICH_FILE,
    SCHEMA_NODE_WHICH_STRUCT,
    SCHEMA_NODE_WHICH_ENUM,
    SCHEMA_NODE_WHICH_INTERFACE,
    SCHEMA_NODE_WHICH_CONST,
    SCHEMA_NODE_WHICH_ANNOTATION,
};

struct schema_node_struct_reader { struct capnp_struct s; };
struct schema_node_struct_builder { struct capnp_struct_builder s; };

struct schema_node_enum_reader { struct capnp_struct s; };
struct schema_node_enum_builder { struct capnp_struct_builder s; };

struct schema_node_interface_reader { struct capnp_struct s; };
struct schema_node_interface_builder { struct capnp_struct_builder s; };

struct schema_node_const_reader { struct capnp_struct s; };
struct schema_node_const_builder { struct capnp_struct_builder s; };

struct schema_node_annotation_reader { struct capnp_struct s; };
struct schema_node_annotation_builder { struct capnp_struct_builder s; };

#define SCHEMA_NODE_PARAMETER_DATA_WORDS 0
#define SCHEMA_NODE_PARAMETER_POINTERS   1
#define SCHEMA_NODE_PARAMETER_WORDS      1
struct schema_node_parameter_reader { struct capnp_struct s; };
struct schema_node_parameter_builder { struct capnp_struct_builder s; };

#define SCHEMA_NODE_NESTED_NODE_DATA_WORDS 1
#define SCHEMA_NODE_NESTED_NODE_POINTERS   1
#define SCHEMA_NODE_NESTED_NODE_WORDS      2
struct schema_node_nested_node_reader { struct capnp_struct s; };
struct schema_node_nested_node_builder { struct capnp_struct_builder s; };

#define SCHEMA_NODE_SOURCE_INFO_DATA_WORDS 1
#define SCHEMA_NODE_SOURCE_INFO_POINTERS   2
#define SCHEMA_NODE_SOURCE_INFO_WORDS      3
struct schema_node_source_info_reader { struct capnp_struct s; };
struct schema_node_source_info_builder { struct capnp_struct_builder s; };

#define SCHEMA_NODE_SOURCE_INFO_MEMBER_DATA_WORDS 0
#define SCHEMA_NODE_SOURCE_INFO_MEMBER_POINTERS   1
#define SCHEMA_NODE_SOURCE_INFO_MEMBER_WORDS      1
struct schema_node_source_info_member_reader { struct capnp_struct s; };
struct schema_node_source_info_member_builder { struct capnp_struct_builder s; };

#define SCHEMA_FIELD_DATA_WORDS 3
#define SCHEMA_FIELD_POINTERS   4
#define SCHEMA_FIELD_WORDS      7
struct schema_field_reader { struct capnp_struct s; };
struct schema_field_builder { struct capnp_struct_builder s; };
enum schema_field_which {
    SCHEMA_FIELD_WHICH_SLOT,
    SCHEMA_FIELD_WHICH_GROUP,
};

struct schema_field_slot_reader { struct capnp_struct s; };
struct schema_field_slot_builder { struct capnp_struct_builder s; };

struct schema_field_group_reader { struct capnp_struct s; };
struct schema_field_group_builder { struct capnp_struct_builder s; };

struct schema_field_ordinal_reader { struct capnp_struct s; };
struct schema_field_ordinal_builder { struct capnp_struct_builder s; };
enum schema_field_ordinal_which {
    SCHEMA_FIELD_ORDINAL_WHICH_IMPLICIT,
    SCHEMA_FIELD_ORDINAL_WHICH_EXPLICIT,
};

#define SCHEMA_FIELD_NO_DISCRIMINANT 65535

#define SCHEMA_ENUMERANT_DATA_WORDS 1
#define SCHEMA_ENUMERANT_POINTERS   2
#define SCHEMA_ENUMERANT_WORDS      3
struct schema_enumerant_reader { struct capnp_struct s; };
struct schema_enumerant_builder { struct capnp_struct_builder s; };

#define SCHEMA_SUPERCLASS_DATA_WORDS 1
#define SCHEMA_SUPERCLASS_POINTERS   1
#define SCHEMA_SUPERCLASS_WORDS      2
struct schema_superclass_reader { struct capnp_struct s; };
struct schema_superclass_builder { struct capnp_struct_builder s; };

#define SCHEMA_METHOD_DATA_WORDS 3
#define SCHEMA_METHOD_POINTERS   5
#define SCHEMA_METHOD_WORDS      8
struct schema_method_reader { struct capnp_struct s; };
struct schema_method_builder { struct capnp_struct_builder s; };

#define SCHEMA_TYPE_DATA_WORDS 3
#define SCHEMA_TYPE_POINTERS   1
#define SCHEMA_TYPE_WORDS      4
struct schema_type_reader { struct capnp_struct s; };
struct schema_type_builder { struct capnp_struct_builder s; };
enum schema_type_which {
    SCHEMA_TYPE_WHICH_VOID,
    SCHEMA_TYPE_WHICH_BOOL,
    SCHEMA_TYPE_WHICH_INT8,
    SCHEMA_TYPE_WHICH_INT16,
    SCHEMA_TYPE_WHICH_INT32,
    SCHEMA_TYPE_WHICH_INT64,
    SCHEMA_TYPE_WHICH_UINT8,
    SCHEMA_TYPE_WHICH_UINT16,
    SCHEMA_TYPE_WHICH_UINT32,
    SCHEMA_TYPE_WHICH_UINT64,
    SCHEMA_TYPE_WHICH_FLOAT32,
    SCHEMA_TYPE_WHICH_FLOAT64,
    SCHEMA_TYPE_WHICH_TEXT,
    SCHEMA_TYPE_WHICH_DATA,
    SCHEMA_TYPE_WHICH_LIST,
    SCHEMA_TYPE_WHICH_ENUM,
    SCHEMA_TYPE_WHICH_STRUCT,
    SCHEMA_TYPE_WHICH_INTERFACE,
    SCHEMA_TYPE_WHICH_ANY_POINTER,
};

struct schema_type_list_reader { struct capnp_struct s; };
struct schema_type_list_builder { struct capnp_struct_builder s; };

struct schema_type_enum_reader { struct capnp_struct s; };
struct schema_type_enum_builder { struct capnp_struct_builder s; };

struct schema_type_struct_reader { struct capnp_struct s; };
struct schema_type_struct_builder { struct capnp_struct_builder s; };

struct schema_type_interface_reader { struct capnp_struct s; };
struct schema_type_interface_builder { struct capnp_struct_builder s; };

struct schema_type_any_pointer_reader { struct capnp_struct s; };
struct schema_type_any_pointer_builder { struct capnp_struct_builder s; };
enum schema_type_any_pointer_which {
    SCHEMA_TYPE_ANY_POINTER_WHICH_UNCONSTRAINED,
    SCHEMA_TYPE_ANY_POINTER_WHICH_PARAMETER,
    SCHEMA_TYPE_ANY_POINTER_WHICH_IMPLICIT_METHOD_PARAMETER,
};

struct schema_type_any_pointer_unconstrained_reader { struct capnp_struct s; };
struct schema_type_any_pointer_unconstrained_builder { struct capnp_struct_builder s; };
enum schema_type_any_pointer_unconstrained_which {
    SCHEMA_TYPE_ANY_POINTER_UNCONSTRAINED_WHICH_ANY_KIND,
    SCHEMA_TYPE_ANY_POINTER_UNCONSTRAINED_WHICH_STRUCT,
    SCHEMA_TYPE_ANY_POINTER_UNCONSTRAINED_WHICH_LIST,
    SCHEMA_TYPE_ANY_POINTER_UNCONSTRAINED_WHICH_CAPABILITY,
};

struct schema_type_any_pointer_parameter_reader { struct capnp_struct s; };
struct schema_type_any_pointer_parameter_builder { struct capnp_struct_builder s; };

struct schema_type_any_pointer_implicit_method_parameter_reader { struct capnp_struct s; };
struct schema_type_any_pointer_implicit_method_parameter_builder { struct capnp_struct_builder s; };

#define SCHEMA_BRAND_DATA_WORDS 0
#define SCHEMA_BRAND_POINTERS   1
#define SCHEMA_BRAND_WORDS      1
struct schema_brand_reader { struct capnp_struct s; };
struct schema_brand_builder { struct capnp_struct_builder s; };

#define SCHEMA_BRAND_SCOPE_DATA_WORDS 2
#define SCHEMA_BRAND_SCOPE_POINTERS   1
#define SCHEMA_BRAND_SCOPE_WORDS      3
struct schema_brand_scope_reader { struct capnp_struct s; };
struct schema_brand_scope_builder { struct capnp_struct_builder s; };
enum schema_brand_scope_which {
    SCHEMA_BRAND_SCOPE_WHICH_BIND,
    SCHEMA_BRAND_SCOPE_WHICH_INHERIT,
};

#define SCHEMA_BRAND_BINDING_DATA_WORDS 1
#define SCHEMA_BRAND_BINDING_POINTERS   1
#define SCHEMA_BRAND_BINDING_WORDS      2
struct schema_brand_binding_reader { struct capnp_struct s; };
struct schema_brand_binding_builder { struct capnp_struct_builder s; };
enum schema_brand_binding_which {
    SCHEMA_BRAND_BINDING_WHICH_UNBOUND,
    SCHEMA_BRAND_BINDING_WHICH_TYPE,
};

#define SCHEMA_VALUE_DATA_WORDS 2
#define SCHEMA_VALUE_POINTERS   1
#define SCHEMA_VALUE_WORDS      3
struct schema_value_reader { struct capnp_struct s; };
struct schema_value_builder { struct capnp_struct_builder s; };
enum schema_value_which {
    SCHEMA_VALUE_WHICH_VOID,
    SCHEMA_VALUE_WHICH_BOOL,
    SCHEMA_VALUE_WHICH_INT8,
    SCHEMA_VALUE_WHICH_INT16,
    SCHEMA_VALUE_WHICH_INT32,
    SCHEMA_VALUE_WHICH_INT64,
    SCHEMA_VALUE_WHICH_UINT8,
    SCHEMA_VALUE_WHICH_UINT16,
    SCHEMA_VALUE_WHICH_UINT32,
    SCHEMA_VALUE_WHICH_UINT64,
    SCHEMA_VALUE_WHICH_FLOAT32,
    SCHEMA_VALUE_WHICH_FLOAT64,
    SCHEMA_VALUE_WHICH_TEXT,
    SCHEMA_VALUE_WHICH_DATA,
    SCHEMA_VALUE_WHICH_LIST,
    SCHEMA_VALUE_WHICH_ENUM,
    SCHEMA_VALUE_WHICH_STRUCT,
    SCHEMA_VALUE_WHICH_INTERFACE,
    SCHEMA_VALUE_WHICH_ANY_POINTER,
};

#define SCHEMA_ANNOTATION_DATA_WORDS 1
#define SCHEMA_ANNOTATION_POINTERS   2
#define SCHEMA_ANNOTATION_WORDS      3
struct schema_annotation_reader { struct capnp_struct s; };
struct schema_annotation_builder { struct capnp_struct_builder s; };

enum schema_element_size {
    SCHEMA_ELEMENT_SIZE_EMPTY,
    SCHEMA_ELEMENT_SIZE_BIT,
    SCHEMA_ELEMENT_SIZE_BYTE,
    SCHEMA_ELEMENT_SIZE_TWO_BYTES,
    SCHEMA_ELEMENT_SIZE_FOUR_BYTES,
    SCHEMA_ELEMENT_SIZE_EIGHT_BYTES,
    SCHEMA_ELEMENT_SIZE_POINTER,
    SCHEMA_ELEMENT_SIZE_INLINE_COMPOSITE,
    SCHEMA_ELEMENT_SIZE_COUNT
};

#define SCHEMA_CAPNP_VERSION_DATA_WORDS 1
#define SCHEMA_CAPNP_VERSION_POINTERS   0
#define SCHEMA_CAPNP_VERSION_WORDS      1
struct schema_capnp_version_reader { struct capnp_struct s; };
struct schema_capnp_version_builder { struct capnp_struct_builder s; };

#define SCHEMA_CODE_GENERATOR_REQUEST_DATA_WORDS 0
#define SCHEMA_CODE_GENERATOR_REQUEST_POINTERS   4
#define SCHEMA_CODE_GENERATOR_REQUEST_WORDS      4
struct schema_code_generator_request_reader { struct capnp_struct s; };
struct schema_code_generator_request_builder { struct capnp_struct_builder s; };

#define SCHEMA_CODE_GENERATOR_REQUEST_REQUESTED_FILE_DATA_WORDS 1
#define SCHEMA_CODE_GENERATOR_REQUEST_REQUESTED_FILE_POINTERS   2
#define SCHEMA_CODE_GENERATOR_REQUEST_REQUESTED_FILE_WORDS      3
struct schema_code_generator_request_requested_file_reader { struct capnp_struct s; };
struct schema_code_generator_request_requested_file_builder { struct capnp_struct_builder s; };

#define SCHEMA_CODE_GENERATOR_REQUEST_REQUESTED_FILE_IMPORT_DATA_WORDS 1
#define SCHEMA_CODE_GENERATOR_REQUEST_REQUESTED_FILE_IMPORT_POINTERS   1
#define SCHEMA_CODE_GENERATOR_REQUEST_REQUESTED_FILE_IMPORT_WORDS      2
struct schema_code_generator_request_requested_file_import_reader { struct capnp_struct s; };
struct schema_code_generator_request_requested_file_import_builder { struct capnp_struct_builder s; };


static inline struct schema_node_reader schema_node_root(struct capnp_message *message)
{
    return (struct schema_node_reader){capnp_root(message)};
}

static inline struct schema_node_builder schema_node_init_root(struct capnp_builder *builder)
{
    return (struct schema_node_builder){capnp_init_root(builder, SCHEMA_NODE_DATA_WORDS,
            SCHEMA_NODE_POINTERS)};
}

static inline struct schema_node_reader schema_node_at(struct capnp_list from, uint32_t i)
{
    return (struct schema_node_reader){capnp_list_struct(from, i)};
}

static inline struct schema_node_builder schema_node_init_at(struct capnp_list_builder to,
        uint32_t i)
{
    return (struct schema_node_builder){capnp_struct_of(to, i)};
}

static inline enum schema_node_which schema_node_which(struct schema_node_reader from)
{
    return (enum schema_node_which)capnp_u16(from.s, 12);
}

static inline uint64_t schema_node_id(struct schema_node_reader from)
{
    return capnp_u64(from.s, 0);
}

static inline void schema_node_set_id(struct schema_node_builder to, uint64_t value)
{
    capnp_set_u64(to.s, 0, value);
}

static inline struct capnp_text schema_node_display_name(struct schema_node_reader from)
{
    return capnp_pointer_text(capnp_get_pointer(from.s, 0));
}

static inline bool schema_node_has_display_name(struct schema_node_reader from)
{
    return capnp_has(from.s, 0);
}

static inline void schema_node_set_display_name(struct schema_node_builder to,
        struct capnp_text value)
{
    capnp_set_text(to.s, 0, value);
}

static inline uint32_t schema_node_display_name_prefix_length(struct schema_node_reader from)
{
    return capnp_u32(from.s, 8);
}

static inline void schema_node_set_display_name_prefix_length(struct schema_node_builder to,
        uint32_t value)
{
    capnp_set_u32(to.s, 8, value);
}

static inline uint64_t schema_node_scope_id(struct schema_node_reader from)
{
    return capnp_u64(from.s, 16);
}

static inline void schema_node_set_scope_id(struct schema_node_builder to, uint64_t value)
{
    capnp_set_u64(to.s, 16, value);
}

static inline struct capnp_list schema_node_nested_nodes(struct schema_node_reader from)
{
    return capnp_pointer_list(capnp_get_pointer(from.s, 1), CAPNP_COMPOSITE);
}

static inline bool schema_node_has_nested_nodes(struct schema_node_reader from)
{
    return capnp_has(from.s, 1);
}

static inline struct capnp_list_builder schema_node_init_nested_nodes(
        struct schema_node_builder to, uint32_t n)
{
    return capnp_init_struct_list(to.s, 1, n, SCHEMA_NODE_NESTED_NODE_DATA_WORDS,
            SCHEMA_NODE_NESTED_NODE_POINTERS);
}

static inline void schema_node_set_nested_nodes(struct schema_node_builder to,
        struct capnp_list value)
{
    capnp_copy_list(to.s, 1, value);
}

static inline struct capnp_list schema_node_annotations(struct schema_node_reader from)
{
    return capnp_pointer_list(capnp_get_pointer(from.s, 2), CAPNP_COMPOSITE);
}

static inline bool schema_node_has_annotations(struct schema_node_reader from)
{
    return capnp_has(from.s, 2);
}

static inline struct capnp_list_builder schema_node_init_annotations(struct schema_node_builder to,
        uint32_t n)
{
    return capnp_init_struct_list(to.s, 2, n, SCHEMA_ANNOTATION_DATA_WORDS,
            SCHEMA_ANNOTATION_POINTERS);
}

static inline void schema_node_set_annotations(struct schema_node_builder to,
        struct capnp_list value)
{
    capnp_copy_list(to.s, 2, value);
}

static inline void schema_node_set_file(struct schema_node_builder to)
{
    capnp_set_u16(to.s, 12, 0);
}

static inline struct schema_node_struct_reader schema_node_struct(struct schema_node_reader from)
{
    return (struct schema_node_struct_reader){from.s};
}

static inline struct schema_node_struct_builder
schema_node_init_struct(struct schema_node_builder to)
{
    capnp_set_u16(to.s, 12, 1);
    capnp_set_u16(to.s, 14, 0);
    capnp_set_u16(to.s, 24, 0);
    capnp_set_u16(to.s, 26, 0);
    capnp_set_bool(to.s, 224, false);
    capnp_set_u16(to.s, 30, 0);
    capnp_set_u32(to.s, 32, 0);
    capnp_set_cap(to.s, 3, CAPNP_NO_CAP);
    return (struct schema_node_struct_builder){to.s};
}

static inline struct schema_node_enum_reader schema_node_enum(struct schema_node_reader from)
{
    return (struct schema_node_enum_reader){from.s};
}

static inline struct schema_node_enum_builder schema_node_init_enum(struct schema_node_builder to)
{
    capnp_set_u16(to.s, 12, 2);
    capnp_set_cap(to.s, 3, CAPNP_NO_CAP);
    return (struct schema_node_enum_builder){to.s};
}

static inline struct schema_node_interface_reader
schema_node_interface(struct schema_node_reader from)
{
    return (struct schema_node_interface_reader){from.s};
}

static inline struct schema_node_interface_builder
schema_node_init_interface(struct schema_node_builder to)
{
    capnp_set_u16(to.s, 12, 3);
    capnp_set_cap(to.s, 3, CAPNP_NO_CAP);
    capnp_set_cap(to.s, 4, CAPNP_NO_CAP);
    return (struct schema_node_interface_builder){to.s};
}

static inline struct schema_node_const_reader schema_node_const(struct schema_node_reader from)
{
    return (struct schema_node_const_reader){from.s};
}

static inline struct schema_node_const_builder schema_node_init_const(struct schema_node_builder to)
{
    capnp_set_u16(to.s, 12, 4);
    capnp_set_cap(to.s, 3, CAPNP_NO_CAP);
    capnp_set_cap(to.s, 4, CAPNP_NO_CAP);
    return (struct schema_node_const_builder){to.s};
}

static inline struct schema_node_annotation_reader
schema_node_annotation(struct schema_node_reader from)
{
    return (struct schema_node_annotation_reader){from.s};
}

static inline struct schema_node_annotation_builder
schema_node_init_annotation(struct schema_node_builder to)
{
    capnp_set_u16(to.s, 12, 5);
    capnp_set_cap(to.s, 3, CAPNP_NO_CAP);
    capnp_set_bool(to.s, 112, false);
    capnp_set_bool(to.s, 113, false);
    capnp_set_bool(to.s, 114, false);
    capnp_set_bool(to.s, 115, false);
    capnp_set_bool(to.s, 116, false);
    capnp_set_bool(to.s, 117, false);
    capnp_set_bool(to.s, 118, false);
    capnp_set_bool(to.s, 119, false);
    capnp_set_bool(to.s, 120, false);
    capnp_set_bool(to.s, 121, false);
    capnp_set_bool(to.s, 122, false);
    capnp_set_bool(to.s, 123, false);
    return (struct schema_node_annotation_builder){to.s};
}

static inline struct capnp_list schema_node_parameters(struct schema_node_reader from)
{
    return capnp_pointer_list(capnp_get_pointer(from.s, 5), CAPNP_COMPOSITE);
}

static inline bool schema_node_has_parameters(struct schema_node_reader from)
{
    return capnp_has(from.s, 5);
}

static inline struct capnp_list_builder schema_node_init_parameters(struct schema_node_builder to,
        uint32_t n)
{
    return capnp_init_struct_list(to.s, 5, n, SCHEMA_NODE_PARAMETER_DATA_WORDS,
            SCHEMA_NODE_PARAMETER_POINTERS);
}

static inline void schema_node_set_parameters(struct schema_node_builder to,
        struct capnp_list value)
{
    capnp_copy_list(to.s, 5, value);
}

static inline bool schema_node_is_generic(struct schema_node_reader from)
{
    return capnp_bool(from.s, 288);
}

static inline void schema_node_set_is_generic(struct schema_node_builder to, bool value)
{
    capnp_set_bool(to.s, 288, value);
}


static inline uint16_t schema_node_struct_data_word_count(struct schema_node_struct_reader from)
{
    return capnp_u16(from.s, 14);
}

static inline void schema_node_struct_set_data_word_count(struct schema_node_struct_builder to,
        uint16_t value)
{
    capnp_set_u16(to.s, 14, value);
}

static inline uint16_t schema_node_struct_pointer_count(struct schema_node_struct_reader from)
{
    return capnp_u16(from.s, 24);
}

static inline void schema_node_struct_set_pointer_count(struct schema_node_struct_builder to,
        uint16_t value)
{
    capnp_set_u16(to.s, 24, value);
}

static inline enum schema_element_size
schema_node_struct_preferred_list_encoding(struct schema_node_struct_reader from)
{
    return (enum schema_element_size)capnp_u16(from.s, 26);
}

static inline void
schema_node_struct_set_preferred_list_encoding(struct schema_node_struct_builder to,
        enum schema_element_size value)
{
    capnp_set_u16(to.s, 26, (uint16_t)value);
}

static inline bool schema_node_struct_is_group(struct schema_node_struct_reader from)
{
    return capnp_bool(from.s, 224);
}

static inline void schema_node_struct_set_is_group(struct schema_node_struct_builder to, bool value)
{
    capnp_set_bool(to.s, 224, value);
}

static inline uint16_t schema_node_struct_discriminant_count(struct schema_node_struct_reader from)
{
    return capnp_u16(from.s, 30);
}

static inline void schema_node_struct_set_discriminant_count(struct schema_node_struct_builder to,
        uint16_t value)
{
    capnp_set_u16(to.s, 30, value);
}

static inline uint32_t schema_node_struct_discriminant_offset(struct schema_node_struct_reader from)
{
    return capnp_u32(from.s, 32);
}

static inline void schema_node_struct_set_discriminant_offset(struct schema_node_struct_builder to,
        uint32_t value)
{
    capnp_set_u32(to.s, 32, value);
}

static inline struct capnp_list schema_node_struct_fields(struct schema_node_struct_reader from)
{
    return capnp_pointer_list(capnp_get_pointer(from.s, 3), CAPNP_COMPOSITE);
}

static inline bool schema_node_struct_has_fields(struct schema_node_struct_reader from)
{
    return capnp_has(from.s, 3);
}

static inline struct capnp_list_builder
schema_node_struct_init_fields(struct schema_node_struct_builder to, uint32_t n)
{
    return capnp_init_struct_list(to.s, 3, n, SCHEMA_FIELD_DATA_WORDS, SCHEMA_FIELD_POINTERS);
}

static inline void schema_node_struct_set_fields(struct schema_node_struct_builder to,
        struct capnp_list value)
{
    capnp_copy_list(to.s, 3, value);
}


static inline struct capnp_list schema_node_enum_enumerants(struct schema_node_enum_reader from)
{
    return capnp_pointer_list(capnp_get_pointer(from.s, 3), CAPNP_COMPOSITE);
}

static inline bool schema_node_enum_has_enumerants(struct schema_node_enum_reader from)
{
    return capnp_has(from.s, 3);
}

static inline struct capnp_list_builder
schema_node_enum_init_enumerants(struct schema_node_enum_builder to, uint32_t n)
{
    return capnp_init_struct_list(to.s, 3, n, SCHEMA_ENUMERANT_DATA_WORDS,
            SCHEMA_ENUMERANT_POINTERS);
}

static inline void schema_node_enum_set_enumerants(struct schema_node_enum_builder to,
        struct capnp_list value)
{
    capnp_copy_list(to.s, 3, value);
}


static inline struct capnp_list
schema_node_interface_methods(struct schema_node_interface_reader from)
{
    return capnp_pointer_list(capnp_get_pointer(from.s, 3), CAPNP_COMPOSITE);
}

static inline bool schema_node_interface_has_methods(struct schema_node_interface_reader from)
{
    return capnp_has(from.s, 3);
}

static inline struct capnp_list_builder
schema_node_interface_init_methods(struct schema_node_interface_builder to, uint32_t n)
{
    return capnp_init_struct_list(to.s, 3, n, SCHEMA_METHOD_DATA_WORDS, SCHEMA_METHOD_POINTERS);
}

static inline void schema_node_interface_set_methods(struct schema_node_interface_builder to,
        struct capnp_list value)
{
    capnp_copy_list(to.s, 3, value);
}

static inline struct capnp_list
schema_node_interface_superclasses(struct schema_node_interface_reader from)
{
    return capnp_pointer_list(capnp_get_pointer(from.s, 4), CAPNP_COMPOSITE);
}

static inline bool schema_node_interface_has_superclasses(struct schema_node_interface_reader from)
{
    return capnp_has(from.s, 4);
}

static inline struct capnp_list_builder
schema_node_interface_init_superclasses(struct schema_node_interface_builder to, uint32_t n)
{
    return capnp_init_struct_list(to.s, 4, n, SCHEMA_SUPERCLASS_DATA_WORDS,
            SCHEMA_SUPERCLASS_POINTERS);
}

static inline void schema_node_interface_set_superclasses(struct schema_node_interface_builder to,
        struct capnp_list value)
{
    capnp_copy_list(to.s, 4, value);
}


static inline struct schema_type_reader schema_node_const_type(struct schema_node_const_reader from)
{
    return (struct schema_type_reader){capnp_pointer_struct(capnp_get_pointer(from.s, 3))};
}

static inline bool schema_node_const_has_type(struct schema_node_const_reader from)
{
    return capnp_has(from.s, 3);
}

static inline struct schema_type_builder
schema_node_const_init_type(struct schema_node_const_builder to)
{
    return (struct schema_type_builder){capnp_init_struct(to.s, 3, SCHEMA_TYPE_DATA_WORDS,
            SCHEMA_TYPE_POINTERS)};
}

static inline void schema_node_const_set_type(struct schema_node_const_builder to,
        struct schema_type_reader value)
{
    capnp_copy_struct(to.s, 3, value.s);
}

static inline struct schema_value_reader
schema_node_const_value(struct schema_node_const_reader from)
{
    return (struct schema_value_reader){capnp_pointer_struct(capnp_get_pointer(from.s, 4))};
}

static inline bool schema_node_const_has_value(struct schema_node_const_reader from)
{
    return capnp_has(from.s, 4);
}

static inline struct schema_value_builder
schema_node_const_init_value(struct schema_node_const_builder to)
{
    return (struct schema_value_builder){capnp_init_struct(to.s, 4, SCHEMA_VALUE_DATA_WORDS,
            SCHEMA_VALUE_POINTERS)};
}

static inline void schema_node_const_set_value(struct schema_node_const_builder to,
        struct schema_value_reader value)
{
    capnp_copy_struct(to.s, 4, value.s);
}


static inline struct schema_type_reader
schema_node_annotation_type(struct schema_node_annotation_reader from)
{
    return (struct schema_type_reader){capnp_pointer_struct(capnp_get_pointer(from.s, 3))};
}

static inline bool schema_node_annotation_has_type(struct schema_node_annotation_reader from)
{
    return capnp_has(from.s, 3);
}

static inline struct schema_type_builder
schema_node_annotation_init_type(struct schema_node_annotation_builder to)
{
    return (struct schema_type_builder){capnp_init_struct(to.s, 3, SCHEMA_TYPE_DATA_WORDS,
            SCHEMA_TYPE_POINTERS)};
}

static inline void schema_node_annotation_set_type(struct schema_node_annotation_builder to,
        struct schema_type_reader value)
{
    capnp_copy_struct(to.s, 3, value.s);
}

static inline bool schema_node_annotation_targets_file(struct schema_node_annotation_reader from)
{
    return capnp_bool(from.s, 112);
}

static inline void schema_node_annotation_set_targets_file(
        struct schema_node_annotation_builder to, bool value)
{
    capnp_set_bool(to.s, 112, value);
}

static inline bool schema_node_annotation_targets_const(struct schema_node_annotation_reader from)
{
    return capnp_bool(from.s, 113);
}

static inline void
schema_node_annotation_set_targets_const(struct schema_node_annotation_builder to, bool value)
{
    capnp_set_bool(to.s, 113, value);
}

static inline bool schema_node_annotation_targets_enum(struct schema_node_annotation_reader from)
{
    return capnp_bool(from.s, 114);
}

static inline void schema_node_annotation_set_targets_enum(
        struct schema_node_annotation_builder to, bool value)
{
    capnp_set_bool(to.s, 114, value);
}

static inline bool
schema_node_annotation_targets_enumerant(struct schema_node_annotation_reader from)
{
    return capnp_bool(from.s, 115);
}

static inline void
schema_node_annotation_set_targets_enumerant(struct schema_node_annotation_builder to, bool value)
{
    capnp_set_bool(to.s, 115, value);
}

static inline bool schema_node_annotation_targets_struct(struct schema_node_annotation_reader from)
{
    return capnp_bool(from.s, 116);
}

static inline void
schema_node_annotation_set_targets_struct(struct schema_node_annotation_builder to, bool value)
{
    capnp_set_bool(to.s, 116, value);
}

static inline bool schema_node_annotation_targets_field(struct schema_node_annotation_reader from)
{
    return capnp_bool(from.s, 117);
}

static inline void
schema_node_annotation_set_targets_field(struct schema_node_annotation_builder to, bool value)
{
    capnp_set_bool(to.s, 117, value);
}

static inline bool schema_node_annotation_targets_union(struct schema_node_annotation_reader from)
{
    return capnp_bool(from.s, 118);
}

static inline void
schema_node_annotation_set_targets_union(struct schema_node_annotation_builder to, bool value)
{
    capnp_set_bool(to.s, 118, value);
}

static inline bool schema_node_annotation_targets_group(struct schema_node_annotation_reader from)
{
    return capnp_bool(from.s, 119);
}

static inline void
schema_node_annotation_set_targets_group(struct schema_node_annotation_builder to, bool value)
{
    capnp_set_bool(to.s, 119, value);
}

static inline bool
schema_node_annotation_targets_interface(struct schema_node_annotation_reader from)
{
    return capnp_bool(from.s, 120);
}

static inline void
schema_node_annotation_set_targets_interface(struct schema_node_annotation_builder to, bool value)
{
    capnp_set_bool(to.s, 120, value);
}

static inline bool schema_node_annotation_targets_method(struct schema_node_annotation_reader from)
{
    return capnp_bool(from.s, 121);
}

static inline void
schema_node_annotation_set_targets_method(struct schema_node_annotation_builder to, bool value)
{
    capnp_set_bool(to.s, 121, value);
}

static inline bool schema_node_annotation_targets_param(struct schema_node_annotation_reader from)
{
    return capnp_bool(from.s, 122);
}

static inline void
schema_node_annotation_set_targets_param(struct schema_node_annotation_builder to, bool value)
{
    capnp_set_bool(to.s, 122, value);
}

static inline bool
schema_node_annotation_targets_annotation(struct schema_node_annotation_reader from)
{
    return capnp_bool(from.s, 123);
}

static inline void
schema_node_annotation_set_targets_annotation(struct schema_node_annotation_builder to, bool value)
{
    capnp_set_bool(to.s, 123, value);
}


static inline struct schema_node_parameter_reader
schema_node_parameter_root(struct capnp_message *message)
{
    return (struct schema_node_parameter_reader){capnp_root(message)};
}

static inline struct schema_node_parameter_builder
schema_node_parameter_init_root(struct capnp_builder *builder)
{
    return (struct schema_node_parameter_builder){capnp_init_root(builder,
            SCHEMA_NODE_PARAMETER_DATA_WORDS, SCHEMA_NODE_PARAMETER_POINTERS)};
}

static inline struct schema_node_parameter_reader schema_node_parameter_at(struct capnp_list from,
        uint32_t i)
{
    return (struct schema_node_parameter_reader){capnp_list_struct(from, i)};
}

static inline struct schema_node_parameter_builder
schema_node_parameter_init_at(struct capnp_list_builder to, uint32_t i)
{
    return (struct schema_node_parameter_builder){capnp_struct_of(to, i)};
}

static inline struct capnp_text schema_node_parameter_name(struct schema_node_parameter_reader from)
{
    return capnp_pointer_text(capnp_get_pointer(from.s, 0));
}

static inline bool schema_node_parameter_has_name(struct schema_node_parameter_reader from)
{
    return capnp_has(from.s, 0);
}

static inline void schema_node_parameter_set_name(struct schema_node_parameter_builder to,
        struct capnp_text value)
{
    capnp_set_text(to.s, 0, value);
}


static inline struct schema_node_nested_node_reader
schema_node_nested_node_root(struct capnp_message *message)
{
    return (struct schema_node_nested_node_reader){capnp_root(message)};
}

static inline struct schema_node_nested_node_builder
schema_node_nested_node_init_root(struct capnp_builder *builder)
{
    return (struct schema_node_nested_node_builder){capnp_init_root(builder,
            SCHEMA_NODE_NESTED_NODE_DATA_WORDS, SCHEMA_NODE_NESTED_NODE_POINTERS)};
}

static inline struct schema_node_nested_node_reader
schema_node_nested_node_at(struct capnp_list from, uint32_t i)
{
    return (struct schema_node_nested_node_reader){capnp_list_struct(from, i)};
}

static inline struct schema_node_nested_node_builder
schema_node_nested_node_init_at(struct capnp_list_builder to, uint32_t i)
{
    return (struct schema_node_nested_node_builder){capnp_struct_of(to, i)};
}

static inline struct capnp_text
schema_node_nested_node_name(struct schema_node_nested_node_reader from)
{
    return capnp_pointer_text(capnp_get_pointer(from.s, 0));
}

static inline bool schema_node_nested_node_has_name(struct schema_node_nested_node_reader from)
{
    return capnp_has(from.s, 0);
}

static inline void schema_node_nested_node_set_name(struct schema_node_nested_node_builder to,
        struct capnp_text value)
{
    capnp_set_text(to.s, 0, value);
}

static inline uint64_t schema_node_nested_node_id(struct schema_node_nested_node_reader from)
{
    return capnp_u64(from.s, 0);
}

static inline void schema_node_nested_node_set_id(struct schema_node_nested_node_builder to,
        uint64_t value)
{
    capnp_set_u64(to.s, 0, value);
}


static inline struct schema_node_source_info_reader
schema_node_source_info_root(struct capnp_message *message)
{
    return (struct schema_node_source_info_reader){capnp_root(message)};
}

static inline struct schema_node_source_info_builder
schema_node_source_info_init_root(struct capnp_builder *builder)
{
    return (struct schema_node_source_info_builder){capnp_init_root(builder,
            SCHEMA_NODE_SOURCE_INFO_DATA_WORDS, SCHEMA_NODE_SOURCE_INFO_POINTERS)};
}

static inline struct schema_node_source_info_reader
schema_node_source_info_at(struct capnp_list from, uint32_t i)
{
    return (struct schema_node_source_info_reader){capnp_list_struct(from, i)};
}

static inline struct schema_node_source_info_builder
schema_node_source_info_init_at(struct capnp_list_builder to, uint32_t i)
{
    return (struct schema_node_source_info_builder){capnp_struct_of(to, i)};
}

static inline uint64_t schema_node_source_info_id(struct schema_node_source_info_reader from)
{
    return capnp_u64(from.s, 0);
}

static inline void schema_node_source_info_set_id(struct schema_node_source_info_builder to,
        uint64_t value)
{
    capnp_set_u64(to.s, 0, value);
}

static inline struct capnp_text
schema_node_source_info_doc_comment(struct schema_node_source_info_reader from)
{
    return capnp_pointer_text(capnp_get_pointer(from.s, 0));
}

static inline bool
schema_node_source_info_has_doc_comment(struct schema_node_source_info_reader from)
{
    return capnp_has(from.s, 0);
}

static inline void
schema_node_source_info_set_doc_comment(struct schema_node_source_info_builder to,
        struct capnp_text value)
{
    capnp_set_text(to.s, 0, value);
}

static inline struct capnp_list
schema_node_source_info_members(struct schema_node_source_info_reader from)
{
    return capnp_pointer_list(capnp_get_pointer(from.s, 1), CAPNP_COMPOSITE);
}

static inline bool schema_node_source_info_has_members(struct schema_node_source_info_reader from)
{
    return capnp_has(from.s, 1);
}

static inline struct capnp_list_builder
schema_node_source_info_init_members(struct schema_node_source_info_builder to, uint32_t n)
{
    return capnp_init_struct_list(to.s, 1, n, SCHEMA_NODE_SOURCE_INFO_MEMBER_DATA_WORDS,
            SCHEMA_NODE_SOURCE_INFO_MEMBER_POINTERS);
}

static inline void schema_node_source_info_set_members(struct schema_node_source_info_builder to,
        struct capnp_list value)
{
    capnp_copy_list(to.s, 1, value);
}


static inline struct schema_node_source_info_member_reader
schema_node_source_info_member_root(struct capnp_message *message)
{
    return (struct schema_node_source_info_member_reader){capnp_root(message)};
}

static inline struct schema_node_source_info_member_builder
schema_node_source_info_member_init_root(struct capnp_builder *builder)
{
    return (struct schema_node_source_info_member_builder){capnp_init_root(builder,
            SCHEMA_NODE_SOURCE_INFO_MEMBER_DATA_WORDS, SCHEMA_NODE_SOURCE_INFO_MEMBER_POINTERS)};
}

static inline struct schema_node_source_info_member_reader
schema_node_source_info_member_at(struct capnp_list from, uint32_t i)
{
    return (struct schema_node_source_info_member_reader){capnp_list_struct(from, i)};
}

static inline struct schema_node_source_info_member_builder
schema_node_source_info_member_init_at(struct capnp_list_builder to, uint32_t i)
{
    return (struct schema_node_source_info_member_builder){capnp_struct_of(to, i)};
}

static inline struct capnp_text
schema_node_source_info_member_doc_comment(struct schema_node_source_info_member_reader from)
{
    return capnp_pointer_text(capnp_get_pointer(from.s, 0));
}

static inline bool
schema_node_source_info_member_has_doc_comment(struct schema_node_source_info_member_reader from)
{
    return capnp_has(from.s, 0);
}

static inline void
schema_node_source_info_member_set_doc_comment(struct schema_node_source_info_member_builder to,
        struct capnp_text value)
{
    capnp_set_text(to.s, 0, value);
}


static inline struct schema_field_reader schema_field_root(struct capnp_message *message)
{
    return (struct schema_field_reader){capnp_root(message)};
}

static inline struct schema_field_builder schema_field_init_root(struct capnp_builder *builder)
{
    return (struct schema_field_builder){capnp_init_root(builder, SCHEMA_FIELD_DATA_WORDS,
            SCHEMA_FIELD_POINTERS)};
}

static inline struct schema_field_reader schema_field_at(struct capnp_list from, uint32_t i)
{
    return (struct schema_field_reader){capnp_list_struct(from, i)};
}

static inline struct schema_field_builder schema_field_init_at(struct capnp_list_builder to,
        uint32_t i)
{
    return (struct schema_field_builder){capnp_struct_of(to, i)};
}

static inline enum schema_field_which schema_field_which(struct schema_field_reader from)
{
    return (enum schema_field_which)capnp_u16(from.s, 8);
}

static inline struct capnp_text schema_field_name(struct schema_field_reader from)
{
    return capnp_pointer_text(capnp_get_pointer(from.s, 0));
}

static inline bool schema_field_has_name(struct schema_field_reader from)
{
    return capnp_has(from.s, 0);
}

static inline void schema_field_set_name(struct schema_field_builder to, struct capnp_text value)
{
    capnp_set_text(to.s, 0, value);
}

static inline uint16_t schema_field_code_order(struct schema_field_reader from)
{
    return capnp_u16(from.s, 0);
}

static inline void schema_field_set_code_order(struct schema_field_builder to, uint16_t value)
{
    capnp_set_u16(to.s, 0, value);
}

static inline struct capnp_list schema_field_annotations(struct schema_field_reader from)
{
    return capnp_pointer_list(capnp_get_pointer(from.s, 1), CAPNP_COMPOSITE);
}

static inline bool schema_field_has_annotations(struct schema_field_reader from)
{
    return capnp_has(from.s, 1);
}

static inline struct capnp_list_builder
schema_field_init_annotations(struct schema_field_builder to, uint32_t n)
{
    return capnp_init_struct_list(to.s, 1, n, SCHEMA_ANNOTATION_DATA_WORDS,
            SCHEMA_ANNOTATION_POINTERS);
}

static inline void schema_field_set_annotations(struct schema_field_builder to,
        struct capnp_list value)
{
    capnp_copy_list(to.s, 1, value);
}

static inline uint16_t schema_field_discriminant_value(struct schema_field_reader from)
{
    return capnp_u16(from.s, 2) ^ 0xffff;
}

static inline void schema_field_set_discriminant_value(struct schema_field_builder to,
        uint16_t value)
{
    capnp_set_u16(to.s, 2, value ^ 0xffff);
}

static inline struct schema_field_slot_reader schema_field_slot(struct schema_field_reader from)
{
    return (struct schema_field_slot_reader){from.s};
}

static inline struct schema_field_slot_builder
schema_field_init_slot(struct schema_field_builder to)
{
    capnp_set_u16(to.s, 8, 0);
    capnp_set_u32(to.s, 4, 0);
    capnp_set_cap(to.s, 2, CAPNP_NO_CAP);
    capnp_set_cap(to.s, 3, CAPNP_NO_CAP);
    capnp_set_bool(to.s, 128, false);
    return (struct schema_field_slot_builder){to.s};
}

static inline struct schema_field_group_reader schema_field_group(struct schema_field_reader from)
{
    return (struct schema_field_group_reader){from.s};
}

static inline struct schema_field_group_builder
schema_field_init_group(struct schema_field_builder to)
{
    capnp_set_u16(to.s, 8, 1);
    capnp_set_u64(to.s, 16, 0);
    return (struct schema_field_group_builder){to.s};
}

static inline struct schema_field_ordinal_reader
schema_field_ordinal(struct schema_field_reader from)
{
    return (struct schema_field_ordinal_reader){from.s};
}

static inline struct schema_field_ordinal_builder
schema_field_init_ordinal(struct schema_field_builder to)
{
    return (struct schema_field_ordinal_builder){to.s};
}


static inline uint32_t schema_field_slot_offset(struct schema_field_slot_reader from)
{
    return capnp_u32(from.s, 4);
}

static inline void schema_field_slot_set_offset(struct schema_field_slot_builder to, uint32_t value)
{
    capnp_set_u32(to.s, 4, value);
}

static inline struct schema_type_reader schema_field_slot_type(struct schema_field_slot_reader from)
{
    return (struct schema_type_reader){capnp_pointer_struct(capnp_get_pointer(from.s, 2))};
}

static inline bool schema_field_slot_has_type(struct schema_field_slot_reader from)
{
    return capnp_has(from.s, 2);
}

static inline struct schema_type_builder
schema_field_slot_init_type(struct schema_field_slot_builder to)
{
    return (struct schema_type_builder){capnp_init_struct(to.s, 2, SCHEMA_TYPE_DATA_WORDS,
            SCHEMA_TYPE_POINTERS)};
}

static inline void schema_field_slot_set_type(struct schema_field_slot_builder to,
        struct schema_type_reader value)
{
    capnp_copy_struct(to.s, 2, value.s);
}

static inline struct schema_value_reader
schema_field_slot_default_value(struct schema_field_slot_reader from)
{
    return (struct schema_value_reader){capnp_pointer_struct(capnp_get_pointer(from.s, 3))};
}

static inline bool schema_field_slot_has_default_value(struct schema_field_slot_reader from)
{
    return capnp_has(from.s, 3);
}

static inline struct schema_value_builder
schema_field_slot_init_default_value(struct schema_field_slot_builder to)
{
    return (struct schema_value_builder){capnp_init_struct(to.s, 3, SCHEMA_VALUE_DATA_WORDS,
            SCHEMA_VALUE_POINTERS)};
}

static inline void schema_field_slot_set_default_value(struct schema_field_slot_builder to,
        struct schema_value_reader value)
{
    capnp_copy_struct(to.s, 3, value.s);
}

static inline bool schema_field_slot_had_explicit_default(struct schema_field_slot_reader from)
{
    return capnp_bool(from.s, 128);
}

static inline void schema_field_slot_set_had_explicit_default(struct schema_field_slot_builder to,
        bool value)
{
    capnp_set_bool(to.s, 128, value);
}


static inline uint64_t schema_field_group_type_id(struct schema_field_group_reader from)
{
    return capnp_u64(from.s, 16);
}

static inline void schema_field_group_set_type_id(struct schema_field_group_builder to,
        uint64_t value)
{
    capnp_set_u64(to.s, 16, value);
}


static inline enum schema_field_ordinal_which
schema_field_ordinal_which(struct schema_field_ordinal_reader from)
{
    return (enum schema_field_ordinal_which)capnp_u16(from.s, 10);
}

static inline void schema_field_ordinal_set_implicit(struct schema_field_ordinal_builder to)
{
    capnp_set_u16(to.s, 10, 0);
}

static inline uint16_t schema_field_ordinal_explicit(struct schema_field_ordinal_reader from)
{
    return capnp_u16(from.s, 12);
}

static inline void schema_field_ordinal_set_explicit(struct schema_field_ordinal_builder to,
        uint16_t value)
{
    capnp_set_u16(to.s, 10, 1);
    capnp_set_u16(to.s, 12, value);
}


static inline struct schema_enumerant_reader schema_enumerant_root(struct capnp_message *message)
{
    return (struct schema_enumerant_reader){capnp_root(message)};
}

static inline struct schema_enumerant_builder
schema_enumerant_init_root(struct capnp_builder *builder)
{
    return (struct schema_enumerant_builder){capnp_init_root(builder, SCHEMA_ENUMERANT_DATA_WORDS,
            SCHEMA_ENUMERANT_POINTERS)};
}

static inline struct schema_enumerant_reader schema_enumerant_at(struct capnp_list from, uint32_t i)
{
    return (struct schema_enumerant_reader){capnp_list_struct(from, i)};
}

static inline struct schema_enumerant_builder schema_enumerant_init_at(
        struct capnp_list_builder to, uint32_t i)
{
    return (struct schema_enumerant_builder){capnp_struct_of(to, i)};
}

static inline struct capnp_text schema_enumerant_name(struct schema_enumerant_reader from)
{
    return capnp_pointer_text(capnp_get_pointer(from.s, 0));
}

static inline bool schema_enumerant_has_name(struct schema_enumerant_reader from)
{
    return capnp_has(from.s, 0);
}

static inline void schema_enumerant_set_name(struct schema_enumerant_builder to,
        struct capnp_text value)
{
    capnp_set_text(to.s, 0, value);
}

static inline uint16_t schema_enumerant_code_order(struct schema_enumerant_reader from)
{
    return capnp_u16(from.s, 0);
}

static inline void schema_enumerant_set_code_order(struct schema_enumerant_builder to,
        uint16_t value)
{
    capnp_set_u16(to.s, 0, value);
}

static inline struct capnp_list schema_enumerant_annotations(struct schema_enumerant_reader from)
{
    return capnp_pointer_list(capnp_get_pointer(from.s, 1), CAPNP_COMPOSITE);
}

static inline bool schema_enumerant_has_annotations(struct schema_enumerant_reader from)
{
    return capnp_has(from.s, 1);
}

static inline struct capnp_list_builder
schema_enumerant_init_annotations(struct schema_enumerant_builder to, uint32_t n)
{
    return capnp_init_struct_list(to.s, 1, n, SCHEMA_ANNOTATION_DATA_WORDS,
            SCHEMA_ANNOTATION_POINTERS);
}

static inline void schema_enumerant_set_annotations(struct schema_enumerant_builder to,
        struct capnp_list value)
{
    capnp_copy_list(to.s, 1, value);
}


static inline struct schema_superclass_reader schema_superclass_root(struct capnp_message *message)
{
    return (struct schema_superclass_reader){capnp_root(message)};
}

static inline struct schema_superclass_builder
schema_superclass_init_root(struct capnp_builder *builder)
{
    return (struct schema_superclass_builder){capnp_init_root(builder,
            SCHEMA_SUPERCLASS_DATA_WORDS, SCHEMA_SUPERCLASS_POINTERS)};
}

static inline struct schema_superclass_reader schema_superclass_at(struct capnp_list from,
        uint32_t i)
{
    return (struct schema_superclass_reader){capnp_list_struct(from, i)};
}

static inline struct schema_superclass_builder
schema_superclass_init_at(struct capnp_list_builder to, uint32_t i)
{
    return (struct schema_superclass_builder){capnp_struct_of(to, i)};
}

static inline uint64_t schema_superclass_id(struct schema_superclass_reader from)
{
    return capnp_u64(from.s, 0);
}

static inline void schema_superclass_set_id(struct schema_superclass_builder to, uint64_t value)
{
    capnp_set_u64(to.s, 0, value);
}

static inline struct schema_brand_reader
schema_superclass_brand(struct schema_superclass_reader from)
{
    return (struct schema_brand_reader){capnp_pointer_struct(capnp_get_pointer(from.s, 0))};
}

static inline bool schema_superclass_has_brand(struct schema_superclass_reader from)
{
    return capnp_has(from.s, 0);
}

static inline struct schema_brand_builder
schema_superclass_init_brand(struct schema_superclass_builder to)
{
    return (struct schema_brand_builder){capnp_init_struct(to.s, 0, SCHEMA_BRAND_DATA_WORDS,
            SCHEMA_BRAND_POINTERS)};
}

static inline void schema_superclass_set_brand(struct schema_superclass_builder to,
        struct schema_brand_reader value)
{
    capnp_copy_struct(to.s, 0, value.s);
}


static inline struct schema_method_reader schema_method_root(struct capnp_message *message)
{
    return (struct schema_method_reader){capnp_root(message)};
}

static inline struct schema_method_builder schema_method_init_root(struct capnp_builder *builder)
{
    return (struct schema_method_builder){capnp_init_root(builder, SCHEMA_METHOD_DATA_WORDS,
            SCHEMA_METHOD_POINTERS)};
}

static inline struct schema_method_reader schema_method_at(struct capnp_list from, uint32_t i)
{
    return (struct schema_method_reader){capnp_list_struct(from, i)};
}

static inline struct schema_method_builder schema_method_init_at(struct capnp_list_builder to,
        uint32_t i)
{
    return (struct schema_method_builder){capnp_struct_of(to, i)};
}

static inline struct capnp_text schema_method_name(struct schema_method_reader from)
{
    return capnp_pointer_text(capnp_get_pointer(from.s, 0));
}

static inline bool schema_method_has_name(struct schema_method_reader from)
{
    return capnp_has(from.s, 0);
}

static inline void schema_method_set_name(struct schema_method_builder to, struct capnp_text value)
{
    capnp_set_text(to.s, 0, value);
}

static inline uint16_t schema_method_code_order(struct schema_method_reader from)
{
    return capnp_u16(from.s, 0);
}

static inline void schema_method_set_code_order(struct schema_method_builder to, uint16_t value)
{
    capnp_set_u16(to.s, 0, value);
}

static inline uint64_t schema_method_param_struct_type(struct schema_method_reader from)
{
    return capnp_u64(from.s, 8);
}

static inline void schema_method_set_param_struct_type(struct schema_method_builder to,
        uint64_t value)
{
    capnp_set_u64(to.s, 8, value);
}

static inline uint64_t schema_method_result_struct_type(struct schema_method_reader from)
{
    return capnp_u64(from.s, 16);
}

static inline void schema_method_set_result_struct_type(struct schema_method_builder to,
        uint64_t value)
{
    capnp_set_u64(to.s, 16, value);
}

static inline struct capnp_list schema_method_annotations(struct schema_method_reader from)
{
    return capnp_pointer_list(capnp_get_pointer(from.s, 1), CAPNP_COMPOSITE);
}

static inline bool schema_method_has_annotations(struct schema_method_reader from)
{
    return capnp_has(from.s, 1);
}

static inline struct capnp_list_builder
schema_method_init_annotations(struct schema_method_builder to, uint32_t n)
{
    return capnp_init_struct_list(to.s, 1, n, SCHEMA_ANNOTATION_DATA_WORDS,
            SCHEMA_ANNOTATION_POINTERS);
}

static inline void schema_method_set_annotations(struct schema_method_builder to,
        struct capnp_list value)
{
    capnp_copy_list(to.s, 1, value);
}

static inline struct schema_brand_reader schema_method_param_brand(struct schema_method_reader from)
{
    return (struct schema_brand_reader){capnp_pointer_struct(capnp_get_pointer(from.s, 2))};
}

static inline bool schema_method_has_param_brand(struct schema_method_reader from)
{
    return capnp_has(from.s, 2);
}

static inline struct schema_brand_builder
schema_method_init_param_brand(struct schema_method_builder to)
{
    return (struct schema_brand_builder){capnp_init_struct(to.s, 2, SCHEMA_BRAND_DATA_WORDS,
            SCHEMA_BRAND_POINTERS)};
}

static inline void schema_method_set_param_brand(struct schema_method_builder to,
        struct schema_brand_reader value)
{
    capnp_copy_struct(to.s, 2, value.s);
}

static inline struct schema_brand_reader
schema_method_result_brand(struct schema_method_reader from)
{
    return (struct schema_brand_reader){capnp_pointer_struct(capnp_get_pointer(from.s, 3))};
}

static inline bool schema_method_has_result_brand(struct schema_method_reader from)
{
    return capnp_has(from.s, 3);
}

static inline struct schema_brand_builder
schema_method_init_result_brand(struct schema_method_builder to)
{
    return (struct schema_brand_builder){capnp_init_struct(to.s, 3, SCHEMA_BRAND_DATA_WORDS,
            SCHEMA_BRAND_POINTERS)};
}

static inline void schema_method_set_result_brand(struct schema_method_builder to,
        struct schema_brand_reader value)
{
    capnp_copy_struct(to.s, 3, value.s);
}

static inline struct capnp_list schema_method_implicit_parameters(struct schema_method_reader from)
{
    return capnp_pointer_list(capnp_get_pointer(from.s, 4), CAPNP_COMPOSITE);
}

static inline bool schema_method_has_implicit_parameters(struct schema_method_reader from)
{
    return capnp_has(from.s, 4);
}

static inline struct capnp_list_builder
schema_method_init_implicit_parameters(struct schema_method_builder to, uint32_t n)
{
    return capnp_init_struct_list(to.s, 4, n, SCHEMA_NODE_PARAMETER_DATA_WORDS,
            SCHEMA_NODE_PARAMETER_POINTERS);
}

static inline void schema_method_set_implicit_parameters(struct schema_method_builder to,
        struct capnp_list value)
{
    capnp_copy_list(to.s, 4, value);
}


static inline struct schema_type_reader schema_type_root(struct capnp_message *message)
{
    return (struct schema_type_reader){capnp_root(message)};
}

static inline struct schema_type_builder schema_type_init_root(struct capnp_builder *builder)
{
    return (struct schema_type_builder){capnp_init_root(builder, SCHEMA_TYPE_DATA_WORDS,
            SCHEMA_TYPE_POINTERS)};
}

static inline struct schema_type_reader schema_type_at(struct capnp_list from, uint32_t i)
{
    return (struct schema_type_reader){capnp_list_struct(from, i)};
}

static inline struct schema_type_builder schema_type_init_at(struct capnp_list_builder to,
        uint32_t i)
{
    return (struct schema_type_builder){capnp_struct_of(to, i)};
}

static inline enum schema_type_which schema_type_which(struct schema_type_reader from)
{
    return (enum schema_type_which)capnp_u16(from.s, 0);
}

static inline void schema_type_set_void(struct schema_type_builder to)
{
    capnp_set_u16(to.s, 0, 0);
}

static inline void schema_type_set_bool(struct schema_type_builder to)
{
    capnp_set_u16(to.s, 0, 1);
}

static inline void schema_type_set_int8(struct schema_type_builder to)
{
    capnp_set_u16(to.s, 0, 2);
}

static inline void schema_type_set_int16(struct schema_type_builder to)
{
    capnp_set_u16(to.s, 0, 3);
}

static inline void schema_type_set_int32(struct schema_type_builder to)
{
    capnp_set_u16(to.s, 0, 4);
}

static inline void schema_type_set_int64(struct schema_type_builder to)
{
    capnp_set_u16(to.s, 0, 5);
}

static inline void schema_type_set_uint8(struct schema_type_builder to)
{
    capnp_set_u16(to.s, 0, 6);
}

static inline void schema_type_set_uint16(struct schema_type_builder to)
{
    capnp_set_u16(to.s, 0, 7);
}

static inline void schema_type_set_uint32(struct schema_type_builder to)
{
    capnp_set_u16(to.s, 0, 8);
}

static inline void schema_type_set_uint64(struct schema_type_builder to)
{
    capnp_set_u16(to.s, 0, 9);
}

static inline void schema_type_set_float32(struct schema_type_builder to)
{
    capnp_set_u16(to.s, 0, 10);
}

static inline void schema_type_set_float64(struct schema_type_builder to)
{
    capnp_set_u16(to.s, 0, 11);
}

static inline void schema_type_set_text(struct schema_type_builder to)
{
    capnp_set_u16(to.s, 0, 12);
}

static inline void schema_type_set_data(struct schema_type_builder to)
{
    capnp_set_u16(to.s, 0, 13);
}

static inline struct schema_type_list_reader schema_type_list(struct schema_type_reader from)
{
    return (struct schema_type_list_reader){from.s};
}

static inline struct schema_type_list_builder schema_type_init_list(struct schema_type_builder to)
{
    capnp_set_u16(to.s, 0, 14);
    capnp_set_cap(to.s, 0, CAPNP_NO_CAP);
    return (struct schema_type_list_builder){to.s};
}

static inline struct schema_type_enum_reader schema_type_enum(struct schema_type_reader from)
{
    return (struct schema_type_enum_reader){from.s};
}

static inline struct schema_type_enum_builder schema_type_init_enum(struct schema_type_builder to)
{
    capnp_set_u16(to.s, 0, 15);
    capnp_set_u64(to.s, 8, 0);
    capnp_set_cap(to.s, 0, CAPNP_NO_CAP);
    return (struct schema_type_enum_builder){to.s};
}

static inline struct schema_type_struct_reader schema_type_struct(struct schema_type_reader from)
{
    return (struct schema_type_struct_reader){from.s};
}

static inline struct schema_type_struct_builder
schema_type_init_struct(struct schema_type_builder to)
{
    capnp_set_u16(to.s, 0, 16);
    capnp_set_u64(to.s, 8, 0);
    capnp_set_cap(to.s, 0, CAPNP_NO_CAP);
    return (struct schema_type_struct_builder){to.s};
}

static inline struct schema_type_interface_reader
schema_type_interface(struct schema_type_reader from)
{
    return (struct schema_type_interface_reader){from.s};
}

static inline struct schema_type_interface_builder
schema_type_init_interface(struct schema_type_builder to)
{
    capnp_set_u16(to.s, 0, 17);
    capnp_set_u64(to.s, 8, 0);
    capnp_set_cap(to.s, 0, CAPNP_NO_CAP);
    return (struct schema_type_interface_builder){to.s};
}

static inline struct schema_type_any_pointer_reader
schema_type_any_pointer(struct schema_type_reader from)
{
    return (struct schema_type_any_pointer_reader){from.s};
}

static inline struct schema_type_any_pointer_builder
schema_type_init_any_pointer(struct schema_type_builder to)
{
    capnp_set_u16(to.s, 0, 18);
    capnp_set_u16(to.s, 8, 0);
    capnp_set_u16(to.s, 10, 0);
    capnp_set_u64(to.s, 16, 0);
    capnp_set_u16(to.s, 10, 0);
    capnp_set_u16(to.s, 10, 0);
    return (struct schema_type_any_pointer_builder){to.s};
}


static inline struct schema_type_reader
schema_type_list_element_type(struct schema_type_list_reader from)
{
    return (struct schema_type_reader){capnp_pointer_struct(capnp_get_pointer(from.s, 0))};
}

static inline bool schema_type_list_has_element_type(struct schema_type_list_reader from)
{
    return capnp_has(from.s, 0);
}

static inline struct schema_type_builder
schema_type_list_init_element_type(struct schema_type_list_builder to)
{
    return (struct schema_type_builder){capnp_init_struct(to.s, 0, SCHEMA_TYPE_DATA_WORDS,
            SCHEMA_TYPE_POINTERS)};
}

static inline void schema_type_list_set_element_type(struct schema_type_list_builder to,
        struct schema_type_reader value)
{
    capnp_copy_struct(to.s, 0, value.s);
}


static inline uint64_t schema_type_enum_type_id(struct schema_type_enum_reader from)
{
    return capnp_u64(from.s, 8);
}

static inline void schema_type_enum_set_type_id(struct schema_type_enum_builder to, uint64_t value)
{
    capnp_set_u64(to.s, 8, value);
}

static inline struct schema_brand_reader schema_type_enum_brand(struct schema_type_enum_reader from)
{
    return (struct schema_brand_reader){capnp_pointer_struct(capnp_get_pointer(from.s, 0))};
}

static inline bool schema_type_enum_has_brand(struct schema_type_enum_reader from)
{
    return capnp_has(from.s, 0);
}

static inline struct schema_brand_builder
schema_type_enum_init_brand(struct schema_type_enum_builder to)
{
    return (struct schema_brand_builder){capnp_init_struct(to.s, 0, SCHEMA_BRAND_DATA_WORDS,
            SCHEMA_BRAND_POINTERS)};
}

static inline void schema_type_enum_set_brand(struct schema_type_enum_builder to,
        struct schema_brand_reader value)
{
    capnp_copy_struct(to.s, 0, value.s);
}


static inline uint64_t schema_type_struct_type_id(struct schema_type_struct_reader from)
{
    return capnp_u64(from.s, 8);
}

static inline void schema_type_struct_set_type_id(struct schema_type_struct_builder to,
        uint64_t value)
{
    capnp_set_u64(to.s, 8, value);
}

static inline struct schema_brand_reader
schema_type_struct_brand(struct schema_type_struct_reader from)
{
    return (struct schema_brand_reader){capnp_pointer_struct(capnp_get_pointer(from.s, 0))};
}

static inline bool schema_type_struct_has_brand(struct schema_type_struct_reader from)
{
    return capnp_has(from.s, 0);
}

static inline struct schema_brand_builder
schema_type_struct_init_brand(struct schema_type_struct_builder to)
{
    return (struct schema_brand_builder){capnp_init_struct(to.s, 0, SCHEMA_BRAND_DATA_WORDS,
            SCHEMA_BRAND_POINTERS)};
}

static inline void schema_type_struct_set_brand(struct schema_type_struct_builder to,
        struct schema_brand_reader value)
{
    capnp_copy_struct(to.s, 0, value.s);
}


static inline uint64_t schema_type_interface_type_id(struct schema_type_interface_reader from)
{
    return capnp_u64(from.s, 8);
}

static inline void schema_type_interface_set_type_id(struct schema_type_interface_builder to,
        uint64_t value)
{
    capnp_set_u64(to.s, 8, value);
}

static inline struct schema_brand_reader
schema_type_interface_brand(struct schema_type_interface_reader from)
{
    return (struct schema_brand_reader){capnp_pointer_struct(capnp_get_pointer(from.s, 0))};
}

static inline bool schema_type_interface_has_brand(struct schema_type_interface_reader from)
{
    return capnp_has(from.s, 0);
}

static inline struct schema_brand_builder
schema_type_interface_init_brand(struct schema_type_interface_builder to)
{
    return (struct schema_brand_builder){capnp_init_struct(to.s, 0, SCHEMA_BRAND_DATA_WORDS,
            SCHEMA_BRAND_POINTERS)};
}

static inline void schema_type_interface_set_brand(struct schema_type_interface_builder to,
        struct schema_brand_reader value)
{
    capnp_copy_struct(to.s, 0, value.s);
}


static inline enum schema_type_any_pointer_which
schema_type_any_pointer_which(struct schema_type_any_pointer_reader from)
{
    return (enum schema_type_any_pointer_which)capnp_u16(from.s, 8);
}

static inline struct schema_type_any_pointer_unconstrained_reader
schema_type_any_pointer_unconstrained(struct schema_type_any_pointer_reader from)
{
    return (struct schema_type_any_pointer_unconstrained_reader){from.s};
}

static inline struct schema_type_any_pointer_unconstrained_builder
schema_type_any_pointer_init_unconstrained(struct schema_type_any_pointer_builder to)
{
    capnp_set_u16(to.s, 8, 0);
    capnp_set_u16(to.s, 10, 0);
    return (struct schema_type_any_pointer_unconstrained_builder){to.s};
}

static inline struct schema_type_any_pointer_parameter_reader
schema_type_any_pointer_parameter(struct schema_type_any_pointer_reader from)
{
    return (struct schema_type_any_pointer_parameter_reader){from.s};
}

static inline struct schema_type_any_pointer_parameter_builder
schema_type_any_pointer_init_parameter(struct schema_type_any_pointer_builder to)
{
    capnp_set_u16(to.s, 8, 1);
    capnp_set_u64(to.s, 16, 0);
    capnp_set_u16(to.s, 10, 0);
    return (struct schema_type_any_pointer_parameter_builder){to.s};
}

static inline struct schema_type_any_pointer_implicit_method_parameter_reader
schema_type_any_pointer_implicit_method_parameter(struct schema_type_any_pointer_reader from)
{
    return (struct schema_type_any_pointer_implicit_method_parameter_reader){from.s};
}

static inline struct schema_type_any_pointer_implicit_method_parameter_builder
schema_type_any_pointer_init_implicit_method_parameter(struct schema_type_any_pointer_builder to)
{
    capnp_set_u16(to.s, 8, 2);
    capnp_set_u16(to.s, 10, 0);
    return (struct schema_type_any_pointer_implicit_method_parameter_builder){to.s};
}


static inline enum schema_type_any_pointer_unconstrained_which
schema_type_any_pointer_unconstrained_which(
        struct schema_type_any_pointer_unconstrained_reader from)
{
    return (enum schema_type_any_pointer_unconstrained_which)capnp_u16(from.s, 10);
}

static inline void
schema_type_any_pointer_unconstrained_set_any_kind(
        struct schema_type_any_pointer_unconstrained_builder to)
{
    capnp_set_u16(to.s, 10, 0);
}

static inline void
schema_type_any_pointer_unconstrained_set_struct(
        struct schema_type_any_pointer_unconstrained_builder to)
{
    capnp_set_u16(to.s, 10, 1);
}

static inline void
schema_type_any_pointer_unconstrained_set_list(
        struct schema_type_any_pointer_unconstrained_builder to)
{
    capnp_set_u16(to.s, 10, 2);
}

static inline void
schema_type_any_pointer_unconstrained_set_capability(
        struct schema_type_any_pointer_unconstrained_builder to)
{
    capnp_set_u16(to.s, 10, 3);
}


static inline uint64_t
schema_type_any_pointer_parameter_scope_id(struct schema_type_any_pointer_parameter_reader from)
{
    return capnp_u64(from.s, 16);
}

static inline void
schema_type_any_pointer_parameter_set_scope_id(struct schema_type_any_pointer_parameter_builder to,
        uint64_t value)
{
    capnp_set_u64(to.s, 16, value);
}

static inline uint16_t
schema_type_any_pointer_parameter_parameter_index(
        struct schema_type_any_pointer_parameter_reader from)
{
    return capnp_u16(from.s, 10);
}

static inline void
schema_type_any_pointer_parameter_set_parameter_index(
        struct schema_type_any_pointer_parameter_builder to, uint16_t value)
{
    capnp_set_u16(to.s, 10, value);
}


static inline uint16_t
schema_type_any_pointer_implicit_method_parameter_parameter_index(
        struct schema_type_any_pointer_implicit_method_parameter_reader from)
{
    return capnp_u16(from.s, 10);
}

static inline void
schema_type_any_pointer_implicit_method_parameter_set_parameter_index(
        struct schema_type_any_pointer_implicit_method_parameter_builder to, uint16_t value)
{
    capnp_set_u16(to.s, 10, value);
}


static inline struct schema_brand_reader schema_brand_root(struct capnp_message *message)
{
    return (struct schema_brand_reader){capnp_root(message)};
}

static inline struct schema_brand_builder schema_brand_init_root(struct capnp_builder *builder)
{
    return (struct schema_brand_builder){capnp_init_root(builder, SCHEMA_BRAND_DATA_WORDS,
            SCHEMA_BRAND_POINTERS)};
}

static inline struct schema_brand_reader schema_brand_at(struct capnp_list from, uint32_t i)
{
    return (struct schema_brand_reader){capnp_list_struct(from, i)};
}

static inline struct schema_brand_builder schema_brand_init_at(struct capnp_list_builder to,
        uint32_t i)
{
    return (struct schema_brand_builder){capnp_struct_of(to, i)};
}

static inline struct capnp_list schema_brand_scopes(struct schema_brand_reader from)
{
    return capnp_pointer_list(capnp_get_pointer(from.s, 0), CAPNP_COMPOSITE);
}

static inline bool schema_brand_has_scopes(struct schema_brand_reader from)
{
    return capnp_has(from.s, 0);
}

static inline struct capnp_list_builder schema_brand_init_scopes(struct schema_brand_builder to,
        uint32_t n)
{
    return capnp_init_struct_list(to.s, 0, n, SCHEMA_BRAND_SCOPE_DATA_WORDS,
            SCHEMA_BRAND_SCOPE_POINTERS);
}

static inline void schema_brand_set_scopes(struct schema_brand_builder to, struct capnp_list value)
{
    capnp_copy_list(to.s, 0, value);
}


static inline struct schema_brand_scope_reader
schema_brand_scope_root(struct capnp_message *message)
{
    return (struct schema_brand_scope_reader){capnp_root(message)};
}

static inline struct schema_brand_scope_builder
schema_brand_scope_init_root(struct capnp_builder *builder)
{
    return (struct schema_brand_scope_builder){capnp_init_root(builder,
            SCHEMA_BRAND_SCOPE_DATA_WORDS, SCHEMA_BRAND_SCOPE_POINTERS)};
}

static inline struct schema_brand_scope_reader schema_brand_scope_at(struct capnp_list from,
        uint32_t i)
{
    return (struct schema_brand_scope_reader){capnp_list_struct(from, i)};
}

static inline struct schema_brand_scope_builder
schema_brand_scope_init_at(struct capnp_list_builder to, uint32_t i)
{
    return (struct schema_brand_scope_builder){capnp_struct_of(to, i)};
}

static inline enum schema_brand_scope_which
schema_brand_scope_which(struct schema_brand_scope_reader from)
{
    return (enum schema_brand_scope_which)capnp_u16(from.s, 8);
}

static inline uint64_t schema_brand_scope_scope_id(struct schema_brand_scope_reader from)
{
    return capnp_u64(from.s, 0);
}

static inline void schema_brand_scope_set_scope_id(struct schema_brand_scope_builder to,
        uint64_t value)
{
    capnp_set_u64(to.s, 0, value);
}

static inline struct capnp_list schema_brand_scope_bind(struct schema_brand_scope_reader from)
{
    return capnp_pointer_list(capnp_get_pointer(from.s, 0), CAPNP_COMPOSITE);
}

static inline bool schema_brand_scope_has_bind(struct schema_brand_scope_reader from)
{
    return capnp_has(from.s, 0);
}

static inline struct capnp_list_builder
schema_brand_scope_init_bind(struct schema_brand_scope_builder to, uint32_t n)
{
    capnp_set_u16(to.s, 8, 0);
    return capnp_init_struct_list(to.s, 0, n, SCHEMA_BRAND_BINDING_DATA_WORDS,
            SCHEMA_BRAND_BINDING_POINTERS);
}

static inline void schema_brand_scope_set_bind(struct schema_brand_scope_builder to,
        struct capnp_list value)
{
    capnp_set_u16(to.s, 8, 0);
    capnp_copy_list(to.s, 0, value);
}

static inline void schema_brand_scope_set_inherit(struct schema_brand_scope_builder to)
{
    capnp_set_u16(to.s, 8, 1);
}


static inline struct schema_brand_binding_reader
schema_brand_binding_root(struct capnp_message *message)
{
    return (struct schema_brand_binding_reader){capnp_root(message)};
}

static inline struct schema_brand_binding_builder
schema_brand_binding_init_root(struct capnp_builder *builder)
{
    return (struct schema_brand_binding_builder){capnp_init_root(builder,
            SCHEMA_BRAND_BINDING_DATA_WORDS, SCHEMA_BRAND_BINDING_POINTERS)};
}

static inline struct schema_brand_binding_reader schema_brand_binding_at(struct capnp_list from,
        uint32_t i)
{
    return (struct schema_brand_binding_reader){capnp_list_struct(from, i)};
}

static inline struct schema_brand_binding_builder
schema_brand_binding_init_at(struct capnp_list_builder to, uint32_t i)
{
    return (struct schema_brand_binding_builder){capnp_struct_of(to, i)};
}

static inline enum schema_brand_binding_which
schema_brand_binding_which(struct schema_brand_binding_reader from)
{
    return (enum schema_brand_binding_which)capnp_u16(from.s, 0);
}

static inline void schema_brand_binding_set_unbound(struct schema_brand_binding_builder to)
{
    capnp_set_u16(to.s, 0, 0);
}

static inline struct schema_type_reader
schema_brand_binding_type(struct schema_brand_binding_reader from)
{
    return (struct schema_type_reader){capnp_pointer_struct(capnp_get_pointer(from.s, 0))};
}

static inline bool schema_brand_binding_has_type(struct schema_brand_binding_reader from)
{
    return capnp_has(from.s, 0);
}

static inline struct schema_type_builder
schema_brand_binding_init_type(struct schema_brand_binding_builder to)
{
    capnp_set_u16(to.s, 0, 1);
    return (struct schema_type_builder){capnp_init_struct(to.s, 0, SCHEMA_TYPE_DATA_WORDS,
            SCHEMA_TYPE_POINTERS)};
}

static inline void schema_brand_binding_set_type(struct schema_brand_binding_builder to,
        struct schema_type_reader value)
{
    capnp_set_u16(to.s, 0, 1);
    capnp_copy_struct(to.s, 0, value.s);
}


static inline struct schema_value_reader schema_value_root(struct capnp_message *message)
{
    return (struct schema_value_reader){capnp_root(message)};
}

static inline struct schema_value_builder schema_value_init_root(struct capnp_builder *builder)
{
    return (struct schema_value_builder){capnp_init_root(builder, SCHEMA_VALUE_DATA_WORDS,
            SCHEMA_VALUE_POINTERS)};
}

static inline struct schema_value_reader schema_value_at(struct capnp_list from, uint32_t i)
{
    return (struct schema_value_reader){capnp_list_struct(from, i)};
}

static inline struct schema_value_builder schema_value_init_at(struct capnp_list_builder to,
        uint32_t i)
{
    return (struct schema_value_builder){capnp_struct_of(to, i)};
}

static inline enum schema_value_which schema_value_which(struct schema_value_reader from)
{
    return (enum schema_value_which)capnp_u16(from.s, 0);
}

static inline void schema_value_set_void(struct schema_value_builder to)
{
    capnp_set_u16(to.s, 0, 0);
}

static inline bool schema_value_bool(struct schema_value_reader from)
{
    return capnp_bool(from.s, 16);
}

static inline void schema_value_set_bool(struct schema_value_builder to, bool value)
{
    capnp_set_u16(to.s, 0, 1);
    capnp_set_bool(to.s, 16, value);
}

static inline int8_t schema_value_int8(struct schema_value_reader from)
{
    return (int8_t)capnp_u8(from.s, 2);
}

static inline void schema_value_set_int8(struct schema_value_builder to, int8_t value)
{
    capnp_set_u16(to.s, 0, 2);
    capnp_set_u8(to.s, 2, (uint8_t)value);
}

static inline int16_t schema_value_int16(struct schema_value_reader from)
{
    return (int16_t)capnp_u16(from.s, 2);
}

static inline void schema_value_set_int16(struct schema_value_builder to, int16_t value)
{
    capnp_set_u16(to.s, 0, 3);
    capnp_set_u16(to.s, 2, (uint16_t)value);
}

static inline int32_t schema_value_int32(struct schema_value_reader from)
{
    return (int32_t)capnp_u32(from.s, 4);
}

static inline void schema_value_set_int32(struct schema_value_builder to, int32_t value)
{
    capnp_set_u16(to.s, 0, 4);
    capnp_set_u32(to.s, 4, (uint32_t)value);
}

static inline int64_t schema_value_int64(struct schema_value_reader from)
{
    return (int64_t)capnp_u64(from.s, 8);
}

static inline void schema_value_set_int64(struct schema_value_builder to, int64_t value)
{
    capnp_set_u16(to.s, 0, 5);
    capnp_set_u64(to.s, 8, (uint64_t)value);
}

static inline uint8_t schema_value_uint8(struct schema_value_reader from)
{
    return capnp_u8(from.s, 2);
}

static inline void schema_value_set_uint8(struct schema_value_builder to, uint8_t value)
{
    capnp_set_u16(to.s, 0, 6);
    capnp_set_u8(to.s, 2, value);
}

static inline uint16_t schema_value_uint16(struct schema_value_reader from)
{
    return capnp_u16(from.s, 2);
}

static inline void schema_value_set_uint16(struct schema_value_builder to, uint16_t value)
{
    capnp_set_u16(to.s, 0, 7);
    capnp_set_u16(to.s, 2, value);
}

static inline uint32_t schema_value_uint32(struct schema_value_reader from)
{
    return capnp_u32(from.s, 4);
}

static inline void schema_value_set_uint32(struct schema_value_builder to, uint32_t value)
{
    capnp_set_u16(to.s, 0, 8);
    capnp_set_u32(to.s, 4, value);
}

static inline uint64_t schema_value_uint64(struct schema_value_reader from)
{
    return capnp_u64(from.s, 8);
}

static inline void schema_value_set_uint64(struct schema_value_builder to, uint64_t value)
{
    capnp_set_u16(to.s, 0, 9);
    capnp_set_u64(to.s, 8, value);
}

static inline float schema_value_float32(struct schema_value_reader from)
{
    return capnp_f32_of(capnp_u32(from.s, 4));
}

static inline void schema_value_set_float32(struct schema_value_builder to, float value)
{
    capnp_set_u16(to.s, 0, 10);
    capnp_set_u32(to.s, 4, capnp_f32_bits(value));
}

static inline double schema_value_float64(struct schema_value_reader from)
{
    return capnp_f64_of(capnp_u64(from.s, 8));
}

static inline void schema_value_set_float64(struct schema_value_builder to, double value)
{
    capnp_set_u16(to.s, 0, 11);
    capnp_set_u64(to.s, 8, capnp_f64_bits(value));
}

static inline struct capnp_text schema_value_text(struct schema_value_reader from)
{
    return capnp_pointer_text(capnp_get_pointer(from.s, 0));
}

static inline bool schema_value_has_text(struct schema_value_reader from)
{
    return capnp_has(from.s, 0);
}

static inline void schema_value_set_text(struct schema_value_builder to, struct capnp_text value)
{
    capnp_set_u16(to.s, 0, 12);
    capnp_set_text(to.s, 0, value);
}

static inline struct capnp_data schema_value_data(struct schema_value_reader from)
{
    return capnp_pointer_data(capnp_get_pointer(from.s, 0));
}

static inline bool schema_value_has_data(struct schema_value_reader from)
{
    return capnp_has(from.s, 0);
}

static inline void schema_value_set_data(struct schema_value_builder to, struct capnp_data value)
{
    capnp_set_u16(to.s, 0, 13);
    capnp_set_data(to.s, 0, value);
}

static inline uint8_t *schema_value_init_data(struct schema_value_builder to, uint32_t len)
{
    capnp_set_u16(to.s, 0, 13);
    return capnp_init_data(to.s, 0, len);
}

static inline struct capnp_pointer schema_value_list(struct schema_value_reader from)
{
    return capnp_get_pointer(from.s, 0);
}

static inline bool schema_value_has_list(struct schema_value_reader from)
{
    return capnp_has(from.s, 0);
}

static inline void schema_value_set_list(struct schema_value_builder to, struct capnp_pointer value)
{
    capnp_set_u16(to.s, 0, 14);
    capnp_copy_pointer(to.s, 0, value);
}

static inline struct capnp_pointer_builder schema_value_init_list(struct schema_value_builder to)
{
    capnp_set_u16(to.s, 0, 14);
    return capnp_pointer_of(to.s, 0);
}

static inline uint16_t schema_value_enum(struct schema_value_reader from)
{
    return capnp_u16(from.s, 2);
}

static inline void schema_value_set_enum(struct schema_value_builder to, uint16_t value)
{
    capnp_set_u16(to.s, 0, 15);
    capnp_set_u16(to.s, 2, value);
}

static inline struct capnp_pointer schema_value_struct(struct schema_value_reader from)
{
    return capnp_get_pointer(from.s, 0);
}

static inline bool schema_value_has_struct(struct schema_value_reader from)
{
    return capnp_has(from.s, 0);
}

static inline void schema_value_set_struct(struct schema_value_builder to,
        struct capnp_pointer value)
{
    capnp_set_u16(to.s, 0, 16);
    capnp_copy_pointer(to.s, 0, value);
}

static inline struct capnp_pointer_builder schema_value_init_struct(struct schema_value_builder to)
{
    capnp_set_u16(to.s, 0, 16);
    return capnp_pointer_of(to.s, 0);
}

static inline void schema_value_set_interface(struct schema_value_builder to)
{
    capnp_set_u16(to.s, 0, 17);
}

static inline struct capnp_pointer schema_value_any_pointer(struct schema_value_reader from)
{
    return capnp_get_pointer(from.s, 0);
}

static inline bool schema_value_has_any_pointer(struct schema_value_reader from)
{
    return capnp_has(from.s, 0);
}

static inline void schema_value_set_any_pointer(struct schema_value_builder to,
        struct capnp_pointer value)
{
    capnp_set_u16(to.s, 0, 18);
    capnp_copy_pointer(to.s, 0, value);
}

static inline struct capnp_pointer_builder
schema_value_init_any_pointer(struct schema_value_builder to)
{
    capnp_set_u16(to.s, 0, 18);
    return capnp_pointer_of(to.s, 0);
}


static inline struct schema_annotation_reader schema_annotation_root(struct capnp_message *message)
{
    return (struct schema_annotation_reader){capnp_root(message)};
}

static inline struct schema_annotation_builder
schema_annotation_init_root(struct capnp_builder *builder)
{
    return (struct schema_annotation_builder){capnp_init_root(builder,
            SCHEMA_ANNOTATION_DATA_WORDS, SCHEMA_ANNOTATION_POINTERS)};
}

static inline struct schema_annotation_reader schema_annotation_at(struct capnp_list from,
        uint32_t i)
{
    return (struct schema_annotation_reader){capnp_list_struct(from, i)};
}

static inline struct schema_annotation_builder
schema_annotation_init_at(struct capnp_list_builder to, uint32_t i)
{
    return (struct schema_annotation_builder){capnp_struct_of(to, i)};
}

static inline uint64_t schema_annotation_id(struct schema_annotation_reader from)
{
    return capnp_u64(from.s, 0);
}

static inline void schema_annotation_set_id(struct schema_annotation_builder to, uint64_t value)
{
    capnp_set_u64(to.s, 0, value);
}

static inline struct schema_value_reader
schema_annotation_value(struct schema_annotation_reader from)
{
    return (struct schema_value_reader){capnp_pointer_struct(capnp_get_pointer(from.s, 0))};
}

static inline bool schema_annotation_has_value(struct schema_annotation_reader from)
{
    return capnp_has(from.s, 0);
}

static inline struct schema_value_builder
schema_annotation_init_value(struct schema_annotation_builder to)
{
    return (struct schema_value_builder){capnp_init_struct(to.s, 0, SCHEMA_VALUE_DATA_WORDS,
            SCHEMA_VALUE_POINTERS)};
}

static inline void schema_annotation_set_value(struct schema_annotation_builder to,
        struct schema_value_reader value)
{
    capnp_copy_struct(to.s, 0, value.s);
}

static inline struct schema_brand_reader
schema_annotation_brand(struct schema_annotation_reader from)
{
    return (struct schema_brand_reader){capnp_pointer_struct(capnp_get_pointer(from.s, 1))};
}

static inline bool schema_annotation_has_brand(struct schema_annotation_reader from)
{
    return capnp_has(from.s, 1);
}

static inline struct schema_brand_builder
schema_annotation_init_brand(struct schema_annotation_builder to)
{
    return (struct schema_brand_builder){capnp_init_struct(to.s, 1, SCHEMA_BRAND_DATA_WORDS,
            SCHEMA_BRAND_POINTERS)};
}

static inline void schema_annotation_set_brand(struct schema_annotation_builder to,
        struct schema_brand_reader value)
{
    capnp_copy_struct(to.s, 1, value.s);
}


static inline struct schema_capnp_version_reader
schema_capnp_version_root(struct capnp_message *message)
{
    return (struct schema_capnp_version_reader){capnp_root(message)};
}

static inline struct schema_capnp_version_builder
schema_capnp_version_init_root(struct capnp_builder *builder)
{
    return (struct schema_capnp_version_builder){capnp_init_root(builder,
            SCHEMA_CAPNP_VERSION_DATA_WORDS, SCHEMA_CAPNP_VERSION_POINTERS)};
}

static inline struct schema_capnp_version_reader schema_capnp_version_at(struct capnp_list from,
        uint32_t i)
{
    return (struct schema_capnp_version_reader){capnp_list_struct(from, i)};
}

static inline struct schema_capnp_version_builder
schema_capnp_version_init_at(struct capnp_list_builder to, uint32_t i)
{
    return (struct schema_capnp_version_builder){capnp_struct_of(to, i)};
}

static inline uint16_t schema_capnp_version_major(struct schema_capnp_version_reader from)
{
    return capnp_u16(from.s, 0);
}

static inline void schema_capnp_version_set_major(struct schema_capnp_version_builder to,
        uint16_t value)
{
    capnp_set_u16(to.s, 0, value);
}

static inline uint8_t schema_capnp_version_minor(struct schema_capnp_version_reader from)
{
    return capnp_u8(from.s, 2);
}

static inline void schema_capnp_version_set_minor(struct schema_capnp_version_builder to,
        uint8_t value)
{
    capnp_set_u8(to.s, 2, value);
}

static inline uint8_t schema_capnp_version_micro(struct schema_capnp_version_reader from)
{
    return capnp_u8(from.s, 3);
}

static inline void schema_capnp_version_set_micro(struct schema_capnp_version_builder to,
        uint8_t value)
{
    capnp_set_u8(to.s, 3, value);
}


static inline struct schema_code_generator_request_reader
schema_code_generator_request_root(struct capnp_message *message)
{
    return (struct schema_code_generator_request_reader){capnp_root(message)};
}

static inline struct schema_code_generator_request_builder
schema_code_generator_request_init_root(struct capnp_builder *builder)
{
    return (struct schema_code_generator_request_builder){capnp_init_root(builder,
            SCHEMA_CODE_GENERATOR_REQUEST_DATA_WORDS, SCHEMA_CODE_GENERATOR_REQUEST_POINTERS)};
}

static inline struct schema_code_generator_request_reader
schema_code_generator_request_at(struct capnp_list from, uint32_t i)
{
    return (struct schema_code_generator_request_reader){capnp_list_struct(from, i)};
}

static inline struct schema_code_generator_request_builder
schema_code_generator_request_init_at(struct capnp_list_builder to, uint32_t i)
{
    return (struct schema_code_generator_request_builder){capnp_struct_of(to, i)};
}

static inline struct capnp_list
schema_code_generator_request_nodes(struct schema_code_generator_request_reader from)
{
    return capnp_pointer_list(capnp_get_pointer(from.s, 0), CAPNP_COMPOSITE);
}

static inline bool
schema_code_generator_request_has_nodes(struct schema_code_generator_request_reader from)
{
    return capnp_has(from.s, 0);
}

static inline struct capnp_list_builder
schema_code_generator_request_init_nodes(struct schema_code_generator_request_builder to,
        uint32_t n)
{
    return capnp_init_struct_list(to.s, 0, n, SCHEMA_NODE_DATA_WORDS, SCHEMA_NODE_POINTERS);
}

static inline void
schema_code_generator_request_set_nodes(struct schema_code_generator_request_builder to,
        struct capnp_list value)
{
    capnp_copy_list(to.s, 0, value);
}

static inline struct capnp_list
schema_code_generator_request_requested_files(struct schema_code_generator_request_reader from)
{
    return capnp_pointer_list(capnp_get_pointer(from.s, 1), CAPNP_COMPOSITE);
}

static inline bool
schema_code_generator_request_has_requested_files(struct schema_code_generator_request_reader from)
{
    return capnp_has(from.s, 1);
}

static inline struct capnp_list_builder
schema_code_generator_request_init_requested_files(struct schema_code_generator_request_builder to,
        uint32_t n)
{
    return capnp_init_struct_list(to.s, 1, n,
            SCHEMA_CODE_GENERATOR_REQUEST_REQUESTED_FILE_DATA_WORDS,
            SCHEMA_CODE_GENERATOR_REQUEST_REQUESTED_FILE_POINTERS);
}

static inline void
schema_code_generator_request_set_requested_files(struct schema_code_generator_request_builder to,
        struct capnp_list value)
{
    capnp_copy_list(to.s, 1, value);
}

static inline struct schema_capnp_version_reader
schema_code_generator_request_capnp_version(struct schema_code_generator_request_reader from)
{
    return (struct schema_capnp_version_reader){capnp_pointer_struct(capnp_get_pointer(from.s, 2))};
}

static inline bool
schema_code_generator_request_has_capnp_version(struct schema_code_generator_request_reader from)
{
    return capnp_has(from.s, 2);
}

static inline struct schema_capnp_version_builder
schema_code_generator_request_init_capnp_version(struct schema_code_generator_request_builder to)
{
    return (struct schema_capnp_version_builder){capnp_init_struct(to.s, 2,
            SCHEMA_CAPNP_VERSION_DATA_WORDS, SCHEMA_CAPNP_VERSION_POINTERS)};
}

static inline void
schema_code_generator_request_set_capnp_version(struct schema_code_generator_request_builder to,
        struct schema_capnp_version_reader value)
{
    capnp_copy_struct(to.s, 2, value.s);
}

static inline struct capnp_list
schema_code_generator_request_source_info(struct schema_code_generator_request_reader from)
{
    return capnp_pointer_list(capnp_get_pointer(from.s, 3), CAPNP_COMPOSITE);
}

static inline bool
schema_code_generator_request_has_source_info(struct schema_code_generator_request_reader from)
{
    return capnp_has(from.s, 3);
}

static inline struct capnp_list_builder
schema_code_generator_request_init_source_info(struct schema_code_generator_request_builder to,
        uint32_t n)
{
    return capnp_init_struct_list(to.s, 3, n, SCHEMA_NODE_SOURCE_INFO_DATA_WORDS,
            SCHEMA_NODE_SOURCE_INFO_POINTERS);
}

static inline void
schema_code_generator_request_set_source_info(struct schema_code_generator_request_builder to,
        struct capnp_list value)
{
    capnp_copy_list(to.s, 3, value);
}


static inline struct schema_code_generator_request_requested_file_reader
schema_code_generator_request_requested_file_root(struct capnp_message *message)
{
    return (struct schema_code_generator_request_requested_file_reader){capnp_root(message)};
}

static inline struct schema_code_generator_request_requested_file_builder
schema_code_generator_request_requested_file_init_root(struct capnp_builder *builder)
{
    return (struct schema_code_generator_request_requested_file_builder){capnp_init_root(builder,
            SCHEMA_CODE_GENERATOR_REQUEST_REQUESTED_FILE_DATA_WORDS,
            SCHEMA_CODE_GENERATOR_REQUEST_REQUESTED_FILE_POINTERS)};
}

static inline struct schema_code_generator_request_requested_file_reader
schema_code_generator_request_requested_file_at(struct capnp_list from, uint32_t i)
{
    return (struct schema_code_generator_request_requested_file_reader){capnp_list_struct(from, i)};
}

static inline struct schema_code_generator_request_requested_file_builder
schema_code_generator_request_requested_file_init_at(struct capnp_list_builder to, uint32_t i)
{
    return (struct schema_code_generator_request_requested_file_builder){capnp_struct_of(to, i)};
}

static inline uint64_t
schema_code_generator_request_requested_file_id(
        struct schema_code_generator_request_requested_file_reader from)
{
    return capnp_u64(from.s, 0);
}

static inline void
schema_code_generator_request_requested_file_set_id(
        struct schema_code_generator_request_requested_file_builder to, uint64_t value)
{
    capnp_set_u64(to.s, 0, value);
}

static inline struct capnp_text
schema_code_generator_request_requested_file_filename(
        struct schema_code_generator_request_requested_file_reader from)
{
    return capnp_pointer_text(capnp_get_pointer(from.s, 0));
}

static inline bool
schema_code_generator_request_requested_file_has_filename(
        struct schema_code_generator_request_requested_file_reader from)
{
    return capnp_has(from.s, 0);
}

static inline void
schema_code_generator_request_requested_file_set_filename(
        struct schema_code_generator_request_requested_file_builder to, struct capnp_text value)
{
    capnp_set_text(to.s, 0, value);
}

static inline struct capnp_list
schema_code_generator_request_requested_file_imports(
        struct schema_code_generator_request_requested_file_reader from)
{
    return capnp_pointer_list(capnp_get_pointer(from.s, 1), CAPNP_COMPOSITE);
}

static inline bool
schema_code_generator_request_requested_file_has_imports(
        struct schema_code_generator_request_requested_file_reader from)
{
    return capnp_has(from.s, 1);
}

static inline struct capnp_list_builder
schema_code_generator_request_requested_file_init_imports(
        struct schema_code_generator_request_requested_file_builder to, uint32_t n)
{
    return capnp_init_struct_list(to.s, 1, n,
            SCHEMA_CODE_GENERATOR_REQUEST_REQUESTED_FILE_IMPORT_DATA_WORDS,
            SCHEMA_CODE_GENERATOR_REQUEST_REQUESTED_FILE_IMPORT_POINTERS);
}

static inline void
schema_code_generator_request_requested_file_set_imports(
        struct schema_code_generator_request_requested_file_builder to, struct capnp_list value)
{
    capnp_copy_list(to.s, 1, value);
}


static inline struct schema_code_generator_request_requested_file_import_reader
schema_code_generator_request_requested_file_import_root(struct capnp_message *message)
{
    return (struct schema_code_generator_request_requested_file_import_reader){capnp_root(message)};
}

static inline struct schema_code_generator_request_requested_file_import_builder
schema_code_generator_request_requested_file_import_init_root(struct capnp_builder *builder)
{
    return (struct schema_code_generator_request_requested_file_import_builder){capnp_init_root(builder,
            SCHEMA_CODE_GENERATOR_REQUEST_REQUESTED_FILE_IMPORT_DATA_WORDS,
            SCHEMA_CODE_GENERATOR_REQUEST_REQUESTED_FILE_IMPORT_POINTERS)};
}

static inline struct schema_code_generator_request_requested_file_import_reader
schema_code_generator_request_requested_file_import_at(struct capnp_list from, uint32_t i)
{
    return (struct schema_code_generator_request_requested_file_import_reader){capnp_list_struct(from,
            i)};
}

static inline struct schema_code_generator_request_requested_file_import_builder
schema_code_generator_request_requested_file_import_init_at(struct capnp_list_builder to,
        uint32_t i)
{
    return (struct schema_code_generator_request_requested_file_import_builder){capnp_struct_of(to,
            i)};
}

static inline uint64_t
schema_code_generator_request_requested_file_import_id(
        struct schema_code_generator_request_requested_file_import_reader from)
{
    return capnp_u64(from.s, 0);
}

static inline void
schema_code_generator_request_requested_file_import_set_id(
        struct schema_code_generator_request_requested_file_import_builder to, uint64_t value)
{
    capnp_set_u64(to.s, 0, value);
}

static inline struct capnp_text
schema_code_generator_request_requested_file_import_name(
        struct schema_code_generator_request_requested_file_import_reader from)
{
    return capnp_pointer_text(capnp_get_pointer(from.s, 0));
}

static inline bool
schema_code_generator_request_requested_file_import_has_name(
        struct schema_code_generator_request_requested_file_import_reader from)
{
    return capnp_has(from.s, 0);
}

static inline void
schema_code_generator_request_requested_file_import_set_name(
        struct schema_code_generator_request_requested_file_import_builder to,
        struct capnp_text value)
{
    capnp_set_text(to.s, 0, value);
}


/*
 * sample.capnp in C: numbers, readers and builders.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Made by tools/capnpc-capos, whose README says what is what.
 */
#pragma once

/* clang-format off */

#include "capnp/capnp.h"

/* Where something is. */
#define POINT_DATA_WORDS 2
#define POINT_POINTERS   1
#define POINT_WORDS      3
struct point_reader { struct capnp_struct s; };
struct point_builder { struct capnp_struct_builder s; };
enum point_which {
    POINT_WHICH_PLAIN,
    POINT_WHICH_COLOUR,
};

enum colour {
    COLOUR_RED,
    COLOUR_DARK_GREEN,
    COLOUR_COUNT
};

/* Points by name. */
#define INTERFACE_MAP 0xd0a4c5a8b1c2d3e7
enum {
    /* the point, and the map that it is on */
    MAP_FIND,
    MAP_PUT,
    MAP_METHODS
};

#define MAP_FIND_PARAMS_DATA_WORDS 0
#define MAP_FIND_PARAMS_POINTERS   1
#define MAP_FIND_PARAMS_WORDS      1
struct map_find_params_reader { struct capnp_struct s; };
struct map_find_params_builder { struct capnp_struct_builder s; };

#define MAP_FIND_RESULTS_DATA_WORDS 1
#define MAP_FIND_RESULTS_POINTERS   1
#define MAP_FIND_RESULTS_WORDS      2
struct map_find_results_reader { struct capnp_struct s; };
struct map_find_results_builder { struct capnp_struct_builder s; };

#define MAP_PUT_PARAMS_DATA_WORDS 0
#define MAP_PUT_PARAMS_POINTERS   1
#define MAP_PUT_PARAMS_WORDS      1
struct map_put_params_reader { struct capnp_struct s; };
struct map_put_params_builder { struct capnp_struct_builder s; };

#define MAP_PUT_RESULTS_DATA_WORDS 0
#define MAP_PUT_RESULTS_POINTERS   0
#define MAP_PUT_RESULTS_WORDS      0
struct map_put_results_reader { struct capnp_struct s; };
struct map_put_results_builder { struct capnp_struct_builder s; };

extern const uint64_t origin_words[5];
static inline struct point_reader origin(void)
{
    return (struct point_reader){capnp_pointer_struct(capnp_constant(origin_words))};
}

/* Point */

static inline struct point_reader point_root(struct capnp_message *message)
{
    return (struct point_reader){capnp_root(message)};
}

static inline struct point_builder point_init_root(struct capnp_builder *builder)
{
    return (struct point_builder){capnp_init_root(builder, POINT_DATA_WORDS, POINT_POINTERS)};
}

static inline struct point_reader point_at(struct capnp_list from, uint32_t i)
{
    return (struct point_reader){capnp_list_struct(from, i)};
}

static inline struct point_builder point_init_at(struct capnp_list_builder to, uint32_t i)
{
    return (struct point_builder){capnp_struct_of(to, i)};
}

static inline enum point_which point_which(struct point_reader from)
{
    return (enum point_which)capnp_u16(from.s, 8);
}

static inline int32_t point_x(struct point_reader from)
{
    return (int32_t)capnp_u32(from.s, 0);
}

static inline void point_set_x(struct point_builder to, int32_t value)
{
    capnp_set_u32(to.s, 0, (uint32_t)value);
}

/* from the bottom */
static inline int32_t point_y(struct point_reader from)
{
    return (int32_t)(capnp_u32(from.s, 4) ^ 0xffffffff);
}

static inline void point_set_y(struct point_builder to, int32_t value)
{
    capnp_set_u32(to.s, 4, (uint32_t)value ^ 0xffffffff);
}

static inline struct capnp_text point_name(struct point_reader from)
{
    return capnp_pointer_text(capnp_get_pointer(from.s, 0));
}

static inline bool point_has_name(struct point_reader from)
{
    return capnp_has(from.s, 0);
}

static inline void point_set_name(struct point_builder to, struct capnp_text value)
{
    capnp_set_text(to.s, 0, value);
}

static inline void point_set_plain(struct point_builder to)
{
    capnp_set_u16(to.s, 8, 0);
}

static inline enum colour point_colour(struct point_reader from)
{
    return (enum colour)capnp_u16(from.s, 10);
}

static inline void point_set_colour(struct point_builder to, enum colour value)
{
    capnp_set_u16(to.s, 8, 1);
    capnp_set_u16(to.s, 10, (uint16_t)value);
}

/* Map.find$Params */

static inline struct map_find_params_reader map_find_params_root(struct capnp_message *message)
{
    return (struct map_find_params_reader){capnp_root(message)};
}

static inline struct map_find_params_builder
map_find_params_init_root(struct capnp_builder *builder)
{
    return (struct map_find_params_builder){capnp_init_root(builder, MAP_FIND_PARAMS_DATA_WORDS,
            MAP_FIND_PARAMS_POINTERS)};
}

static inline struct capnp_text map_find_params_name(struct map_find_params_reader from)
{
    return capnp_pointer_text(capnp_get_pointer(from.s, 0));
}

static inline bool map_find_params_has_name(struct map_find_params_reader from)
{
    return capnp_has(from.s, 0);
}

static inline void map_find_params_set_name(struct map_find_params_builder to,
        struct capnp_text value)
{
    capnp_set_text(to.s, 0, value);
}

/* Map.find$Results */

static inline struct map_find_results_reader map_find_results_root(struct capnp_message *message)
{
    return (struct map_find_results_reader){capnp_root(message)};
}

static inline struct map_find_results_builder
map_find_results_init_root(struct capnp_builder *builder)
{
    return (struct map_find_results_builder){capnp_init_root(builder, MAP_FIND_RESULTS_DATA_WORDS,
            MAP_FIND_RESULTS_POINTERS)};
}

static inline int32_t map_find_results_x(struct map_find_results_reader from)
{
    return (int32_t)capnp_u32(from.s, 0);
}

static inline void map_find_results_set_x(struct map_find_results_builder to, int32_t value)
{
    capnp_set_u32(to.s, 0, (uint32_t)value);
}

static inline int32_t map_find_results_y(struct map_find_results_reader from)
{
    return (int32_t)capnp_u32(from.s, 4);
}

static inline void map_find_results_set_y(struct map_find_results_builder to, int32_t value)
{
    capnp_set_u32(to.s, 4, (uint32_t)value);
}

static inline uint32_t map_find_results_layer(struct map_find_results_reader from)
{
    return capnp_pointer_cap(capnp_get_pointer(from.s, 0));
}

static inline bool map_find_results_has_layer(struct map_find_results_reader from)
{
    return capnp_has(from.s, 0);
}

static inline void map_find_results_set_layer(struct map_find_results_builder to, uint32_t index)
{
    capnp_set_cap(to.s, 0, index);
}

/* Map.put$Params */

static inline struct map_put_params_reader map_put_params_root(struct capnp_message *message)
{
    return (struct map_put_params_reader){capnp_root(message)};
}

static inline struct map_put_params_builder map_put_params_init_root(struct capnp_builder *builder)
{
    return (struct map_put_params_builder){capnp_init_root(builder, MAP_PUT_PARAMS_DATA_WORDS,
            MAP_PUT_PARAMS_POINTERS)};
}

static inline struct capnp_list map_put_params_points(struct map_put_params_reader from)
{
    return capnp_pointer_list(capnp_get_pointer(from.s, 0), CAPNP_COMPOSITE);
}

static inline bool map_put_params_has_points(struct map_put_params_reader from)
{
    return capnp_has(from.s, 0);
}

static inline struct capnp_list_builder map_put_params_init_points(
        struct map_put_params_builder to, uint32_t n)
{
    return capnp_init_struct_list(to.s, 0, n, POINT_DATA_WORDS, POINT_POINTERS);
}

static inline void map_put_params_set_points(struct map_put_params_builder to,
        struct capnp_list value)
{
    capnp_copy_list(to.s, 0, value);
}

/* Map.put$Results */

static inline struct map_put_results_reader map_put_results_root(struct capnp_message *message)
{
    return (struct map_put_results_reader){capnp_root(message)};
}

static inline struct map_put_results_builder
map_put_results_init_root(struct capnp_builder *builder)
{
    return (struct map_put_results_builder){capnp_init_root(builder, MAP_PUT_RESULTS_DATA_WORDS,
            MAP_PUT_RESULTS_POINTERS)};
}


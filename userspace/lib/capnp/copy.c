/*
 * Copies what a Cap'n Proto message holds into one that is being built.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An object's place is taken and its data copied when it is met; its pointers wait on a stack. The
 * last that came is done first, so the objects stand in preorder, as canonical messages want it.
 */
#include "capnp/copy.h"

#include "capnp/copier.h"
#include "capnp/list.h"
#include "capnp/list_builder.h"

/* Pointers of one object, still to be copied: of a struct, or of each struct of a list. */
struct run {
    const uint64_t *from;
    uint32_t to; /* word of the target */
    uint32_t n_left;
    uint32_t n;                  /* of each struct */
    uint32_t structs_left;       /* behind this one */
    uint32_t from_skip, to_skip; /* words from behind a struct's last pointer to the next's first */
    uint32_t segment;
    uint16_t depth;
};

/* Each run hangs below the one under it, and is one level less deep: so many are enough. */
struct stack {
    struct copier *copier;
    struct capnp_builder *builder;
    struct capnp_message *message;
    uint32_t n;
    struct run runs[CAPNP_DEPTH];
};

static void push(struct stack *stack, struct run run)
{
    run.n_left = run.n;
    if (run.n > 0)
        stack->runs[stack->n++] = run;
}

static struct copier_size struct_size(const struct copier *copier, struct capnp_struct from)
{
    if (copier->canonical)
        return canonical_struct_size(from);
    return (struct copier_size){(uint16_t)((from.data_len + 7) / 8), from.n_pointers};
}

static struct copier_size list_size(const struct copier *copier, struct capnp_list from)
{
    if (copier->canonical)
        return canonical_list_size(from);
    return (struct copier_size){(uint16_t)(from.data_len / 8), from.n_pointers};
}

/* The data of FROM, of which what does not fit is zero. */
static void copy_data(struct capnp_struct_builder into, struct capnp_struct from)
{
    uint32_t len = into.n_data * 8u < from.data_len ? into.n_data * 8u : from.data_len;

    if (len)
        __builtin_memcpy(into.builder->words + into.at, from.data, len);
}

static void enter_struct(struct stack *stack, struct capnp_pointer_builder into,
                         struct capnp_struct from)
{
    struct copier_size size = struct_size(stack->copier, from);
    struct capnp_struct_builder to =
        capnp_pointer_init_struct(into, size.data_words, size.n_pointers);

    if (into.builder->full)
        return;
    copy_data(to, from);
    push(stack, (struct run){
                    .from = from.pointers,
                    .to = to.at + to.n_data,
                    .n = size.n_pointers,
                    .segment = from.segment,
                    .depth = from.depth,
                });
}

static void enter_structs(struct stack *stack, struct capnp_pointer_builder into,
                          struct capnp_list from)
{
    struct copier_size size = list_size(stack->copier, from);
    struct capnp_list_builder to =
        capnp_pointer_init_struct_list(into, from.n, size.data_words, size.n_pointers);

    if (into.builder->full || from.n == 0)
        return;
    for (uint32_t i = 0; i < from.n; i++)
        copy_data(capnp_struct_of(to, i), capnp_list_struct(from, i));
    push(stack, (struct run){
                    .from = capnp_list_struct(from, 0).pointers,
                    .to = to.at + to.n_data,
                    .n = size.n_pointers,
                    .structs_left = from.n - 1,
                    .from_skip = from.step / 8 - size.n_pointers,
                    .to_skip = size.data_words,
                    .segment = from.segment,
                    .depth = from.depth,
                });
}

/* Bits behind the last of a list are nobody's, and zero in the copy. */
static void copy_elements(struct capnp_list_builder to, struct capnp_list from)
{
    uint64_t len = from.size == CAPNP_BIT ? from.n / 8 : (uint64_t)from.n * from.step;

    if (len)
        __builtin_memcpy(to.builder->words + to.at, from.first, len);
    if (from.size == CAPNP_BIT)
        for (uint32_t i = from.n / 8 * 8; i < from.n; i++)
            capnp_list_set_bool(to, i, capnp_list_bool(from, i));
}

static void enter_list(struct stack *stack, struct capnp_pointer_builder into,
                       struct capnp_list from)
{
    struct capnp_list_builder to;

    if (from.size == CAPNP_COMPOSITE) {
        enter_structs(stack, into, from);
        return;
    }
    to = capnp_pointer_init_list(into, from.size, from.n);
    if (into.builder->full)
        return;
    if (from.size != CAPNP_POINTER)
        copy_elements(to, from);
    else
        push(stack, (struct run){
                        .from = (const uint64_t *)from.first,
                        .to = to.at,
                        .n = from.n,
                        .segment = from.segment,
                        .depth = from.depth,
                    });
}

static void copy_cap(struct stack *stack, struct capnp_pointer_builder into, uint32_t index)
{
    const struct capnp_cap_map *caps = stack->copier->caps;

    stack->copier->met_cap = true;
    capnp_pointer_set_cap(into, caps ? caps->map(caps->context, index) : index);
}

/* What a lying pointer leads to is left null. */
static void enter_pointer(struct stack *stack, struct capnp_pointer_builder into,
                          struct capnp_pointer from)
{
    struct capnp_struct structure;
    struct capnp_list list;

    switch (capnp_pointer_kind(from)) {
    case CAPNP_KIND_STRUCT:
        structure = capnp_pointer_struct(from);
        if (structure.data)
            enter_struct(stack, into, structure);
        break;
    case CAPNP_KIND_LIST:
        list = capnp_pointer_any_list(from);
        if (list.first)
            enter_list(stack, into, list);
        break;
    case CAPNP_KIND_CAP:
        copy_cap(stack, into, capnp_pointer_cap(from));
        break;
    case CAPNP_KIND_NULL:
        break;
    }
}

/* Copies the next pointer of RUN, which is the stack's last and may get another upon it. */
static void step(struct stack *stack, struct run *run)
{
    struct capnp_pointer from = {stack->message, run->from, run->segment, run->depth};
    struct capnp_pointer_builder into = {stack->builder, run->to};

    run->from++;
    run->to++;
    run->n_left--;
    enter_pointer(stack, into, from);
}

static void finish(struct stack *stack)
{
    while (stack->n > 0 && !stack->builder->full) {
        struct run *run = &stack->runs[stack->n - 1];

        if (run->n_left > 0) {
            step(stack, run);
        } else if (run->structs_left > 0) {
            run->structs_left--;
            run->n_left = run->n;
            run->from += run->from_skip;
            run->to += run->to_skip;
        } else {
            stack->n--;
        }
    }
}

/* The runs are set when they are pushed. */
static void start(struct stack *stack, struct copier *copier, struct capnp_builder *builder,
                  struct capnp_message *message)
{
    stack->copier = copier;
    stack->builder = builder;
    stack->message = message;
    stack->n = 0;
}

void copier_copy_pointer(struct copier *copier, struct capnp_pointer_builder into,
                         struct capnp_pointer from)
{
    struct stack stack;

    start(&stack, copier, into.builder, from.message);
    capnp_pointer_set_cap(into, CAPNP_NO_CAP);
    enter_pointer(&stack, into, from);
    finish(&stack);
}

void copier_copy_struct(struct copier *copier, struct capnp_pointer_builder into,
                        struct capnp_struct from)
{
    struct stack stack;

    start(&stack, copier, into.builder, from.message);
    enter_struct(&stack, into, from);
    finish(&stack);
}

void copier_copy_list(struct copier *copier, struct capnp_pointer_builder into,
                      struct capnp_list from)
{
    struct stack stack;

    start(&stack, copier, into.builder, from.message);
    capnp_pointer_set_cap(into, CAPNP_NO_CAP);
    if (from.first)
        enter_list(&stack, into, from);
    finish(&stack);
}

void capnp_pointer_copy(struct capnp_pointer_builder into, struct capnp_pointer from,
                        const struct capnp_cap_map *caps)
{
    struct copier copier = {.caps = caps};

    copier_copy_pointer(&copier, into, from);
}

void capnp_pointer_copy_struct(struct capnp_pointer_builder into, struct capnp_struct from,
                               const struct capnp_cap_map *caps)
{
    struct copier copier = {.caps = caps};

    copier_copy_struct(&copier, into, from);
}

void capnp_pointer_copy_list(struct capnp_pointer_builder into, struct capnp_list from,
                             const struct capnp_cap_map *caps)
{
    struct copier copier = {.caps = caps};

    copier_copy_list(&copier, into, from);
}

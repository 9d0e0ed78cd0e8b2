/*
 * Uses up what its budget has, in the way that its argument says, as a number.
 * SPDX-License-Identifier: Apache-2.0
 *
 * One piece is given back and can be had again, and then the program ends without giving back the
 * rest: that is the kernel's work.
 */
#include "capos/capos.h"

#include "ways.h"

#define PIECES_MAX 8192         /* more than a machine with 64 MiB has */
#define FAR        (1ull << 30) /* two page tables of its own for each place */
#define PLACES     0x100000000000ull

/* What each piece left to give back: a handle, or an address. */
static uint64_t pieces[PIECES_MAX];

static cap_t one_page(void)
{
    static cap_t page;

    if (!page)
        check(outcome_is_done(frames_allocate(capos_cap("frames"), 1, &page)), "a page");
    return page;
}

/* An endpoint whose calls nobody receives. */
static const cap_t *endpoint(void)
{
    static cap_t server_and_client[2];

    if (!server_and_client[0])
        check(outcome_is_done(endpoints_create(capos_cap("endpoints"), INTERFACE_ENDPOINT,
                                               &server_and_client[0], &server_and_client[1])),
              "an endpoint");
    return server_and_client;
}

static void give_cap(uint32_t i)
{
    check(outcome_is_done(cap_release(pieces[i])), "a release");
}

static struct outcome take_memory(uint32_t i)
{
    return vm_map(capos_cap("memory"), 0, 8, ACCESS_READ_WRITE, &pieces[i]);
}

static void give_memory(uint32_t i)
{
    check(outcome_is_done(vm_unmap(capos_cap("memory"), pieces[i], 8)), "memory back");
}

/* One page that may not even be touched, and tables for it. */
static struct outcome take_tables(uint32_t i)
{
    return vm_map(capos_cap("memory"), PLACES + i * FAR, 1, ACCESS_NONE, &pieces[i]);
}

static void give_tables(uint32_t i)
{
    check(outcome_is_done(vm_unmap(capos_cap("memory"), pieces[i], 1)), "a page back");
}

static struct outcome take_object_memory(uint32_t i)
{
    return frames_allocate(capos_cap("frames"), 8, &pieces[i]);
}

static struct outcome take_object(uint32_t i)
{
    return frames_allocate(capos_cap("frames"), 1, &pieces[i]);
}

static struct outcome take_mapping(uint32_t i)
{
    return memory_map(one_page(), 0, 0, 1, ACCESS_READ, &pieces[i]);
}

static void give_mapping(uint32_t i)
{
    check(outcome_is_done(memory_unmap(one_page(), pieces[i])), "a mapping gone");
}

static struct outcome take_endpoint(uint32_t i)
{
    cap_t client;
    struct outcome outcome =
        endpoints_create(capos_cap("endpoints"), INTERFACE_ENDPOINT, &pieces[i], &client);

    if (outcome_is_done(outcome))
        cap_release(client);
    return outcome;
}

/* A thread without a stack, which waits for ever. */
void thread_wait(void);
__asm__("thread_wait:\n"
        "xor %eax, %eax\n" /* SYSCALL_CAP_ENTER */
        "xor %edi, %edi\n"
        "mov $1, %esi\n"
        "mov $-1, %rdx\n" /* RING_NEVER */
        "syscall\n"
        "jmp thread_wait\n");

static struct outcome take_thread(uint32_t i)
{
    return threads_create(capos_cap("threads"), (uint64_t)thread_wait, 0, 0, 0, 0, 0, &pieces[i]);
}

static struct outcome take_cap(uint32_t i)
{
    return endpoint_mint(endpoint()[0], i, INTERFACE_ENDPOINT, SCOPE_SHAREABLE, 0, &pieces[i]);
}

/* An operation that does not end; its result space is not used before it does. */
static struct outcome begin(uint32_t i, struct ring_submission operation)
{
    static uint32_t space;
    struct ring_client *client = ring_mine();
    struct ring_completion completion;

    if (!space)
        space = arena_alloc(client, 256);
    operation.opcode = RING_CALL;
    operation.user_data = i + 1;
    operation.result = space;
    operation.result_len = 256;
    check(ring_submit(client, &operation) && ring_enter(client, 0, 0) == 1, "a submission taken");
    if (!ring_take(client, i + 1, &completion))
        return (struct outcome){0};
    return outcome_read(client, &completion, ring_at(client, space));
}

static struct outcome take_call(uint32_t i)
{
    return begin(
        i, (struct ring_submission){.cap = endpoint()[1], .interface_id = INTERFACE_ENDPOINT});
}

static struct outcome take_timer(uint32_t i)
{
    return begin(i, (struct ring_submission){.cap = endpoint()[1],
                                             .interface_id = INTERFACE_ENDPOINT,
                                             .deadline = UINT64_MAX / 2});
}

static void give_call(uint32_t i)
{
    struct ring_completion completion;

    check(ring_cancel(ring_mine(), i + 1) == ERR_OK, "a cancellation");
    check(ring_wait(ring_mine(), i + 1, &completion) == ERR_OK, "its completion");
}

static const struct way_of {
    struct outcome (*take)(uint32_t i);
    void (*give)(uint32_t i); /* NULL: these only go with the process */
} ways[] = {
    [WAY_MEMORY] = {take_memory, give_memory},
    [WAY_TABLES] = {take_tables, give_tables},
    [WAY_OBJECT_MEMORY] = {take_object_memory, give_cap},
    [WAY_OBJECTS] = {take_object, give_cap},
    [WAY_MAPPINGS] = {take_mapping, give_mapping},
    [WAY_ENDPOINTS] = {take_endpoint, give_cap},
    [WAY_THREADS] = {take_thread, NULL},
    [WAY_CAPS] = {take_cap, give_cap},
    [WAY_CALLS] = {take_call, give_call},
    [WAY_TIMERS] = {take_timer, give_call},
};

static uint32_t *map_flags(void)
{
    uint64_t at;

    check(outcome_is_done(memory_map(capos_cap("flags"), 0, 0, 1, ACCESS_READ_WRITE, &at)),
          "flags");
    return (uint32_t *)at;
}

/* How many pieces there are when one more is refused. */
static uint32_t take_all(const struct way_of *way, err_t expected)
{
    struct outcome outcome;
    uint32_t n = 0;

    while (outcome_is_done(outcome = way->take(n))) {
        n++;
        check(n < PIECES_MAX, "a refusal before piece %u", n);
    }
    check(n > 1, "some pieces");
    check(outcome.code == expected, "%s, not: %s", err_sentence(expected),
          outcome_sentence(outcome));
    return n;
}

static void exchange(const struct way_of *way, uint32_t n, err_t expected)
{
    way->give(n - 1);
    check(outcome_is_done(way->take(n - 1)), "the piece that was given back");
    check(way->take(n).code == expected, "no more than before");
}

int main(void)
{
    uint32_t *flags = map_flags();
    size_t len;
    const struct exhaust *order = capos_arguments(&len);
    uint32_t n;

    check(len == sizeof(*order) && order->way < WAYS, "a way");
    n = take_all(&ways[order->way], order->error);
    if (ways[order->way].give)
        exchange(&ways[order->way], n, order->error);
    __atomic_store_n(&flags[FLAG_USED_UP], 1, __ATOMIC_RELEASE);
    while (!__atomic_load_n(&flags[FLAG_GO_ON], __ATOMIC_ACQUIRE))
        thread_control_yield(capos_cap("thread"));
    return 0;
}

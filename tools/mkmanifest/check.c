/* What services are to each other, checked by the code with which init does.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "tools/mkmanifest/check.h"

#include "graph.h"

#include <stdint.h>
#include <stdlib.h>

/* What the kernel grants to init (kernel/process/system.c), by the names of their interfaces. */
static const struct {
    const char *name, *interface;
} kernel_grants[] = {
    {"console", "Console"},
    {"terminal", "TerminalSession"},
    {"package", "BootPackage"},
    {"frames", "FrameAllocator"},
    {"memory", "VirtualMemory"},
    {"timer", "Timer"},
    {"entropy", "EntropySource"},
    {"thread", "ThreadControl"},
    {"threads", "ThreadSpawner"},
    {"park", "ParkSpace"},
    {"processes", "ProcessSpawner"},
    {"system", "SystemInfo"},
    {"endpoints", "EndpointFactory"},
    {"sessions", "SessionFactory"},
    {"log", "LogReader"},
    {"caps", "CapTable"},
    {"notifications", "NotificationFactory"},
};

#define N_KERNEL_GRANTS (sizeof kernel_grants / sizeof kernel_grants[0])

struct listener {
    check_sayer *say;
    void *context;
};

/* The keys of a service's parts. */
static const char *const keys[] = {
    [PART_NAME] = "name",           [PART_PROGRAM] = "program",
    [PART_ARGUMENTS] = "arguments", [PART_ENVIRONMENT] = "environment",
    [PART_GRANTS] = "grants",       [PART_EXPORTS] = "exports",
    [PART_AFTER] = "after",         [PART_RESTART] = "restart",
    [PART_BUDGET] = "budget",       [PART_ARENA_PAGES] = "arenaPages",
};

static struct key_path path_of(const struct place *place)
{
    struct key_path path = {0};

    key_push(&path, "system");
    if (place->part == PART_POWER_OFF)
        key_push(&path, "powerOff");
    else if (place->part != PART_MESSAGE)
        key_push(&path, "services");
    if (place->service == NO_INDEX)
        return path;
    key_push_item(&path, place->service);
    key_push(&path, keys[place->part]);
    if (place->item != NO_INDEX)
        key_push_item(&path, place->item);
    return path;
}

static void say(const struct report *report, const struct place *place, const char *format,
                va_list args)
{
    const struct listener *listener = report->context;
    struct key_path path = path_of(place);
    struct buffer line = {0};

    buffer_printf(&line, "%s%s", place->label, *place->label ? ": " : "");
    buffer_vprintf(&line, format, args);
    listener->say(listener->context, &path, buffer_text(&line));
    buffer_fini(&line);
}

static size_t take_holdings(struct capnp_schema *schema, struct holding *caps)
{
    size_t n = 0;

    for (size_t i = 0; i < N_KERNEL_GRANTS; i++) {
        struct schema_node_reader node;
        char *name = format_text("kernel.capnp:%s", kernel_grants[i].interface);

        if (capnp_schema_find_name(schema, SCHEMA_NODE_WHICH_INTERFACE, name, &node) == 1)
            caps[n++] = (struct holding){kernel_grants[i].name, schema_node_id(node)};
        free(name);
    }
    return n;
}

bool check_system(const struct buffer *manifest, const struct images *images,
                  struct capnp_schema *schema, check_sayer *sayer, void *context)
{
    struct listener listener = {.say = sayer, .context = context};
    struct report report = {.say = say, .context = &listener};
    struct holding caps[N_KERNEL_GRANTS];
    const char *names[IMAGES_MAX];
    struct capnp_message message;
    struct graph graph;

    for (size_t i = 0; i < images->n; i++)
        names[i] = images->all[i].name;
    capnp_open(&message, manifest->data, manifest->len);
    return graph_check(manifest_root(&message),
                       &(struct holdings){
                           .caps = caps,
                           .n_caps = (uint32_t)take_holdings(schema, caps),
                           .images = names,
                           .n_images = (uint32_t)images->n,
                           .funds = {UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX},
                       },
                       &graph, &report);
}

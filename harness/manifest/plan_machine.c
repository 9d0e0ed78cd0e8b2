/* Machines: from complete machines in JSON to machine plans.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/manifest/plan.h"

#include <stdio.h>
#include <string.h>

static const char *network_names(struct plan *plan)
{
    struct buffer names = {0};
    for (size_t i = 0; i < plan->out->n_networks; i++)
        buffer_printf(&names, "%s%s", i ? ", " : "", plan->out->networks[i].name);
    const char *text = arena_text(plan->arena, names.len ? names.data : "(there is none)");
    buffer_fini(&names);
    return text;
}

static const struct network *find_network(struct plan *plan, const char *name)
{
    for (size_t i = 0; i < plan->out->n_networks; i++)
        if (strcmp(plan->out->networks[i].name, name) == 0)
            return &plan->out->networks[i];
    key_push(&plan->at, "network");
    plan_refuse(plan, "\"%s\" is not a network of this manifest; expected one of: %s", name,
                network_names(plan));
    return NULL;
}

/* Locally administered, and the same in every run. */
static const char *default_mac(struct plan *plan, size_t machine, size_t nic)
{
    char mac[18];
    snprintf(mac, sizeof mac, "52:54:00:00:%02x:%02x", (unsigned)machine & 0xff,
             (unsigned)nic & 0xff);
    return arena_text(plan->arena, mac);
}

static void one_nic_per_network(struct plan *plan, struct machine_plan *machine, size_t index)
{
    machine->n_nics = plan->out->n_networks;
    machine->nics = arena_alloc(plan->arena, machine->n_nics * sizeof *machine->nics);
    for (size_t i = 0; i < machine->n_nics; i++)
        machine->nics[i] = (struct nic){.network = &plan->out->networks[i],
                                        .model = "virtio-net-pci",
                                        .mac = default_mac(plan, index, i)};
}

static bool plan_nics(struct plan *plan, struct machine_plan *machine, size_t index,
                      struct json_object *list)
{
    machine->n_nics = plan_count(list);
    machine->nics = arena_alloc(plan->arena, machine->n_nics * sizeof *machine->nics);
    key_push(&plan->at, "nics");
    for (size_t i = 0; i < machine->n_nics; i++) {
        struct json_object *nic = json_object_array_get_idx(list, i);
        const char *mac = plan_text(plan, nic, "mac");
        key_push_item(&plan->at, i);
        machine->nics[i] = (struct nic){
            .network = find_network(plan, plan_text(plan, nic, "network")),
            .model = plan_text(plan, nic, "model"),
            .mac = mac ? mac : default_mac(plan, index, i),
        };
        if (!machine->nics[i].network)
            return false;
        key_pop(&plan->at);
    }
    key_pop(&plan->at);
    return true;
}

static bool plan_disk(struct plan *plan, struct disk *disk, const char *name,
                      struct json_object *json)
{
    *disk = (struct disk){
        .name = arena_text(plan->arena, name),
        .image = plan_text(plan, json, "image"),
        .format = plan_text(plan, json, "format"),
        .bus = plan_text(plan, json, "bus"),
        .size = plan_number(json, "size"),
        .read_only = plan_flag(json, "read-only"),
    };
    if (disk->image && disk->size)
        return plan_refuse(plan, "both \"image\" and \"size\"; expected one of them");
    if (!disk->image && !disk->size)
        return plan_refuse(plan, "neither \"image\" nor \"size\"; expected one of them");
    if (!disk->image && strcmp(disk->format, "raw") != 0)
        return plan_refuse(plan, "an empty disk of format \"%s\"; expected \"raw\"", disk->format);
    return true;
}

static bool plan_disks(struct plan *plan, struct machine_plan *machine, struct json_object *disks)
{
    machine->disks = arena_alloc(plan->arena, plan_count(disks) * sizeof *machine->disks);
    key_push(&plan->at, "disks");
    json_object_object_foreach(disks, name, disk)
    {
        key_push(&plan->at, name);
        if (!plan_disk(plan, &machine->disks[machine->n_disks++], name, disk))
            return false;
        key_pop(&plan->at);
    }
    key_pop(&plan->at);
    return true;
}

static void plan_options(struct plan *plan, struct machine_plan *machine,
                         struct json_object *options)
{
    size_t n = plan_count(options) + 1;
    bool tells_ringtap = false;
    machine->options = arena_alloc(plan->arena, n * sizeof *machine->options);
    json_object_object_foreach(options, name, value)
    {
        struct buffer word = {0};
        buffer_add_text(&word, name);
        if (!json_object_is_type(value, json_type_boolean))
            buffer_printf(&word, "=%s", json_object_get_string(value));
        machine->options[machine->n_options++] = arena_text(plan->arena, word.data);
        buffer_fini(&word);
        tells_ringtap = tells_ringtap || strcmp(name, "ringtap") == 0;
    }
    if (machine->ringtap && !tells_ringtap)
        machine->options[machine->n_options++] = "ringtap=yes";
}

static void plan_system(struct plan *plan, struct machine_plan *machine, struct json_object *system)
{
    machine->kernel = plan_text(plan, system, "kernel");
    machine->initrd = plan_text(plan, system, "initrd");
    machine->image = plan_text(plan, system, "image");
    plan_options(plan, machine, plan_member(system, "options"));
}

static enum boot_source boot_source(struct json_object *machine)
{
    const char *source = json_object_get_string(plan_member(machine, "boot"));
    if (strcmp(source, "network") == 0)
        return BOOT_NETWORK;
    return strcmp(source, "image") == 0 ? BOOT_IMAGE : BOOT_KERNEL;
}

static bool plan_machine(struct plan *plan, struct machine_plan *machine, size_t index,
                         struct json_object *json)
{
    struct json_object *nics = plan_member(json, "nics");
    machine->type = plan_text(plan, json, "type");
    machine->cpu = plan_text(plan, json, "cpu");
    machine->emulator = plan_text(plan, json, "emulator");
    machine->processors = plan_number(json, "processors");
    machine->memory = plan_number(json, "memory");
    machine->deterministic = plan_flag(json, "deterministic");
    machine->boot = boot_source(json);
    machine->uefi = strcmp(json_object_get_string(plan_member(json, "firmware")), "uefi") == 0;
    machine->serials = plan_texts(plan, json, "serials", &machine->n_serials);
    machine->devices = plan_texts(plan, json, "devices", &machine->n_devices);
    machine->ringtap = plan_flag(json, "ringtap");
    plan_system(plan, machine, plan_member(json, "system"));
    if (!nics)
        one_nic_per_network(plan, machine, index);
    return (!nics || plan_nics(plan, machine, index, nics)) &&
           plan_disks(plan, machine, plan_member(json, "disks"));
}

bool plan_machines(struct plan *plan, struct json_object *machines)
{
    struct manifest *m = plan->out;
    m->machines = arena_alloc(plan->arena, plan_count(machines) * sizeof *m->machines);
    key_push(&plan->at, "machines");
    json_object_object_foreach(machines, name, json)
    {
        struct machine_plan *machine = &m->machines[m->n_machines];
        machine->name = arena_text(plan->arena, name);
        key_push(&plan->at, name);
        if (!plan_machine(plan, machine, m->n_machines++, json))
            return false;
        key_pop(&plan->at);
    }
    key_pop(&plan->at);
    return true;
}

/* What goes together in a manifest and what does not: checks across its parts.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/manifest/plan.h"

#include <string.h>

static size_t cards_on(const struct machine_plan *machine, const struct network *network)
{
    size_t n = 0;
    for (size_t i = 0; i < machine->n_nics; i++)
        n += machine->nics[i].network == network;
    return n;
}

static size_t machines_on(const struct manifest *m, const struct network *network)
{
    size_t n = 0;
    for (size_t i = 0; i < m->n_machines; i++)
        n += cards_on(&m->machines[i], network) > 0;
    return n;
}

static bool interactive(const struct manifest *m)
{
    for (size_t i = 0; i < m->n_tags; i++)
        if (strcmp(m->tags[i], "interactive") == 0)
            return true;
    return false;
}

static bool check_forwards(struct plan *plan, const struct network *network)
{
    key_push(&plan->at, "forwards");
    if (network->n_forwards > 0 && network->kind != NETWORK_USER)
        return plan_refuse(plan,
                           "forwards on a network that is not of kind \"user\"; expected none");
    if (network->n_forwards > 0 && machines_on(plan->out, network) != 1)
        return plan_refuse(plan, "%zu machines are on this network; expected one to forward to",
                           machines_on(plan->out, network));
    for (size_t i = 0; i < network->n_forwards; i++) {
        if (network->forwards[i].host == 0 || interactive(plan->out))
            continue;
        key_push_item(&plan->at, i);
        key_push(&plan->at, "host");
        return plan_refuse(plan,
                           "%u is a fixed port of the host; expected 0, or the tag "
                           "\"interactive\"",
                           network->forwards[i].host);
    }
    key_pop(&plan->at);
    return true;
}

static bool check_network(struct plan *plan, const struct network *network)
{
    size_t n = machines_on(plan->out, network);
    if (network->kind == NETWORK_LINK && n < 2)
        return plan_refuse(plan, "a link with %zu machine%s on it; expected two or more", n,
                           n == 1 ? "" : "s");
    if (network->kind == NETWORK_USER && n > 1)
        return plan_refuse(
            plan,
            "a user network with %zu machines on it: each has one of its own; expected "
            "one machine, or a link",
            n);
    for (size_t i = 0; i < plan->out->n_machines; i++)
        if (cards_on(&plan->out->machines[i], network) > 1)
            return plan_refuse(plan,
                               "two cards of machine \"%s\" are on this network; expected one",
                               plan->out->machines[i].name);
    return check_forwards(plan, network);
}

/* A serial port and a network of one name would be two streams of one name. */
static bool check_names(struct plan *plan, const struct network *network)
{
    for (size_t i = 0; i < plan->out->n_machines && !plan->several; i++)
        for (size_t j = 0; j < plan->out->machines[i].n_serials; j++)
            if (strcmp(plan->out->machines[i].serials[j], network->name) == 0)
                return plan_refuse(plan, "a serial port has this name; expected another");
    return true;
}

static bool check_networks(struct plan *plan)
{
    key_push(&plan->at, "networks");
    for (size_t i = 0; i < plan->out->n_networks; i++) {
        const struct network *network = &plan->out->networks[i];
        key_push(&plan->at, network->name);
        if (!check_names(plan, network) || !check_network(plan, network))
            return false;
        key_pop(&plan->at);
    }
    key_pop(&plan->at);
    return true;
}

/* Frames from outside the machine arrive when the host likes. */
static bool check_deterministic(struct plan *plan, const struct machine_plan *machine)
{
    if (!machine->deterministic)
        return true;
    key_push(&plan->at, "deterministic");
    if (machine->processors > 1)
        return plan_refuse(plan, "true with %u processors; expected one", machine->processors);
    for (size_t i = 0; i < machine->n_nics; i++)
        if (machine->nics[i].network->kind != NETWORK_USER)
            return plan_refuse(plan,
                               "true with a card on the wire or link network \"%s\"; expected "
                               "user networks only",
                               machine->nics[i].network->name);
    key_pop(&plan->at);
    return true;
}

static bool check_boot(struct plan *plan, const struct machine_plan *machine)
{
    key_push(&plan->at, "boot");
    if (machine->boot == BOOT_NETWORK && machine->n_nics == 0)
        return plan_refuse(plan, "\"network\" without a network card; expected one at least");
    if (machine->boot == BOOT_IMAGE && !machine->image)
        return plan_refuse(plan,
                           "\"image\" without system.image; expected the path of an ISO file");
    key_pop(&plan->at);
    if (machine->boot != BOOT_KERNEL || !machine->uefi)
        return true;
    key_push(&plan->at, "firmware");
    return plan_refuse(plan, "\"uefi\" where no firmware boots; expected \"boot\": \"network\" or "
                             "\"image\"");
}

/* Who loads the kernel gives it its options. */
static bool check_ringtap(struct plan *plan, const struct machine_plan *machine)
{
    if (!machine->ringtap || machine->boot == BOOT_KERNEL)
        return true;
    key_push(&plan->at, "ringtap");
    return plan_refuse(plan, "true where the kernel cannot be told; expected \"boot\": \"kernel\"");
}

static bool refuse_system(struct plan *plan, const char *key, const char *what)
{
    key_push(&plan->at, "system");
    key_push(&plan->at, key);
    return plan_refuse(plan, "%s", what);
}

/* What is said for a system that then boots without it would look as if it were tried. */
static bool check_system(struct plan *plan, const struct machine_plan *machine)
{
    static const char own[] =
        "not for a machine that boots an image, which has its own; expected none";
    if (machine->boot != BOOT_IMAGE)
        return !machine->image || refuse_system(plan, "image",
                                                "an image that is not booted; expected \"boot\": "
                                                "\"image\" in the machine");
    if (machine->initrd)
        return refuse_system(plan, "initrd", own);
    return machine->n_options == 0 || refuse_system(plan, "options", own);
}

/* Whether a card before card @nic of machine @machine has its address and could meet it: in the
 * same machine or on the same network. */
static bool mac_taken(const struct manifest *m, size_t machine, size_t nic)
{
    const struct nic *new = &m->machines[machine].nics[nic];
    for (size_t i = 0; i <= machine; i++)
        for (size_t j = 0; j < (i == machine ? nic : m->machines[i].n_nics); j++) {
            const struct nic *old = &m->machines[i].nics[j];
            if (strcmp(old->mac, new->mac) == 0 && (i == machine || old->network == new->network))
                return true;
        }
    return false;
}

static bool check_macs(struct plan *plan, size_t machine)
{
    const struct machine_plan *p = &plan->out->machines[machine];
    key_push(&plan->at, "nics");
    for (size_t i = 0; i < p->n_nics; i++) {
        if (!mac_taken(plan->out, machine, i))
            continue;
        key_push_item(&plan->at, i);
        key_push(&plan->at, "mac");
        return plan_refuse(
            plan, "another card of this machine or network has %s; expected each address once",
            p->nics[i].mac);
    }
    key_pop(&plan->at);
    return true;
}

bool plan_check(struct plan *plan)
{
    key_push(&plan->at, "machines");
    for (size_t i = 0; i < plan->out->n_machines; i++) {
        const struct machine_plan *machine = &plan->out->machines[i];
        key_push(&plan->at, machine->name);
        if (!check_deterministic(plan, machine) || !check_boot(plan, machine) ||
            !check_ringtap(plan, machine) || !check_system(plan, machine) || !check_macs(plan, i))
            return false;
        key_pop(&plan->at);
    }
    key_pop(&plan->at);
    return check_networks(plan);
}

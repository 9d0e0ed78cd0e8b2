/* The connection to libvirt.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/machine/connection.h"

#include "harness/machine/accelerator.h"

#include <libvirt/virterror.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

bool connection_error(struct error *err, const char *what)
{
    virErrorPtr last = virGetLastError();
    return error_set(err, "%s: %s", what,
                     last && last->message ? last->message : "no reason given");
}

/* Errors come back as values; libvirt need not print them as well. */
static void quiet(void *arg, virErrorPtr error)
{
    (void)arg;
    (void)error;
}

static bool choose_accelerator(struct connection *c, struct error *err)
{
    const char *wish = getenv("ACCEL");
    if (wish && !*wish)
        wish = NULL;
    if (wish && strcmp(wish, "tcg") != 0 && strcmp(wish, "kvm") != 0)
        return error_set(err, "ACCEL=%s: expected tcg or kvm", wish);
    char why[128] = "ACCEL=tcg";
    c->kvm = !(wish && strcmp(wish, "tcg") == 0) && kvm_usable(why);
    if (wish && strcmp(wish, "kvm") == 0 && !c->kvm)
        return error_set(err, "ACCEL=kvm, but KVM is not usable: %s", why);
    return true;
}

/* The capability probe runs QEMU processes that libvirt waits for by their disappearing, so it must
 * come before this process becomes a subreaper: then they would stay as zombies for their time-out.
 */
static bool probe(struct connection *c, const struct slot *slot, const char *emulator,
                  struct error *err)
{
    int token = slot_cache_enter(slot, err);
    if (token < 0)
        return false;
    char *capabilities = virConnectGetDomainCapabilities(c->libvirt, emulator, "x86_64", "q35",
                                                         c->kvm ? "kvm" : "qemu", 0);
    slot_cache_leave(slot, token);
    if (!capabilities)
        return connection_error(err, emulator);
    free(capabilities);
    return true;
}

/* libvirt throws its knowledge of QEMU away when the host's CPUID has changed, and what it compares
 * holds the number of the processor that it happens to ask. So it always asks the same one. */
static void pin_to_first_processor(cpu_set_t *before)
{
    cpu_set_t first;
    CPU_ZERO(&first);
    sched_getaffinity(0, sizeof *before, before);
    for (int i = 0; i < CPU_SETSIZE; i++) {
        if (!CPU_ISSET(i, before))
            continue;
        CPU_SET(i, &first);
        break;
    }
    sched_setaffinity(0, sizeof first, &first);
}

static bool open_embedded(struct connection *c, const struct slot *slot, const char *uri,
                          const char *emulator, struct error *err)
{
    cpu_set_t before;
    pin_to_first_processor(&before);
    c->libvirt = virConnectOpen(uri);
    bool good = c->libvirt ? probe(c, slot, emulator, err)
                           : connection_error(err, "libvirt does not open its QEMU driver");
    sched_setaffinity(0, sizeof before, &before);
    if (good)
        prctl(PR_SET_CHILD_SUBREAPER, 1);
    return good;
}

bool connection_open(struct connection *c, const struct slot *slot, const char *uri,
                     const char *emulator, struct error *err)
{
    char embedded[PATH_MAX + 64];
    virSetErrorFunc(NULL, quiet);
    c->embedded = !uri;
    if (!uri) {
        snprintf(embedded, sizeof embedded, "qemu:///embed?root=%s", slot->root);
        uri = embedded;
    }
    if (!c->embedded && strncmp(uri, "qemu:///embed", 13) == 0)
        return error_set(
            err,
            "HARNESS_URI=%s: leave it empty for the embedded driver, which then gets a "
            "root folder of the harness's own",
            uri);
    if (strncmp(uri, "qemu:///", 8) != 0)
        return error_set(err,
                         "HARNESS_URI=%s: scenarios need a QEMU connection on this host: "
                         "qemu:///session or qemu:///system (a remote QEMU "
                         "could not reach the sockets and files of the run folder)",
                         uri);
    if (!choose_accelerator(c, err))
        return false;
    if (c->embedded)
        return open_embedded(c, slot, uri, emulator, err);
    c->libvirt = virConnectOpen(uri);
    return c->libvirt || connection_error(err, "libvirt does not connect");
}

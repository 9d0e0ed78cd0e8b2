/* Booting machines and expecting how they end.
 * SPDX-License-Identifier: Apache-2.0
 */
#define SCENARIO_IMPLEMENTATION
#include "harness/base/clock.h"
#include "harness/event/loop.h"
#include "harness/machine/diagnosis.h"
#include "harness/machine/monitor.h"
#include "harness/scenario.h"
#include "harness/scenario/run.h"
#include "harness/stream/match.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct run_machine *find(const struct machine *m)
{
    for (size_t i = 0; i < run.n_machines; i++)
        if (run.machines[i].machine == m)
            return &run.machines[i];
    run_end(VERDICT_ERROR, NULL, "a machine that was never booted");
}

static const struct machine_plan *find_plan(const char *name)
{
    struct buffer names = {0};
    for (size_t i = 0; i < run.manifest->n_machines; i++) {
        if (strcmp(run.manifest->machines[i].name, name) == 0)
            return &run.manifest->machines[i];
        buffer_printf(&names, " %s", run.manifest->machines[i].name);
    }
    run_end(VERDICT_ERROR, NULL, "the manifest has no machine %s; it has:%s", name,
            buffer_text(&names));
}

/* Opened by the first machine: scenarios of the host alone need no libvirt. */
static void open_connection(const char *emulator)
{
    struct error err;
    const char *uri = getenv("HARNESS_URI");
    if (run.connected)
        return;
    if (access(emulator, X_OK))
        run_end(VERDICT_ERROR, NULL,
                "cannot run the emulator %s: install qemu-system-x86, or correct "
                "machine.emulator in the manifest",
                emulator);
    if (!connection_open(&run.connection, &run.slot, uri && *uri ? uri : NULL, emulator, &err))
        run_end(VERDICT_ERROR, NULL, "%s", err.text);
    run.connected = true;
}

/* The kernel is entered at its physical address, before its own mappings exist. */
static void print_debugger_line(const struct machine *m)
{
    printf("\n%s waits before its first instruction. In another terminal:\n\n"
           "    gdb %s -x tools/gdb/capos.py -ex 'target remote %s/%s.gdb' \\\n"
           "        -ex 'hbreak *((long)&%s & 0x7fffffff)' -ex continue\n\n"
           "No time limit holds; Ctrl-C here ends the run.\n\n",
           machine_words(m), m->kernel, run.io, m->plan->name,
           m->plan->boot == BOOT_KERNEL ? "pvh_entry" : "multiboot2_entry");
}

/* The ports that the host chose, from "TCP[HOST_FORWARD]  12  127.0.0.1 33795  10.0.2.15  80  0 0".
 */
static void parse_forwards(const struct machine *m, const char *table)
{
    for (const char *p = table; (p = strstr(p, "[HOST_FORWARD]")); p++) {
        unsigned host, guest;
        if (sscanf(p, "[HOST_FORWARD] %*d %*s %u %*s %u", &host, &guest) != 2 ||
            run.n_ports == sizeof run.ports / sizeof *run.ports)
            continue;
        struct run_port *port = &run.ports[run.n_ports++];
        *port = (struct run_port){.machine = m, .guest = guest, .host = host};
        strcpy(port->protocol, strncmp(p - 3, "UDP", 3) == 0 ? "udp" : "tcp");
        printf("port %u (%s) of the machine is 127.0.0.1:%u\n", guest, port->protocol, host);
    }
}

static void learn_forwards(struct machine *m)
{
    for (size_t i = 0; i < m->plan->n_nics; i++) {
        const struct network *network = m->plan->nics[i].network;
        struct buffer table = {0};
        struct error err;
        if (network->kind != NETWORK_USER || network->n_forwards == 0)
            continue;
        if (!monitor_command(m, "info usernet", 0, &table, &err))
            run_end(VERDICT_ERROR, NULL, "%s", err.text);
        parse_forwards(m, buffer_text(&table));
        buffer_fini(&table);
        return; /* the table names every user network of the machine */
    }
}

struct machine *machine_boot(const char *name)
{
    struct error err;
    const struct machine_plan *plan = find_plan(name);
    for (size_t i = 0; i < run.n_machines; i++)
        if (run.machines[i].machine->plan == plan)
            run_end(VERDICT_ERROR, NULL,
                    "machine %s is booted twice; name a second one in the "
                    "manifest's \"machines\"",
                    name);
    if (run.n_machines == RUN_MACHINES)
        run_end(VERDICT_ERROR, NULL, "more than %d machines", RUN_MACHINES);
    struct domain_place place = {.root = run.root,
                                 .build = run.build,
                                 .io = run.io,
                                 .run = run.folder,
                                 .debug = run.options.debug};
    int64_t before = clock_ms();
    open_connection(plan->emulator);
    struct machine *m = machine_create(plan, &run.connection, &place, &err);
    if (!m)
        run_end(VERDICT_ERROR, NULL, "%s", err.text);
    for (size_t i = 0; i < MACHINE_SERIALS; i++)
        if (m->serials[i])
            m->serials[i]->echo_live = run.options.watch || run.options.debug;
    run.machines[run.n_machines++] = (struct run_machine){.machine = m};
    /* Forwards are asked for while the guest has not run yet: its first packet already meets them.
     */
    if (!machine_start(m, &place, true, &err))
        run_end(VERDICT_ERROR, NULL, "%s", err.text);
    learn_forwards(m);
    if (!run.first_machine)
        run.first_machine = clock_ms();
    /* The limit is the guest's: a host whose libvirt has to get to know its QEMU first may take its time. The
     * runner's ceiling holds for that. */
    if (run.deadline < INT64_MAX / 4)
        run.deadline += clock_ms() - before;
    if (run.options.debug)
        print_debugger_line(m);
    else if (virDomainResume(m->domain) < 0) {
        connection_error(&err, "libvirt does not let the machine run");
        run_end(VERDICT_ERROR, NULL, "%s", err.text);
    }
    return m;
}

static struct stream *find_serial(const struct machine *m, const char *name)
{
    for (size_t i = 0; i < m->plan->n_serials && i < MACHINE_SERIALS; i++)
        if (strcmp(m->plan->serials[i], name) == 0)
            return m->serials[i];
    return NULL;
}

bool machine_has_serial(struct machine *m, const char *name)
{
    return find_serial(m, name) != NULL;
}

struct stream *machine_serial(struct machine *m, const char *name)
{
    struct stream *serial = find_serial(m, name);
    if (!serial)
        run_end(VERDICT_ERROR, NULL, "machine %s has no serial port %s in the manifest",
                m->plan->name, name);
    return serial;
}

/* Waits until the machine has ended and all it said has come. */
static enum machine_state await_end(struct machine *m, const char *wanted)
{
    loop_lock();
    while (m->state == MACHINE_RUNNING) {
        run_check_trouble(wanted);
        if (loop_wait(run.deadline))
            continue;
        loop_unlock();
        run_end(VERDICT_HANG, wanted, "the machine still runs at the scenario's time limit");
    }
    enum machine_state state = m->state;
    loop_unlock();
    struct error err;
    if (!machine_stop(m, &err))
        run_end(VERDICT_ERROR, wanted, "%s", err.text);
    return state;
}

static void expect_end(struct machine *m, enum machine_state wanted)
{
    char *words = format_text("%s %s", machine_words(m), machine_state_name(wanted));
    enum machine_state came = await_end(m, words);
    loop_lock();
    run_check_trouble(words);
    loop_unlock();
    if (came != wanted)
        run_end(VERDICT_FAIL, words, "it was %s", machine_state_name(came));
    free(words);
}

void machine_expect_off(struct machine *m)
{
    expect_end(m, MACHINE_OFF);
}

void machine_expect_reset(struct machine *m)
{
    find(m)->reset_wanted = true;
    expect_end(m, MACHINE_RESET);
}

void machine_expect_panic(struct machine *m, const char *reason)
{
    char *words = format_text("a panic whose reason matches /%s/", reason);
    struct run_machine *rm = find(m);
    struct error err;
    bool matches;
    rm->panic_wanted = true;
    loop_lock();
    while (!m->panic.complete) {
        run_check_trouble(words);
        if (m->state != MACHINE_RUNNING && m->serials[0] && m->serials[0]->ended) {
            loop_unlock();
            run_end(VERDICT_FAIL, words, "the machine %s", machine_state_name(m->state));
        }
        if (loop_wait(run.deadline))
            continue;
        loop_unlock();
        run_end(VERDICT_HANG, words, m->panic.begun ? "its report was not completed" : "none came");
    }
    loop_unlock();
    if (!match_line(reason, m->panic.reason, &matches, &err))
        run_end(VERDICT_ERROR, NULL, "%s", err.text);
    if (!matches) {
        rm->panic_wanted = false; /* not this one: it is explained as any other */
        run_end(VERDICT_PANIC, words, "the kernel panicked: %s", m->panic.reason);
    }
    free(words);
}

const char *machine_diagnosis(struct machine *m)
{
    struct buffer b = {0};
    diagnose_processors(m, &b);
    return buffer_text(&b);
}

const char *machine_panic_backtrace(struct machine *m)
{
    struct buffer b = {0};
    diagnose_panic(m, &b);
    return buffer_text(&b);
}

void machine_unplug(struct machine *m)
{
    struct error err;
    if (!machine_stop(m, &err))
        run_end(VERDICT_ERROR, NULL, "%s", err.text);
    loop_lock();
    run_check_trouble("a machine that ran until its plug was pulled");
    loop_unlock();
}

void machine_resume(struct machine *m)
{
    struct error err;
    if (virDomainResume(m->domain) < 0 && !connection_error(&err, "cannot resume the machine"))
        run_end(VERDICT_ERROR, NULL, "%s", err.text);
}

const char *machine_monitor(struct machine *m, const char *command)
{
    struct error err;
    struct buffer answer = {0};
    if (!monitor_command(m, command, 0, &answer, &err))
        run_end(VERDICT_ERROR, NULL, "%s", err.text);
    return buffer_text(&answer);
}

unsigned machine_port(struct machine *m, const char *protocol, unsigned guest)
{
    for (size_t i = 0; i < run.n_ports; i++)
        if (run.ports[i].machine == m && run.ports[i].guest == guest &&
            strcmp(run.ports[i].protocol, protocol) == 0)
            return run.ports[i].host;
    run_end(VERDICT_ERROR, NULL, "no forward to port %u (%s) of machine %s in the manifest", guest,
            protocol, m->plan->name);
}

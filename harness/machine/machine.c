/* A running machine: one libvirt domain, its serial streams, and how it ended.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/machine/machine.h"

#include "harness/base/clock.h"
#include "harness/base/files.h"
#include "harness/event/loop.h"
#include "harness/machine/preflight.h"

#include <errno.h>
#include <libvirt/libvirt-qemu.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAX_MACHINES = 16, STOP_LIMIT_MS = 10000 };

/* Every machine of the process, for events that name only a domain. Filled before the machine
 * starts. */
static struct machine *machines[MAX_MACHINES];
static size_t n_machines;

const char *machine_state_name(enum machine_state state)
{
    static const char *const names[] = {
        [MACHINE_CREATED] = "not started", [MACHINE_RUNNING] = "running",
        [MACHINE_OFF] = "powered off",     [MACHINE_RESET] = "reset",
        [MACHINE_DIED] = "ended by QEMU",  [MACHINE_STOPPED] = "stopped by the harness"};
    return names[state];
}

const char *machine_words(const struct machine *m)
{
    return m->words;
}

static struct machine *find(virDomainPtr domain)
{
    const char *name = virDomainGetName(domain);
    for (size_t i = 0; i < n_machines; i++)
        if (name && strcmp(machines[i]->name, name) == 0)
            return machines[i];
    return NULL;
}

/* The first end counts: what follows (QEMU being told to quit) is its consequence. */
static void set_end(struct machine *m, enum machine_state end)
{
    if (m->state == MACHINE_RUNNING)
        m->state = end;
    loop_changed();
}

/* QEMU is gone, so all that it said stands in the FIFOs. */
static void finish_serials(struct machine *m)
{
    for (size_t i = 0; i < MACHINE_SERIALS; i++)
        if (m->serials[i])
            stream_finish(m->serials[i]);
}

static void on_shutdown(virConnectPtr connection, virDomainPtr domain, const char *event,
                        long long seconds, unsigned micros, const char *details, void *arg)
{
    (void)connection;
    (void)event;
    (void)seconds;
    (void)micros;
    (void)arg;
    loop_lock();
    struct machine *m = find(domain);
    /* QMP SHUTDOWN: {"guest":true,"reason":"guest-shutdown"}; "host-…" reasons are ours or
     * libvirt's. */
    if (m && details && strstr(details, "\"guest-reset\""))
        set_end(m, MACHINE_RESET);
    else if (m && details && strstr(details, "\"guest-shutdown\""))
        set_end(m, MACHINE_OFF);
    loop_unlock();
}

static int on_life(virConnectPtr connection, virDomainPtr domain, int event, int detail, void *arg)
{
    (void)connection;
    (void)detail;
    (void)arg;
    loop_lock();
    struct machine *m = find(domain);
    if (m && (event == VIR_DOMAIN_EVENT_STOPPED || event == VIR_DOMAIN_EVENT_CRASHED)) {
        m->reported = true;
        finish_serials(m);
        set_end(m, m->stopping ? MACHINE_STOPPED : MACHINE_DIED);
    }
    loop_unlock();
    return 0;
}

static bool watch_events(struct connection *c, struct error *err)
{
    static bool watching;
    if (watching)
        return true;
    watching = true;
    if (virConnectDomainEventRegisterAny(c->libvirt, NULL, VIR_DOMAIN_EVENT_ID_LIFECYCLE,
                                         VIR_DOMAIN_EVENT_CALLBACK(on_life), NULL, NULL) < 0 ||
        virConnectDomainQemuMonitorEventRegister(c->libvirt, NULL, "SHUTDOWN", on_shutdown, NULL,
                                                 NULL, 0) < 0)
        return connection_error(err, "libvirt does not report events");
    return true;
}

static void on_console_line(struct stream *s, const char *line, size_t len, void *arg)
{
    (void)s;
    struct machine *m = arg;
    if (panic_report_add(&m->panic, line, len) || fault_log_add(&m->faults, line, len))
        loop_changed();
}

/* A machine alone in its scenario leaves its name out of its streams'. */
static bool create_serials(struct machine *m, const struct domain_place *place, struct error *err)
{
    for (size_t i = 0; i < m->plan->n_serials && i < MACHINE_SERIALS; i++) {
        const char *serial = m->plan->serials[i];
        char *name = m->alone ? copy_text(serial) : format_text("%s.%s", m->plan->name, serial);
        char *log = format_text("%s/serial-%s.log", place->run, name);
        char *fifos = format_text("%s/%s.%s", place->io, m->plan->name, serial);
        struct stream *s = stream_create(name, "serial", log, err);
        bool good = s && stream_open_fifos(s, fifos, err);
        free(name);
        free(log);
        free(fifos);
        if (!good)
            return false;
        m->serials[i] = s;
    }
    if (m->serials[0]) {
        m->serials[0]->on_line = on_console_line;
        m->serials[0]->on_line_arg = m;
    }
    return true;
}

static bool open_trace(struct machine *m, const struct domain_place *place, struct error *err)
{
    char *path = format_text("%s/%s.trace", place->io, m->plan->name);
    bool good = qemu_trace_open(&m->trace, path, err);
    free(path);
    return good;
}

/* A boot package build/scenarios/packages/NAME.package has its programs from
 * build/scenarios/guests/NAME. */
static char *find_programs(const struct machine_plan *plan, const struct domain_place *place)
{
    static const char before[] = "build/scenarios/packages/", after[] = ".package";
    size_t len = plan->initrd ? strlen(plan->initrd) : 0;
    if (len <= sizeof before + sizeof after - 2 ||
        strncmp(plan->initrd, before, sizeof before - 1) != 0 ||
        strcmp(plan->initrd + len - (sizeof after - 1), after) != 0)
        return NULL;
    return format_text("%s/scenarios/guests/%.*s", place->build,
                       (int)(len - (sizeof before + sizeof after - 2)),
                       plan->initrd + sizeof before - 1);
}

struct machine *machine_create(const struct machine_plan *plan, struct connection *connection,
                               const struct domain_place *place, struct error *err)
{
    if (n_machines == MAX_MACHINES) {
        error_set(err, "more than %d machines in one scenario", MAX_MACHINES);
        return NULL;
    }
    struct machine *m = calloc(1, sizeof *m);
    if (!m)
        abort();
    m->plan = plan;
    m->run = place->run;
    m->alone = strcmp(plan->name, "machine") == 0;
    m->words = m->alone ? copy_text("the machine") : format_text("machine %s", plan->name);
    m->connection = connection;
    /* libvirt names folders after the first 20 characters only, its own number before them. */
    m->name = format_text("capos-%d-%zu-%s", (int)getpid(), n_machines, path_base(plan->name));
    m->kernel = domain_path(place, plan->kernel);
    m->programs = find_programs(plan, place);
    loop_lock();
    machines[n_machines++] = m;
    bool good =
        preflight(plan, place, err) && create_serials(m, place, err) && open_trace(m, place, err);
    loop_unlock();
    return good ? m : NULL;
}

static bool keep_xml(const struct machine *m, const struct buffer *xml, struct error *err)
{
    char *path = m->alone ? format_text("%s/domain.xml", m->run)
                          : format_text("%s/%s.domain.xml", m->run, m->plan->name);
    bool good = file_write(path, xml->data, xml->len, err);
    free(path);
    return good;
}

static pid_t read_pid(const struct machine *m, const char *io)
{
    errno = ESRCH;
    /* ROOT/io is the sockets' folder, ROOT/run/qemu/NAME.pid is libvirt's. */
    char *path = format_text("%s/../run/qemu/%s.pid", io, m->name);
    struct buffer text = {0};
    pid_t pid = file_read(path, 32, &text, NULL) ? (pid_t)atoi(buffer_text(&text)) : 0;
    buffer_fini(&text);
    free(path);
    return pid;
}

/* QEMU's process has ended. This process is its parent (a subreaper) and reaps exactly it: libvirt
 * waits for its own children, and believes a machine stopped only when its process is gone. A clean
 * exit follows a shutdown that libvirt reports; anything else is QEMU's own death. */
static void qemu_ended(int fd, bool readable, bool writable, void *arg)
{
    struct machine *m = arg;
    int status;
    (void)readable;
    (void)writable;
    pid_t reaped = waitpid(m->pid, &status, WNOHANG);
    if (reaped == 0)
        return;
    loop_unwatch(m->pid_watch);
    close(fd);
    m->reaped = true;
    finish_serials(m);
    /* Reaped by somebody else (ECHILD), its status is unknown: libvirt's report decides. */
    if (reaped == m->pid && !m->stopping && (!WIFEXITED(status) || WEXITSTATUS(status) != 0))
        set_end(m, MACHINE_DIED);
    loop_changed();
}

static bool watch_process(struct machine *m, const char *io, struct error *err)
{
    m->pid = read_pid(m, io);
    int fd = m->pid > 0 ? (int)syscall(SYS_pidfd_open, m->pid, 0) : -1;
    if (fd < 0)
        return error_set(err, "cannot watch QEMU's process: %s", strerror(errno));
    loop_lock();
    m->pid_watch = loop_watch(fd, qemu_ended, m);
    loop_unlock();
    return m->pid_watch >= 0 || error_set(err, "too many descriptors");
}

bool machine_start(struct machine *m, const struct domain_place *given, bool paused,
                   struct error *err)
{
    struct domain_place place = *given;
    place.name = m->name;
    place.alone = m->alone;
    place.kvm = m->connection->kvm && !m->plan->deterministic;
    struct buffer xml = {0};
    domain_xml(m->plan, &place, &xml);
    bool good = keep_xml(m, &xml, err) && watch_events(m->connection, err);
    if (good) {
        loop_lock();
        m->state = MACHINE_RUNNING; /* before it runs: its end may come before this thread does */
        loop_unlock();
        unsigned flags = paused ? VIR_DOMAIN_START_PAUSED : 0;
        if (!m->connection->embedded)
            flags |= VIR_DOMAIN_START_AUTODESTROY;
        m->domain = virDomainCreateXML(m->connection->libvirt, xml.data, flags);
        good = m->domain || connection_error(err, "libvirt does not start the machine");
    }
    if (good && m->connection->embedded)
        good = watch_process(m, place.io, err);
    buffer_fini(&xml);
    return good;
}

static bool all_ended(const struct machine *m)
{
    if (m->pid > 0 && !m->reaped)
        return false;
    for (size_t i = 0; i < MACHINE_SERIALS; i++)
        if (m->serials[i] && !m->serials[i]->ended)
            return false;
    /* Libvirt's report takes a while, and is needed only where the end is not known already. */
    return m->state != MACHINE_RUNNING || m->reported;
}

bool machine_stop(struct machine *m, struct error *err)
{
    if (!m->domain)
        return true;
    loop_lock();
    m->stopping = true;
    /* QEMU writes captures and serial bytes without buffering, so killing it loses nothing. */
    if (m->pid > 0 && !m->reaped)
        kill(m->pid, SIGKILL);
    loop_unlock();
    if (m->pid == 0)
        virDomainDestroy(m->domain); /* gone already is what we want */
    int64_t deadline = clock_ms() + STOP_LIMIT_MS;
    loop_lock();
    while (!all_ended(m) && loop_wait(deadline))
        ;
    bool good = all_ended(m);
    set_end(m, MACHINE_STOPPED);
    char *trace = format_text("%s/%s.trace", m->run, m->plan->name);
    bool written = qemu_trace_close(&m->trace, trace, err);
    free(trace);
    loop_unlock();
    if (!written)
        return false;
    return good || error_set(err, "%s does not end: what it said last may be missing", m->words);
}

void machine_await_panic_report(struct machine *m, int64_t deadline)
{
    while (!m->panic.complete && m->state == MACHINE_RUNNING && loop_wait(deadline))
        ;
}

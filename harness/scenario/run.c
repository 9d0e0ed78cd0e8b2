/* The run of one scenario: from the command line to the scenario's body.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The order matters: the janitor is forked before any thread exists, libvirt's loop is registered
 * before its connection is opened, and networks listen before a machine can dial.
 */
#define SCENARIO_IMPLEMENTATION
#include "harness/scenario/run.h"

#include "harness/base/clock.h"
#include "harness/event/loop.h"
#include "harness/machine/janitor.h"
#include "harness/scenario.h"

#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct run run;

static _Noreturn void usage(void)
{
    fputs("usage: SCENARIO --manifest FILE --run FOLDER [--goldens FOLDER] [--build FOLDER]\n"
          "                [--accept] [--watch] [--debug] [--interactive]\n"
          "Run it through `make scenario NAME=…`, which fills these in.\n",
          stderr);
    exit(2);
}

static void parse_options(int argc, char **argv)
{
    static const struct option known[] = {{"manifest", required_argument, NULL, 'm'},
                                          {"run", required_argument, NULL, 'r'},
                                          {"goldens", required_argument, NULL, 'g'},
                                          {"build", required_argument, NULL, 'b'},
                                          {"accept", no_argument, NULL, 'a'},
                                          {"watch", no_argument, NULL, 'w'},
                                          {"debug", no_argument, NULL, 'd'},
                                          {"interactive", no_argument, NULL, 'i'},
                                          {0}};
    run.options = (struct options){.goldens = "goldens", .build = "build"};
    for (int c; (c = getopt_long(argc, argv, "", known, NULL)) != -1;) {
        switch (c) {
        case 'm':
            run.options.manifest = optarg;
            break;
        case 'r':
            run.options.run = optarg;
            break;
        case 'g':
            run.options.goldens = optarg;
            break;
        case 'b':
            run.options.build = optarg;
            break;
        case 'a':
            run.options.accept = true;
            break;
        case 'w':
            run.options.watch = true;
            break;
        case 'd':
            run.options.debug = true;
            break;
        case 'i':
            run.options.interactive = true;
            break;
        default:
            usage();
        }
    }
    if (!run.options.manifest || !run.options.run || optind != argc)
        usage();
}

/* The runner holds the other end: when it is gone, so is the reason for this run. */
static void lifeline_ready(int fd, bool readable, bool writable, void *arg)
{
    (void)writable;
    (void)arg;
    char byte;
    if (readable && read(fd, &byte, 1) == 0)
        _exit(2); /* the janitor ends the machines */
}

static void watch_lifeline(void)
{
    const char *number = getenv("CAPOS_LIFELINE");
    struct stat st;
    int fd = number ? atoi(number) : -1;
    if (fd < 0 || fstat(fd, &st) || !S_ISFIFO(st.st_mode))
        return; /* started by hand */
    /* It is this process's alone: a program of the host that held it would keep nobody alive. */
    fcntl(fd, F_SETFD, FD_CLOEXEC);
    unsetenv("CAPOS_LIFELINE");
    loop_lock();
    loop_watch(fd, lifeline_ready, NULL);
    loop_unlock();
}

static char *absolute(const char *path)
{
    char full[PATH_MAX];
    if (!realpath(path, full))
        run_end(VERDICT_ERROR, NULL, "cannot find the folder %s", path);
    return copy_text(full);
}

static void must(bool good, const struct error *err)
{
    if (!good)
        run_end(VERDICT_ERROR, NULL, "%s", err->text);
}

static int ports_on(const struct network *network)
{
    int n = 0;
    for (size_t i = 0; i < run.manifest->n_machines; i++)
        for (size_t k = 0; k < run.manifest->machines[i].n_nics; k++)
            n += run.manifest->machines[i].nics[k].network == network;
    return n;
}

static void create_segments(void)
{
    struct error err;
    for (size_t i = 0; i < run.manifest->n_networks && i < RUN_NETWORKS; i++) {
        const struct network *network = &run.manifest->networks[i];
        if (network->kind == NETWORK_USER)
            continue;
        char *socket = format_text("%s/%s", run.io, network->name);
        char *capture = format_text("%s/%s.pcap", run.folder, network->name);
        loop_lock();
        run.segments[i] = segment_create(network->name, socket, capture, ports_on(network), &err);
        loop_unlock();
        must(run.segments[i] != NULL, &err);
        free(socket);
        free(capture);
    }
}

static void load_manifest(void)
{
    struct error err;
    char *schema = format_text("%s/harness/manifest/manifest.schema.json", run.root);
    run.manifest = manifest_load(run.options.manifest, schema, &err);
    free(schema);
    must(run.manifest != NULL, &err);
    run.deadline = run.options.debug || run.options.interactive
                       ? INT64_MAX / 2
                       : run.started + (int64_t)run.manifest->limit * 1000;
}

int main(int argc, char **argv)
{
    struct error err;
    parse_options(argc, argv);
    signal(SIGPIPE, SIG_IGN);
    setvbuf(stdout, NULL, _IOLBF, 0);
    run.started = clock_ms();
    run.deadline = run.started + 30000;
    run.root = absolute(".");
    run.folder = absolute(run.options.run);
    char *log = format_text("3:file:%s/libvirt.log", run.folder);
    setenv("LIBVIRT_LOG_OUTPUTS", log, 1);
    free(log);

    load_manifest();
    run.build = absolute(run.options.build);
    must(slot_take(&run.slot, run.build, &err), &err);
    /* What the programs of the host can be known by, when this process is gone. */
    setenv("CAPOS_SLOT", run.slot.root, 1);
    must(janitor_start(run.slot.root, run.slot.lock, &err), &err);
    run.io = format_text("%s/io", run.slot.root);
    must(loop_start(&err), &err);
    watch_lifeline();
    create_segments();

    scenario_main();
    run_finish(VERDICT_PASS, NULL, NULL);
}

/* Frames between the scenario and the machines on a `wire` network.
 * SPDX-License-Identifier: Apache-2.0
 */
#define SCENARIO_IMPLEMENTATION
#include "harness/base/clock.h"
#include "harness/event/loop.h"
#include "harness/network/capture.h"
#include "harness/scenario.h"
#include "harness/scenario/run.h"

#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

/* There is no event for "the peer has read its socket": it is asked this often. */
enum { TAKEN_POLL_MS = 2 };

static struct segment *find(const char *name, bool to_send)
{
    for (size_t i = 0; i < run.manifest->n_networks; i++) {
        const struct network *network = &run.manifest->networks[i];
        if (strcmp(network->name, name) != 0)
            continue;
        if (!run.segments[i] || (to_send && network->kind != NETWORK_WIRE))
            run_end(VERDICT_ERROR, NULL, "network %s is not a wire: the scenario is no peer on it",
                    name);
        return run.segments[i];
    }
    run_end(VERDICT_ERROR, NULL, "the manifest has no network %s", name);
}

/* A frame that no card hears would be lost without a word. Lock held. */
static void await_cards(struct segment *s, const char *name)
{
    while (segment_connected(s) == 0) {
        run_check_trouble("a network card on the wire");
        if (loop_wait(run.deadline))
            continue;
        loop_unlock();
        run_end(VERDICT_HANG, "a network card on the wire",
                "no machine is connected to network %s; boot one first", name);
    }
}

/* A frame that finds no room would be dropped. Lock held. */
static void await_room(struct segment *s, const char *name)
{
    while (!segment_has_room(s)) {
        run_check_trouble("a network card that takes frames");
        if (loop_wait(run.deadline))
            continue;
        loop_unlock();
        run_end(VERDICT_HANG, "a network card that takes frames",
                "network %s: megabytes of them wait to be taken: does a driver run?", name);
    }
}

void wire_send(const char *network, const void *frame, size_t len)
{
    struct error err;
    struct segment *s = find(network, true);
    loop_lock();
    await_cards(s, network);
    await_room(s, network);
    bool good = segment_send(s, frame, len, &err);
    loop_unlock();
    if (!good)
        run_end(VERDICT_ERROR, NULL, "%s", err.text);
}

static void send_one(const uint8_t *frame, size_t len, void *arg)
{
    wire_send(arg, frame, len);
}

int wire_send_file(const char *network, const char *capture)
{
    struct error err;
    char *path = capture[0] == '/' ? copy_text(capture) : format_text("%s/%s", run.root, capture);
    int n = capture_read(path, send_one, (void *)network, &err);
    free(path);
    if (n < 0)
        run_end(VERDICT_ERROR, NULL, "%s", err.text);
    return n;
}

void wire_expect_taken(const char *network)
{
    struct segment *s = find(network, false);
    loop_lock();
    while (!segment_taken(s)) {
        run_check_trouble("the network cards to take every frame");
        int64_t next = clock_ms() + TAKEN_POLL_MS;
        if (next > run.deadline) {
            loop_unlock();
            run_end(VERDICT_HANG, "the network cards to take every frame",
                    "network %s: QEMU has not read all of them: does a driver run?", network);
        }
        loop_wait(next);
    }
    loop_unlock();
}

const uint8_t *wire_expect(const char *network, const char *expression, size_t *len)
{
    struct error err;
    struct segment *s = find(network, false);
    struct frame_filter *filter = frame_filter_create(expression, &err);
    if (!filter)
        run_end(VERDICT_ERROR, NULL, "%s", err.text);
    char *wanted = format_text("a frame on %s that matches \"%s\"", network, expression);
    unsigned passed_over = 0;
    loop_lock();
    for (;;) {
        const uint8_t *frame = segment_receive(s, len);
        if (frame && frame_filter_matches(filter, frame, *len)) {
            loop_unlock();
            frame_filter_destroy(filter);
            free(wanted);
            return frame;
        }
        if (frame) {
            passed_over++;
            continue;
        }
        run_check_trouble(wanted);
        if (loop_wait(run.deadline))
            continue;
        loop_unlock();
        run_end(VERDICT_HANG, wanted, "none came (%u others did)", passed_over);
    }
}

struct search {
    const struct frame_filter *filter;
    bool found;
};

static void look_at(const uint8_t *frame, size_t len, void *arg)
{
    struct search *search = arg;
    search->found = search->found || frame_filter_matches(search->filter, frame, len);
}

static void file_grew(int fd, bool readable, bool writable, void *arg)
{
    char events[4096];
    bool *grew = arg;
    (void)readable;
    (void)writable;
    while (read(fd, events, sizeof events) > 0)
        ;
    *grew = true;
    loop_changed();
}

/* The capture's last frame may still be half written: what cannot be read yet is read at the next
 * look. */
void capture_expect(const char *network, const char *expression)
{
    struct error err;
    struct search search = {.filter = frame_filter_create(expression, &err)};
    char *path = format_text("%s/%s.pcap", run.folder, network);
    char *wanted = format_text("a frame in %s.pcap that matches \"%s\"", network, expression);
    int fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (!search.filter)
        run_end(VERDICT_ERROR, NULL, "%s", err.text);
    if (fd < 0 || inotify_add_watch(fd, path, IN_MODIFY) < 0)
        run_end(VERDICT_ERROR, wanted, "there is no capture %s; boot its machine first", path);
    loop_lock();
    bool grew = true;
    int watch = loop_watch(fd, file_grew, &grew);
    for (;;) {
        if (grew)
            capture_read(path, look_at, &search, NULL);
        grew = false;
        if (search.found)
            break;
        run_check_trouble(wanted);
        if (loop_wait(run.deadline))
            continue;
        loop_unlock();
        run_end(VERDICT_HANG, wanted, "none came");
    }
    loop_unwatch(watch);
    loop_unlock();
    close(fd);
    frame_filter_destroy((struct frame_filter *)search.filter);
    free(wanted);
    free(path);
}

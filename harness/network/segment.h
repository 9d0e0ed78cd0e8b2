/* An Ethernet segment made of the harness: what `wire` and `link` networks are.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each network card on it is a QEMU "stream" netdev that dials the segment's UNIX socket; frames
 * travel as a 32-bit big-endian length and the frame (QEMU, net/stream.c). A frame from one port
 * goes to all the others and into the capture, in the order in which they came; the scenario is one
 * more port, for which the last SEGMENT_KEPT frames are kept. A port that does not take its frames
 * holds nobody up: some megabytes are kept for it, and more is trouble, for then frames are lost.
 * Every function wants the loop's lock held.
 */
#pragma once

#include "harness/base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SEGMENT_KEPT = 4096 };

struct segment;

/* A segment that listens on the UNIX socket @path for at most @ports machines' cards and writes the
 * capture file @capture. NULL on an error of the host. */
struct segment *segment_create(const char *name, const char *path, const char *capture, int ports,
                               struct error *);

/* Puts a frame (14 to FRAME_MAX bytes) on the segment from the scenario's own port. */
bool segment_send(struct segment *, const uint8_t *frame, size_t len, struct error *);

/* The next frame from a machine that the scenario has not taken yet, or NULL. Valid until the next
 * call. */
const uint8_t *segment_receive(struct segment *, size_t *len);

/* How many machines' cards are connected. */
int segment_connected(const struct segment *);

/* How many of them still are: QEMU closes its ports when it ends. */
int segment_open_ports(const struct segment *);

/* Whether a frame sent now finds room at every port. */
bool segment_has_room(const struct segment *);

/* Whether QEMU has read every frame that was sent to it (it reads only what its card can take, but the last of
 * them may still wait inside QEMU). */
bool segment_taken(const struct segment *);

/* The first thing that went wrong (a port spoke nonsense, the capture could not be written), or
 * NULL. */
const char *segment_trouble(const struct segment *);

/* Completes the capture file. The segment stays valid for questions. */
void segment_close(struct segment *);

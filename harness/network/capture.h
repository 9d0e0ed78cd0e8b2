/* Writing and reading packet captures, by libpcap.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "harness/base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FRAME_MAX = 65535 };

/* A capture file of Ethernet frames with nanosecond times, complete on disk after each frame. */
struct capture;

struct capture *capture_create(const char *path, struct error *);
bool capture_add(struct capture *, const uint8_t *frame, size_t len, struct error *);
void capture_close(struct capture *);

/* Calls @each for every frame of the capture file @path, in order. The number of frames, or -1. */
int capture_read(const char *path, void (*each)(const uint8_t *frame, size_t len, void *arg),
                 void *arg, struct error *);

/* A filter in libpcap's language (pcap-filter(7)) over Ethernet frames. */
struct frame_filter;

struct frame_filter *frame_filter_create(const char *expression, struct error *);
bool frame_filter_matches(const struct frame_filter *, const uint8_t *frame, size_t len);
void frame_filter_destroy(struct frame_filter *);

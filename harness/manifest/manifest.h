/* A scenario's manifest: what machines, networks and streams it has, read from JSON and validated.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The keys, their types, limits and defaults stand once, in manifest.schema.json; every manifest of
 * an "extends" chain is checked against it before anything is merged, so an error names the file,
 * the line and the key in which it was made. Merging is JSON Merge Patch (RFC 7386): objects merge,
 * everything else is replaced, null removes. A manifest is immutable once loaded and owned by who
 * loaded it.
 */
#pragma once

#include "harness/base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum network_kind {
    NETWORK_USER, /* QEMU's own NAT, with forwards from host ports */
    NETWORK_WIRE, /* the scenario is the peer: it sends and receives raw Ethernet frames */
    NETWORK_LINK, /* several machines of the scenario on one segment */
};

struct forward {
    const char *protocol; /* "tcp" or "udp" */
    unsigned guest;       /* port in the guest */
    unsigned host;        /* port on the host's loopback; 0: any free one */
};

struct network {
    const char *name;
    enum network_kind kind;
    bool drop_repeats; /* the packet transcript leaves retransmissions out */
    struct forward *forwards;
    size_t n_forwards;
};

struct nic {
    const struct network *network;
    const char *model; /* QEMU's device name, as "virtio-net-pci" */
    const char *mac;   /* never NULL: 52:54:00:00:MM:NN by position unless the manifest has one */
};

struct disk {
    const char *name;
    const char *image;  /* path, NULL for an empty disk of `size` */
    const char *format; /* "raw" or "qcow2" */
    const char *bus;    /* "virtio", "sata", "nvme" */
    uint64_t size;      /* MiB, 0 when there is an image */
    bool read_only;
};

enum boot_source {
    BOOT_KERNEL,  /* the emulator loads the kernel */
    BOOT_NETWORK, /* the firmware boots from the first network card */
    BOOT_IMAGE,   /* the firmware boots the image, in a CD drive */
};

struct machine_plan {
    const char *name;
    const char *type; /* QEMU machine, "q35" */
    const char *cpu;  /* "max" or a model's name */
    const char *emulator;
    unsigned processors;
    unsigned memory;    /* MiB */
    bool deterministic; /* -icount, fixed clock; one processor, no KVM */
    enum boot_source boot;
    bool uefi;            /* instead of a BIOS */
    const char *kernel;   /* path of an ELF file; "build/…" lies under the build folder */
    const char *initrd;   /* path or NULL */
    const char *image;    /* path or NULL; never NULL with BOOT_IMAGE */
    const char **options; /* kernel command line, word by word */
    size_t n_options;
    const char **serials; /* names of the serial ports, COM1 first */
    size_t n_serials;
    struct nic *nics;
    size_t n_nics;
    struct disk *disks;
    size_t n_disks;
    const char **devices; /* further -device arguments of QEMU, word for word */
    size_t n_devices;
    bool ringtap; /* a trace of the rings is written; `options` say so to the kernel */
};

enum golden_mode {
    GOLDEN_NONE,  /* the stream is kept, not compared */
    GOLDEN_TEXT,  /* its normalised transcript is compared */
    GOLDEN_EXACT, /* its bytes are compared: deterministic scenarios only */
};

struct stream_plan {
    const char *name; /* a serial port ("console", or "machine.console"), a network, or a program */
    enum golden_mode golden;
    bool by_source;     /* console lines are grouped by their source */
    const char *begins; /* PCRE2: the transcript begins where it first matches; or NULL */
};

/* A value that may differ from run to run: what matches, or its first group if it has one, becomes
 * <name>. */
struct rule {
    const char *name;
    const char *pattern; /* PCRE2 */
    bool numbered;       /* <name:1>, <name:2>: equal values get equal names */
};

struct manifest {
    const char *scenario; /* the name of its folder */
    const char *path;
    const char *summary;
    const char **tags;
    size_t n_tags;
    unsigned limit; /* seconds of wall time for the whole scenario */
    struct network *networks;
    size_t n_networks;
    struct machine_plan *machines;
    size_t n_machines;
    struct stream_plan *streams;
    size_t n_streams;
    struct rule *rules;
    size_t n_rules;
};

/* Reads, merges and validates the manifest at @path. @schema is the path of manifest.schema.json.
 * NULL on an error, whose text is "FILE:LINE: KEY: what is wrong; expected …". */
struct manifest *manifest_load(const char *path, const char *schema, struct error *);

/* The plan for a stream, or NULL when the manifest says nothing about it. */
const struct stream_plan *manifest_stream(const struct manifest *, const char *name);

void manifest_free(struct manifest *);

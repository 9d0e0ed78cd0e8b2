/*
 * What the program was started with: its name, its arguments and the capabilities granted to it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A native program defines `int main(void)`; what it returns is the process's exit code. Before
 * that the library has copied the start information, so everything below is valid until the process
 * ends, and in every thread. The kernel grants its first process these, by name:
 *
 *   console     Console              lines of the kernel's log
 *   terminal    TerminalSession      the second serial port
 *   package     BootPackage          frames      FrameAllocator
 *   memory      VirtualMemory        timer       Timer
 *   entropy     EntropySource        thread      ThreadControl
 *   threads     ThreadSpawner        park        ParkSpace
 *   processes   ProcessSpawner       system      SystemInfo
 *   endpoints   EndpointFactory      sessions  SessionFactory
 *   log         LogReader            caps      CapTable
 *   notifications NotificationFactory
 */
#pragma once

#include "capos/ring.h"

#define GRANT_NAME_LEN 32 /* bytes, with the terminator; longer names are cut */
#define GRANTS_MAX     32 /* any more are not seen */

struct grant {
    char name[GRANT_NAME_LEN];
    cap_t cap;
    uint64_t interface_id;
};

/* Takes the ring and the start information of the first thread: what every entry does first. */
void capos_init(struct ring *ring, const void *arena);

/* The grant of that name, or NULL. */
const struct grant *capos_grant(const char *name);

/* Its capability; a program without it ends with the code EXIT_NOT_GRANTED. */
cap_t capos_cap(const char *name);
#define EXIT_NOT_GRANTED 126

/* All of them, in the spawner's order. */
const struct grant *capos_grants(uint32_t *n);

/* The image's name, and the bytes that the spawner passed. */
const char *capos_name(void);
const void *capos_arguments(size_t *len);

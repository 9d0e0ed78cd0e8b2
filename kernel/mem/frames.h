/*
 * Physical memory, given out in blocks of 1 to 2^18 frames of 4 KiB each.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A buddy allocator: a block of order N is 2^N frames, aligned to its size. A freed block joins its
 * other half when that is free too, so when all is free the blocks are as they were in the
 * beginning. Up to FRAMES_CACHED single frames stay apart for the next who wants one, and join when
 * a larger block is wanted and lacking, or with frames_drain().
 *
 * One byte for each frame, at the start of the longest low run, says what begins there: a free
 * block, an allocated block, or nothing. Free blocks are linked through their own first bytes, in
 * the direct map. The kernel lock protects all of it. What is given out holds anything.
 */
#pragma once

#include "abi/err.h"
#include "mem/frame_ranges.h"

#define FRAME_ORDER_MAX 18 /* 1 GiB */
#define FRAMES_CACHED   64

/* What direct() reaches while the loader's page tables, or our first ones, are in use. */
#define FRAME_HIGH ((paddr_t)1 << 32)

/*
 * Takes over what is usable and not taken (mem/frame_ranges.h), and adds what lies below
 * FRAME_HIGH. TAKEN holds the kernel image, the modules, and what the loader's map calls anything
 * but usable. Touches no memory above FRAME_HIGH. Memory for whose bytes there is no room is left
 * out, and so is what lies above FRAME_HIGH in more than 64 runs. Keeps no pointer to the ranges.
 */
void frames_init(const struct frame_range *usable, size_t n_usable, const struct frame_range *taken,
                 size_t n_taken);

/* Adds the rest: call once, when direct() reaches all memory. */
void frames_add_high(void);

/* A block, anything in it, at *AT; ERR_NO_MEMORY: there is none, or no order so large. */
err_t frame_alloc(unsigned order, paddr_t *at);

/* Gives the block back whose address and order frame_alloc() told; panics on any other. */
void frame_free(paddr_t at, unsigned order);

/* Joins the frames that were kept apart. Changes nothing that others see. */
void frames_drain(void);

/* Frames that are given out or free, without those that hold the bytes; and those that are free. */
uint64_t frames_total(void);
uint64_t frames_free(void);

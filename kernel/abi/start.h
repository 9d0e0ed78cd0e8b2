/*
 * What a program finds when its first instruction runs.
 * SPDX-License-Identifier: Apache-2.0
 *
 * First thread of a process:
 *   RDI  its ring (struct ring)          RSP  top of its stack, 16-byte aligned
 *   RSI  its arena, which begins with a StartInfo message (kernel.capnp) of ring->start_len bytes
 * Other threads:
 *   RDI  its ring                        RSP  as ThreadSpawner.create() was told
 *   RSI  the argument of create()
 * FS base is the thread pointer: for the first thread the end of its TLS block when the image has
 * PT_TLS, laid out by the kernel per the System V ABI (variant II) with the self pointer at FS:0, otherwise
 * 0; for others as create() was told. All other general registers are 0, MXCSR is 0x1f80, the x87 control word 0x37f.
 *
 * Address space: programs and their mappings lie in [USER_MIN, USER_MAX); the kernel places stacks of
 * first threads, TLS blocks and rings in [USER_MAX, USER_END), where nothing can be mapped or unmapped.
 */
#pragma once

#define USER_MIN 0x10000
#define USER_MAX 0x00007f8000000000
#define USER_END 0x0000800000000000

#define USER_STACK_LEN 0x10000 /* of the first thread, when PT_GNU_STACK does not say */
#define USER_STACK_MAX 0x100000

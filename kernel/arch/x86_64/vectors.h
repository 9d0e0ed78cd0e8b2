/*
 * Which interrupt has which vector; read by C and assembly.
 * SPDX-License-Identifier: Apache-2.0
 *
 * 0x00 to 0x1f are the processor's exceptions. Higher vectors are more urgent to a local APIC,
 * which tells nothing here: the kernel takes one at a time, with interrupts off.
 */
#pragma once

#define VECTOR_ISA         0x20 /* to 0x2f: interrupt n of the ISA bus has VECTOR_ISA + n */
#define LOCAL_TIMER_VECTOR 0x20 /* the local APIC's timer or the PIT, which is ISA's interrupt 0 */
#define VECTOR_RESCHEDULE  0x30 /* another processor has put work on our queue */
#define VECTOR_RESERVED    0xf0 /* to 0xfd: not given out */
#define VECTOR_APIC_ERROR  0xfe
#define VECTOR_SPURIOUS    0xff /* has nothing to end */

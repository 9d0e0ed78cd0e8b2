/*
 * Where other processors begin: from real mode to smp_entry().
 * SPDX-License-Identifier: Apache-2.0
 *
 * smp_start() copies this to TRAMPOLINE_PHYS and maps that page to itself, so addresses before long mode count from
 * there. All processors run it at once and share nothing but what they read: each finds its record by its APIC id.
 */
#include "arch/x86_64/layout.h"

#define SMP_OTHERS_MAX 63 /* CPUS_MAX without the boot processor */

#define AT(symbol) (TRAMPOLINE_PHYS + (symbol) - trampoline)

#define MSR_EFER 0xc0000080
#define EFER_LME_NXE ((1 << 8) | (1 << 11))
#define CR4_PAE (1 << 5)
#define CR0_PE_NE_WP_PG ((1 << 0) | (1 << 5) | (1 << 16) | (1 << 31))

    .section .rodata
    .balign 16
    .globl trampoline, trampoline_end
trampoline:
    .code16
    cli
    cld
    movw $TRAMPOLINE_PHYS >> 4, %ax
    movw %ax, %ds
    lgdtl trampoline_gdt_pointer - trampoline
    movl trampoline_root - trampoline, %eax
    movl %eax, %cr3
    movl $CR4_PAE, %eax
    movl %eax, %cr4
    movl $MSR_EFER, %ecx
    rdmsr
    orl $EFER_LME_NXE, %eax
    wrmsr
    movl $CR0_PE_NE_WP_PG, %eax
    movl %eax, %cr0
    ljmpl $SELECTOR_CODE, $AT(trampoline_long)

    .code64
trampoline_long:
    movl $SELECTOR_DATA, %eax
    movl %eax, %ds
    movl %eax, %es
    movl %eax, %ss
    movabsq $smp_find_self, %rax
    jmp *%rax

    .balign 8
trampoline_gdt:
    .quad 0
    .quad 0x00af9b000000ffff    /* 64-bit code, ring 0 */
    .quad 0x00cf93000000ffff    /* data, ring 0 */
trampoline_gdt_pointer:
    .word . - trampoline_gdt - 1
    .long AT(trampoline_gdt)
    .balign 4
    .globl trampoline_root
trampoline_root:
    .long 0                     /* the page tables: below 4 GiB, written into the copy */
trampoline_end:

/* Linked high: the record with this processor's APIC id gives it a stack. */
    .text
    .type smp_find_self, @function
smp_find_self:
    movl $1, %eax               /* initial APIC id, or the x2APIC id of leaf 0xb where there is one */
    cpuid
    shrl $24, %ebx
    movl %ebx, %esi
    xorl %eax, %eax
    cpuid
    cmpl $0xb, %eax
    jb 1f
    movl $0xb, %eax
    xorl %ecx, %ecx
    cpuid
    testl %ebx, %ebx
    jz 1f
    movl %edx, %esi
1:  movq smp_cpus(%rip), %rdi
    movq smp_apic_id(%rip), %rdx
    movl $SMP_OTHERS_MAX, %ecx
2:  addq smp_cpu_size(%rip), %rdi   /* number 0 is the boot processor */
    cmpl %esi, (%rdi,%rdx)
    je 4f
    decl %ecx
    jnz 2b
3:  hlt                         /* nobody has called us */
    jmp 3b
4:  movq smp_cpu_stack(%rip), %rdx
    movq (%rdi,%rdx), %rsp
    xorl %ebp, %ebp
    call smp_entry
    ud2
    .size smp_find_self, . - smp_find_self

    .section .note.GNU-stack, "", @progbits

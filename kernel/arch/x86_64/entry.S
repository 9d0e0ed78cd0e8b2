/*
 * Enters the kernel by PVH or Multiboot2: switches to long mode on page tables of the assembler's.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The loader jumps here in 32-bit protected mode with flat segments, paging and interrupts off, and
 * the physical address of what it has to say in EBX: struct hvm_start_info (Xen,
 * public/arch-x86/hvm/start_info.h) or the boot information (Multiboot2 Specification 2.0, 3.3),
 * the same under BIOS and UEFI. Nothing of the image is mapped where it is linked yet, hence
 * PHYS().
 */
#include "arch/x86_64/layout.h"
#include "boot/loader.h"

#define PHYS(symbol) ((symbol) - IMAGE_BASE)

/* Page-table entries (Intel SDM volume 3, 4.5) */
#define ENTRY_TABLE 0x003 /* present, writable */
#define ENTRY_LARGE 0x083 /* present, writable, 2 MiB */
#define ENTRY_NX (1 << 63)

#define CPUID_EXTENDED_MAX 0x80000000
#define CPUID_EXTENDED 0x80000001
#define CPUID_EXTENDED_EDX ((1 << 29) | (1 << 20)) /* long mode, no-execute */

#define MSR_EFER 0xc0000080
#define EFER_LME_NXE ((1 << 8) | (1 << 11))
#define CR4_PAE (1 << 5)
#define CR0_PE_NE_WP_PG ((1 << 0) | (1 << 5) | (1 << 16) | (1 << 31))

#define COM1_DATA 0x3f8

/* XEN_ELFNOTE_PHYS32_ENTRY (Xen, public/elfnote.h): where to enter. */
    .section .note.pvh, "a", @note
    .balign 4
    .long 4                     /* length of the name */
    .long 8                     /* length of the description */
    .long 18
    .asciz "Xen"
    .quad PHYS(pvh_entry)

/* The Multiboot2 header (3.1): where to enter, and that modules begin on pages. */
#define HEADER_MAGIC 0xe85250d6
#define HEADER_I386 0 /* protected mode */
#define HEADER_LEN (multiboot2_header_end - multiboot2_header)
#define HEADER_TAG_END 0
#define HEADER_TAG_ENTRY 3
#define HEADER_TAG_MODULE_ALIGN 6

    .section .multiboot2, "a", @progbits
    .balign 8
multiboot2_header:
    .long HEADER_MAGIC
    .long HEADER_I386
    .long HEADER_LEN
    .long -(HEADER_MAGIC + HEADER_I386 + HEADER_LEN)
    .word HEADER_TAG_ENTRY, 0
    .long 12
    .long PHYS(multiboot2_entry)
    .balign 8
    .word HEADER_TAG_MODULE_ALIGN, 0
    .long 8
    .word HEADER_TAG_END, 0
    .long 8
multiboot2_header_end:

    .section .text.entry, "ax", @progbits
    .code32
    .globl pvh_entry
    .type pvh_entry, @function
pvh_entry:
    movl $LOADER_PVH, %eax      /* PVH tells no number here, Multiboot2 does */

    .globl multiboot2_entry
multiboot2_entry:
    cli
    cld
    movl %eax, %edi             /* CPUID takes EAX and EBX */
    movl %ebx, %ebp
    rdtsc
    movl %eax, PHYS(entry_tsc)
    movl %edx, PHYS(entry_tsc) + 4

    movl $CPUID_EXTENDED_MAX, %eax
    cpuid
    cmpl $CPUID_EXTENDED, %eax
    jb unfit
    movl $CPUID_EXTENDED, %eax
    cpuid
    andl $CPUID_EXTENDED_EDX, %edx
    cmpl $CPUID_EXTENDED_EDX, %edx
    jne unfit

    movl $PHYS(early_pml4), %eax
    movl %eax, %cr3
    movl $CR4_PAE, %eax
    movl %eax, %cr4
    movl $MSR_EFER, %ecx
    rdmsr
    orl $EFER_LME_NXE, %eax
    wrmsr
    movl $CR0_PE_NE_WP_PG, %eax
    movl %eax, %cr0

    lgdt PHYS(early_gdt_pointer)
    ljmp $SELECTOR_CODE, $PHYS(enter_long_mode)

/* The processor cannot run capOS. Says so by hand; there is no stack and no log yet. */
unfit:
    movl $PHYS(unfit_text), %esi
    movl $unfit_text_end - unfit_text, %ecx
    movw $COM1_DATA, %dx
    rep outsb
1:  hlt
    jmp 1b
    .size pvh_entry, . - pvh_entry

    .code64
    .type enter_long_mode, @function
enter_long_mode:
    movabsq $enter_high_half, %rax
    jmp *%rax
    .size enter_long_mode, . - enter_long_mode

    .type enter_high_half, @function
enter_high_half:
    movl $SELECTOR_DATA, %eax
    movl %eax, %ds
    movl %eax, %es
    movl %eax, %ss
    xorl %eax, %eax
    movl %eax, %fs
    movl %eax, %gs

    movq $boot_stack + PAGE_SIZE + BOOT_STACK_SIZE, %rsp
    movl %ebp, %esi             /* EDI holds the loader's number already */
    xorl %ebp, %ebp             /* ends every backtrace */
    call kernel_main
    ud2                         /* kernel_main() does not return */
    .size enter_high_half, . - enter_high_half

    .section .rodata
unfit_text:
    .ascii "[0.000000] panic: the processor lacks long mode or no-execute pages\n"
unfit_text_end:

    .balign 8
early_gdt:
    .quad 0
    .quad 0x00af9b000000ffff    /* 64-bit code, ring 0 */
    .quad 0x00cf93000000ffff    /* data, ring 0 */
early_gdt_pointer:
    .word . - early_gdt - 1
    .long PHYS(early_gdt)

/*
 * The first page tables. The first 4 GiB of physical memory appear at DIRECT_BASE and, until
 * arch_init() clears slot 0, at 0 for the switch itself; the image appears at IMAGE_BASE. "No
 * execute" stands in the top-level entry, so that both can share one set of lower tables.
 */
    .section .data.page_tables, "aw", @progbits
    .balign PAGE_SIZE
    .globl early_pml4
early_pml4:
    .quad PHYS(early_pdpt_direct) + ENTRY_TABLE
    .fill DIRECT_SLOT - 1, 8, 0
    .quad PHYS(early_pdpt_direct) + ENTRY_TABLE + ENTRY_NX
    .fill IMAGE_SLOT - DIRECT_SLOT - 1, 8, 0
    .quad PHYS(early_pdpt_image) + ENTRY_TABLE

early_pdpt_direct:
    .set i, 0
    .rept DIRECT_SIZE >> 30
    .quad PHYS(early_pd_direct) + i * PAGE_SIZE + ENTRY_TABLE
    .set i, i + 1
    .endr
    .balign PAGE_SIZE

early_pdpt_image:
    .fill IMAGE_SLOT_1G, 8, 0
    .quad PHYS(early_pd_image) + ENTRY_TABLE
    .balign PAGE_SIZE

early_pd_image:
    .set i, 0
    .rept IMAGE_SIZE / LARGE_PAGE_SIZE
    .quad i * LARGE_PAGE_SIZE + ENTRY_LARGE
    .set i, i + 1
    .endr
    .balign PAGE_SIZE

early_pd_direct:
    .set i, 0
    .rept DIRECT_SIZE / LARGE_PAGE_SIZE
    .quad i * LARGE_PAGE_SIZE + ENTRY_LARGE
    .set i, i + 1
    .endr

    .section .note.GNU-stack, "", @progbits

/*
 * Links the kernel into the top 2 GiB, loaded at 1 MiB; one segment for each set of permissions.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "arch/x86_64/layout.h"

OUTPUT_FORMAT(elf64-x86-64)
ENTRY(pvh_entry)

PHDRS
{
    text PT_LOAD FLAGS(5);   /* read, execute */
    rodata PT_LOAD FLAGS(4); /* read */
    data PT_LOAD FLAGS(6);   /* read, write */
    note PT_NOTE FLAGS(4);
}

SECTIONS
{
    . = IMAGE_BASE + IMAGE_PHYS;

    image_text = .;
    /* The Multiboot2 header first: loaders look for it in the first 32 KiB of the file. */
    .text : AT(ADDR(.text) - IMAGE_BASE) { KEEP(*(.multiboot2)) *(.text .text.*) } :text
    . = ALIGN(PAGE_SIZE);
    image_text_end = .;

    image_rodata = .;
    .note : AT(ADDR(.note) - IMAGE_BASE) { KEEP(*(.note.pvh)) } :rodata :note
    .rodata : AT(ADDR(.rodata) - IMAGE_BASE) { *(.rodata .rodata.*) } :rodata
    . = ALIGN(PAGE_SIZE);
    image_rodata_end = .;

    image_data = .;
    .data : AT(ADDR(.data) - IMAGE_BASE) { *(.data .data.*) } :data
    . = ALIGN(PAGE_SIZE);
    .bss : AT(ADDR(.bss) - IMAGE_BASE) { *(.bss.hot) *(.bss.processors) *(.bss .bss.* COMMON) } :data
    . = ALIGN(PAGE_SIZE);
    image_data_end = .;

    ASSERT(. <= IMAGE_BASE + IMAGE_SIZE, "the image outgrows its early mapping (IMAGE_SIZE)")

    /DISCARD/ : { *(.comment) *(.note.GNU-stack) *(.note.gnu.*) *(.eh_frame) }
}

# Every file that lies about itself, from the fuzzer's corpus, as an image of the same name.
# SPDX-License-Identifier: Apache-2.0

ELF_LIES := $(wildcard kernel/process/fuzz/corpus-elf/*)
PACKAGE_elf-lies_PROGRAMS += $(foreach lie,$(ELF_LIES),$(notdir $(lie))=$(lie))

# The linker puts the file's header before the first section: into the lowest page that a program may have. The other
# section is the highest one.
GUEST_elf-lies/edges_LDFLAGS := --section-start=.lowest=0x11000 --section-start=.highest=0x7f7ffffff000
$(BUILD)/scenarios/guests/elf-lies/edges.elf: scenarios/elf-lies/guests.mk

# The kernel: sources, flags and rules of build/kernel/capos.elf; its host tests and fuzz targets.
# SPDX-License-Identifier: Apache-2.0
#
# Included by the top-level Makefile, which sets BUILD, Q and say, and builds what KERNEL_TESTS and KERNEL_FUZZ
# list: test NAME from KERNEL_TEST_NAME_SOURCES, fuzz target NAME from KERNEL_FUZZ_NAME_SOURCES with
# the corpus in the folder KERNEL_FUZZ_NAME_CORPUS; for the host, with -Ikernel.

BUILD ?= build

KERNEL_SOURCES := \
	kernel/main.c \
	kernel/arch/x86_64/break.c \
	kernel/arch/x86_64/clock.c \
	kernel/arch/x86_64/entry.S \
	kernel/arch/x86_64/init.c \
	kernel/arch/x86_64/segments.c \
	kernel/arch/x86_64/serial.c \
	kernel/arch/x86_64/stack.c \
	kernel/arch/x86_64/traps.S \
	kernel/arch/x86_64/traps.c \
	kernel/boot/boot_info.c \
	kernel/boot/options.c \
	kernel/boot/start_info.c \
	kernel/device/acpi.c \
	kernel/device/power.c \
	kernel/diag/panic.c \
	kernel/diag/pause.c \
	kernel/diag/provoke.c \
	kernel/lib/string.c \
	kernel/log/format.c \
	kernel/log/log.c

KERNEL_CC ?= gcc
KERNEL_LD ?= ld

# Debug information and __FILE__ name files relative to the repository, wherever that is.
# The assembler is told apart: with an empty directory from the compiler it falls back on its own.
KERNEL_ASFLAGS := -Ikernel -g -MMD -MP \
	-ffile-prefix-map=$(CURDIR)= -Wa,--debug-prefix-map=$(CURDIR)=

# Each function that has a frame links it first thing, so that a backtrace can follow.
KERNEL_FRAMES := -fno-omit-frame-pointer -fno-shrink-wrap -fno-optimize-sibling-calls

KERNEL_CFLAGS := $(KERNEL_ASFLAGS) \
	-std=gnu11 -Wall -Wextra -Werror -O2 \
	-ffreestanding -nostdlib -mcmodel=kernel -mno-red-zone -mgeneral-regs-only \
	-fno-pic -no-pie -fno-stack-protector -fcf-protection=none \
	-fno-asynchronous-unwind-tables -fno-tree-loop-distribute-patterns $(KERNEL_FRAMES)

KERNEL_LDFLAGS := -nostdlib -static --build-id=none -z max-page-size=0x1000 -z noexecstack

KERNEL_ELF := $(BUILD)/kernel/capos.elf
KERNEL_LDSCRIPT := $(BUILD)/kernel/kernel.ld
KERNEL_OBJECTS := $(KERNEL_SOURCES:%=$(BUILD)/%.o)

.PHONY: kernel
kernel: $(KERNEL_ELF)
	@:

$(KERNEL_ELF): $(KERNEL_OBJECTS) $(KERNEL_LDSCRIPT)
	$(call say,LD,$@)
	$(Q)$(KERNEL_LD) $(KERNEL_LDFLAGS) -T $(KERNEL_LDSCRIPT) -o $@ $(KERNEL_OBJECTS)

$(KERNEL_LDSCRIPT): kernel/arch/x86_64/kernel.ld.S kernel/kernel.mk
	@mkdir -p $(@D)
	$(Q)$(KERNEL_CC) -E -P -Ikernel -MMD -MP -MT $@ -MF $@.d -o $@ $<

$(filter %.c.o,$(KERNEL_OBJECTS)): $(BUILD)/%.c.o: %.c kernel/kernel.mk
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(KERNEL_CC) $(KERNEL_CFLAGS) -c -o $@ $<

$(filter %.S.o,$(KERNEL_OBJECTS)): $(BUILD)/%.S.o: %.S kernel/kernel.mk
	@mkdir -p $(@D)
	$(call say,AS,$<)
	$(Q)$(KERNEL_CC) $(KERNEL_ASFLAGS) -c -o $@ $<

-include $(KERNEL_OBJECTS:.o=.d) $(KERNEL_LDSCRIPT).d

# What every test needs: the log, and an arch.h for the host.
KERNEL_TEST_BASE := kernel/test/fake_arch.c kernel/log/format.c kernel/log/log.c

KERNEL_TESTS := acpi format log options start_info
KERNEL_TEST_acpi_SOURCES := kernel/device/test/acpi.c kernel/device/acpi.c $(KERNEL_TEST_BASE)
KERNEL_TEST_format_SOURCES := kernel/log/test/format.c kernel/log/format.c
KERNEL_TEST_log_SOURCES := kernel/log/test/log.c $(KERNEL_TEST_BASE)
KERNEL_TEST_options_SOURCES := kernel/boot/test/options.c kernel/boot/options.c $(KERNEL_TEST_BASE)
KERNEL_TEST_start_info_SOURCES := kernel/boot/test/start_info.c kernel/boot/start_info.c \
	kernel/boot/boot_info.c $(KERNEL_TEST_BASE)

KERNEL_FUZZ := acpi options start_info
KERNEL_FUZZ_acpi_SOURCES := kernel/device/fuzz/acpi.c kernel/device/acpi.c $(KERNEL_TEST_BASE)
KERNEL_FUZZ_acpi_CORPUS := kernel/device/fuzz/corpus-acpi
KERNEL_FUZZ_options_SOURCES := kernel/boot/fuzz/options.c kernel/boot/options.c $(KERNEL_TEST_BASE)
KERNEL_FUZZ_options_CORPUS := kernel/boot/fuzz/corpus-options
KERNEL_FUZZ_start_info_SOURCES := kernel/boot/fuzz/start_info.c kernel/boot/start_info.c \
	kernel/boot/boot_info.c $(KERNEL_TEST_BASE)
KERNEL_FUZZ_start_info_CORPUS := kernel/boot/fuzz/corpus-start_info

# The programs that measure from inside, and their boot packages.
# SPDX-License-Identifier: Apache-2.0
#
# Included by the top-level Makefile after userspace/userspace.mk. GROUP.package starts the program GROUP as init.

BENCH_GROUPS := ipc kernel messages
BENCH_PROGRAMS_ipc := bell caller drain echo giver kit member
BENCH_PROGRAMS_kernel := tiny worker
BENCH_PROGRAMS := $(BENCH_GROUPS) $(foreach group,$(BENCH_GROUPS),$(BENCH_PROGRAMS_$(group)))
BENCH_ELFS := $(BENCH_PROGRAMS:%=$(BUILD)/bench/guest/%.elf)
BENCH_PACKAGES := $(BENCH_GROUPS:%=$(BUILD)/bench/%.package)
BENCH_OBJECTS = $(patsubst %,$(USERSPACE)/tools/bench/guest/%.c.o,$(1))
BENCH_PARTS_ipc := ipc_calls ipc_channel ipc_pairs ipc_pipeline ipc_revoke ipc_session ipc_signals
BENCH_PARTS := measure $(foreach group,$(BENCH_GROUPS),$(BENCH_PARTS_$(group)))

# Where no other program of its group is, so that a profile tells them apart.
$(BUILD)/bench/guest/echo.elf: PROGRAM_LDFLAGS := -Ttext-segment=0x800000
$(BUILD)/bench/guest/giver.elf: PROGRAM_LDFLAGS := -Ttext-segment=0x1000000
$(BUILD)/bench/guest/kit.elf: PROGRAM_LDFLAGS := -Ttext-segment=0xa00000
$(BUILD)/bench/guest/drain.elf: PROGRAM_LDFLAGS := -Ttext-segment=0xe00000
$(BUILD)/bench/guest/bell.elf: PROGRAM_LDFLAGS := -Ttext-segment=0xc00000

# The tiny program is what its name says, its stack too.
$(BUILD)/bench/guest/tiny.elf: PROGRAM_LDFLAGS := -z stack-size=4096

$(BENCH_ELFS): $(BUILD)/bench/guest/%.elf: $(USERSPACE)/tools/bench/guest/%.c.o $(NATIVE_LIBS)
	$(link_native)
$(BUILD)/bench/guest/member.elf: $(call BENCH_OBJECTS,measure)
$(foreach group,$(BENCH_GROUPS),$(eval $(BUILD)/bench/guest/$(group).elf: \
	$(call BENCH_OBJECTS,measure $(BENCH_PARTS_$(group)))))

# GROUP.package: GROUP as init, and the programs that it starts.
define bench_package
$(BUILD)/bench/$(1).package: $(patsubst %,$(BUILD)/bench/guest/%.stripped,$(1) $(BENCH_PROGRAMS_$(1))) $(PACKAGE_TOOL)
	@mkdir -p $$(@D)
	$$(call say,PACK,$$@)
	$$(Q)$(PACKAGE_TOOL) $$@ init=$(BUILD)/bench/guest/$(1).stripped \
		$(foreach program,$(BENCH_PROGRAMS_$(1)),$(program)=$(BUILD)/bench/guest/$(program).stripped)
endef
$(foreach group,$(BENCH_GROUPS),$(eval $(call bench_package,$(group))))

# What a loader would load of the kernel: its size is reported.
BENCH_KERNEL := $(BUILD)/bench/capos.stripped
$(BENCH_KERNEL): $(KERNEL_ELF)
	@mkdir -p $(@D)
	$(Q)strip -o $@ $<

-include $(patsubst %.o,%.d,$(call BENCH_OBJECTS,$(BENCH_PROGRAMS) $(BENCH_PARTS)))

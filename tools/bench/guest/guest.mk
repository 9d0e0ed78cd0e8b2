# The programs that measure from inside, and their boot packages.
# SPDX-License-Identifier: Apache-2.0
#
# Included by the top-level Makefile after userspace/userspace.mk. GROUP.package starts the program GROUP as init.

BENCH_GROUPS := kernel messages
BENCH_OTHERS := tiny worker
BENCH_PROGRAMS := $(BENCH_GROUPS) $(BENCH_OTHERS)
BENCH_ELFS := $(BENCH_PROGRAMS:%=$(BUILD)/bench/guest/%.elf)
BENCH_PACKAGES := $(BENCH_GROUPS:%=$(BUILD)/bench/%.package)
BENCH_MEASURE := $(USERSPACE)/tools/bench/guest/measure.c.o

# The tiny program is what its name says, its stack too.
$(BUILD)/bench/guest/tiny.elf: PROGRAM_LDFLAGS := -z stack-size=4096

$(BENCH_ELFS): $(BUILD)/bench/guest/%.elf: $(USERSPACE)/tools/bench/guest/%.c.o $(NATIVE_LIBS)
	$(link_native)
$(BENCH_GROUPS:%=$(BUILD)/bench/guest/%.elf): $(BENCH_MEASURE)

$(BENCH_PACKAGES): $(BUILD)/bench/%.package: $(BUILD)/bench/guest/%.stripped \
		$(BENCH_OTHERS:%=$(BUILD)/bench/guest/%.stripped) $(PACKAGE_TOOL)
	@mkdir -p $(@D)
	$(call say,PACK,$@)
	$(Q)$(PACKAGE_TOOL) $@ init=$(BUILD)/bench/guest/$*.stripped \
		$(foreach program,$(BENCH_OTHERS),$(program)=$(BUILD)/bench/guest/$(program).stripped)

# What a loader would load of the kernel: its size is reported.
BENCH_KERNEL := $(BUILD)/bench/capos.stripped
$(BENCH_KERNEL): $(KERNEL_ELF)
	@mkdir -p $(@D)
	$(Q)strip -o $@ $<

-include $(BENCH_PROGRAMS:%=$(USERSPACE)/tools/bench/guest/%.c.d) $(BENCH_MEASURE:.o=.d)

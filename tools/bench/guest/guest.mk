# The programs that measure the kernel from inside, and their boot package.
# SPDX-License-Identifier: Apache-2.0
#
# Included by the top-level Makefile after userspace/userspace.mk.

BENCH_PROGRAMS := init tiny worker
BENCH_ELFS := $(BENCH_PROGRAMS:%=$(BUILD)/bench/guest/%.elf)
BENCH_PACKAGE := $(BUILD)/bench/kernel.package

# The tiny program is what its name says, its stack too.
$(BUILD)/bench/guest/tiny.elf: BENCH_LDFLAGS := -z stack-size=4096

$(BENCH_ELFS): $(BUILD)/bench/guest/%.elf: $(USERSPACE)/tools/bench/guest/%.c.o $(CAPOS_LIB)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)ld $(USERSPACE_LDFLAGS) $(BENCH_LDFLAGS) -o $@ $^

$(BENCH_ELFS:.elf=.stripped): %.stripped: %.elf
	$(Q)strip -o $@ $< && truncate -s %4096 $@

$(BENCH_PACKAGE): $(BENCH_ELFS:.elf=.stripped) $(PACKAGE_TOOL)
	@mkdir -p $(@D)
	$(call say,PACK,$@)
	$(Q)$(PACKAGE_TOOL) $@ $(foreach program,$(BENCH_PROGRAMS), \
		$(program)=$(BUILD)/bench/guest/$(program).stripped)

-include $(BENCH_PROGRAMS:%=$(USERSPACE)/tools/bench/guest/%.c.d)

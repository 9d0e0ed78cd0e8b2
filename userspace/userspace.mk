# User space: the native runtime, guest programs of the scenarios, and boot packages.
# SPDX-License-Identifier: Apache-2.0
#
# Included by the top-level Makefile after harness/harness.mk.
#
# scenarios/NAME/PROGRAM.guest.c is a program that only this scenario needs. All of a scenario's
# programs go into its boot package $(BUILD)/scenarios/packages/NAME.package, which its manifest
# names as the initrd; the kernel starts the one called init. Exceptions stand in
# scenarios/NAME/guests.mk:
#
#   PACKAGE_NAME_PROGRAMS += other=$(BUILD)/scenarios/guests/OTHER/program.stripped    one more program
#   PACKAGE_NAME_OPTIONS := --manifest scenarios/NAME/services.json                    for tools/package
#   GUEST_NAME/PROGRAM_LDFLAGS := -z stack-size=8192                                   for one program

USERSPACE := $(BUILD)/userspace

# The one folder of the kernel's that user space sees, under the name by which its files include
# each other.
USERSPACE_ABI := $(USERSPACE)/include/abi
$(USERSPACE_ABI):
	@mkdir -p $(@D)
	$(Q)ln -sfn $(CURDIR)/kernel/abi $@

CAPOS_SOURCES := \
	userspace/lib/capos/call.c \
	userspace/lib/capos/check.c \
	userspace/lib/capos/console.c \
	userspace/lib/capos/endpoint.c \
	userspace/lib/capos/format.c \
	userspace/lib/capos/memory.c \
	userspace/lib/capos/message.c \
	userspace/lib/capos/process.c \
	userspace/lib/capos/program.c \
	userspace/lib/capos/ring.c \
	userspace/lib/capos/start.S \
	userspace/lib/capos/start.c \
	userspace/lib/capos/string.c \
	userspace/lib/capos/system.c \
	userspace/lib/capos/thread.c \
	userspace/lib/capos/thread_start.c \
	userspace/lib/capos/timer.c

USERSPACE_ASFLAGS := -Iuserspace/lib -I$(USERSPACE)/include -g -MMD -MP \
	-ffile-prefix-map=$(CURDIR)= -Wa,--debug-prefix-map=$(CURDIR)=

# String functions are loops that must not become calls of themselves.
USERSPACE_CFLAGS := $(USERSPACE_ASFLAGS) \
	-std=gnu11 -Wall -Wextra -Werror -O2 \
	-ffreestanding -nostdlib -fno-pic -no-pie -fno-stack-protector -fcf-protection=none \
	-ffunction-sections -fdata-sections \
	-fno-asynchronous-unwind-tables -fno-tree-loop-distribute-patterns

# Read-only, executable and writable parts share no page; the kernel maps no more than they are.
USERSPACE_LDFLAGS := -nostdlib -static --build-id=none -z separate-code -z max-page-size=4096 \
	-z noexecstack -z norelro --gc-sections

CAPOS_LIB := $(USERSPACE)/lib/libcapos.a
CAPOS_OBJECTS := $(CAPOS_SOURCES:%=$(USERSPACE)/%.o)

$(USERSPACE)/%.c.o: %.c userspace/userspace.mk | $(USERSPACE_ABI)
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)gcc $(USERSPACE_CFLAGS) -c -o $@ $<

$(USERSPACE)/%.S.o: %.S userspace/userspace.mk | $(USERSPACE_ABI)
	@mkdir -p $(@D)
	$(call say,AS,$<)
	$(Q)gcc $(USERSPACE_ASFLAGS) -c -o $@ $<

$(CAPOS_LIB): $(CAPOS_OBJECTS)
	@mkdir -p $(@D)
	$(call say,AR,$@)
	$(Q)rm -f $@ && ar rcs $@ $^

-include $(CAPOS_OBJECTS:.o=.d)

# Host tests of what needs no kernel: TEST from userspace/lib/capos/test/TEST.c and TEST.c, with
# system calls of the test's own. Readers of foreign bytes are fuzzed, too.
CAPOS_TESTS := format message ring
CAPOS_TEST_PROGRAMS := $(CAPOS_TESTS:%=$(BUILD)/test/capos/%)
CAPOS_TEST_CFLAGS := $(filter-out -O2,$(HOST_CFLAGS)) -O1 $(SANITIZE) \
	-Iuserspace/lib/capos/test/fake -Iuserspace/lib -I$(USERSPACE)/include
HOST_TEST_PROGRAMS += $(CAPOS_TEST_PROGRAMS)
FUZZ_TARGETS += capos-message
FUZZ_REPLAYS += $(BUILD)/test/fuzz/capos-message.sh
FUZZ_capos-message_CORPUS := userspace/lib/capos/fuzz/corpus-message

$(CAPOS_TEST_PROGRAMS): $(BUILD)/test/capos/%: userspace/lib/capos/test/%.c userspace/lib/capos/%.c \
		userspace/userspace.mk | $(USERSPACE_ABI)
	@mkdir -p $(@D)
	$(call say,CC,$< (sanitized))
	$(Q)gcc $(CAPOS_TEST_CFLAGS) -MT $@ -MF $@.d -o $@ $(filter %.c,$^)

$(BUILD)/test/fuzz/capos-message: userspace/lib/capos/fuzz/message.c userspace/lib/capos/message.c \
		harness/test/fuzz/replay.c $(ASAN_LIB) userspace/userspace.mk | $(USERSPACE_ABI)
	@mkdir -p $(@D)
	$(call say,CC,$< (sanitized))
	$(Q)gcc $(CAPOS_TEST_CFLAGS) -MT $@ -MF $@.d -o $@ $(filter %.c %.a,$^) $(HOST_LIBS)
$(BUILD)/test/fuzz/capos-message.sh: $(BUILD)/test/fuzz/capos-message
	$(Q)printf '#!/bin/sh\nexec %s %s\n' $< $(FUZZ_capos-message_CORPUS) >$@ && chmod +x $@
$(BUILD)/fuzz/capos-message: $(BUILD)/test/fuzz/capos-message
	@mkdir -p $(@D)
	$(Q)clang -fsanitize=fuzzer $(CAPOS_TEST_CFLAGS) -MF $@.d -o $@ userspace/lib/capos/fuzz/message.c \
		userspace/lib/capos/message.c

host-test-programs: $(CAPOS_TEST_PROGRAMS) $(BUILD)/test/fuzz/capos-message.sh

-include $(CAPOS_TEST_PROGRAMS:%=%.d) $(BUILD)/test/fuzz/capos-message.d

# The scenarios' programs, as SCENARIO/PROGRAM.
GUESTS := $(patsubst scenarios/%.guest.c,%,$(wildcard scenarios/*/*.guest.c))
GUEST_ELFS := $(GUESTS:%=$(BUILD)/scenarios/guests/%.elf)
GUEST_OBJECTS := $(GUESTS:%=$(USERSPACE)/scenarios/%.guest.c.o)

-include $(wildcard scenarios/*/guests.mk)

$(GUEST_ELFS): $(BUILD)/scenarios/guests/%.elf: $(USERSPACE)/scenarios/%.guest.c.o $(CAPOS_LIB) \
		$(wildcard scenarios/*/guests.mk)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)ld $(USERSPACE_LDFLAGS) $(GUEST_$*_LDFLAGS) -o $@ $(filter %.o %.a,$^)

# What goes into a package, and is hashed there, has no names and lines for debuggers. Whole pages: the linker
# places what has no bytes in the file, like thread-local zeros, at the end of a page that stripping cuts off.
GUEST_IMAGES := $(GUEST_ELFS:.elf=.stripped)
$(GUEST_IMAGES): %.stripped: %.elf
	$(Q)strip -o $@ $< && truncate -s %4096 $@

-include $(GUEST_OBJECTS:.o=.d)

# Their boot packages.
PACKAGED := $(sort $(patsubst %/,%,$(dir $(GUESTS))))
PACKAGES := $(PACKAGED:%=$(BUILD)/scenarios/packages/%.package)
PACKAGE_TOOL := tools/package/package.py

$(foreach guest,$(GUESTS),$(eval PACKAGE_$(patsubst %/,%,$(dir $(guest)))_PROGRAMS += \
	$(notdir $(guest))=$(BUILD)/scenarios/guests/$(guest).stripped))
$(foreach name,$(PACKAGED),$(eval $(BUILD)/scenarios/packages/$(name).package: \
	$(foreach program,$(PACKAGE_$(name)_PROGRAMS),$(lastword $(subst =, ,$(program))))))

.PHONY: packages
packages: $(PACKAGES)
	@:

$(PACKAGES): $(BUILD)/scenarios/packages/%.package: $(PACKAGE_TOOL) kernel/abi/package.capnp \
		| $(BUILD)/setup.mk
	@mkdir -p $(@D)
	$(call say,PACK,$@)
	$(Q)$(PACKAGE_TOOL) $@ $(PACKAGE_$*_OPTIONS) $(PACKAGE_$*_PROGRAMS)

# A scenario's program is of no use without its guests.
$(PACKAGED:%=$(BUILD)/scenarios/bin/%): $(BUILD)/scenarios/bin/%: | $(BUILD)/scenarios/packages/%.package

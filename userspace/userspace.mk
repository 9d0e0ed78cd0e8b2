# User space: the native runtime, guest programs of the scenarios, and boot packages.
# SPDX-License-Identifier: Apache-2.0
#
# Included by the top-level Makefile after harness/harness.mk.
#
# scenarios/NAME/PROGRAM.guest.c is a program that only this scenario needs, PROGRAM.posix.c one that is
# linked with the POSIX library (lib/posix) and has main(argc, argv). All of a scenario's programs go into
# its boot package $(BUILD)/scenarios/packages/NAME.package, which its manifest
# names as the initrd; the kernel starts the one called init. Exceptions stand in
# scenarios/NAME/guests.mk:
#
#   PACKAGE_NAME_PROGRAMS += other=$(BUILD)/scenarios/guests/OTHER/program.stripped    one more program
#   PACKAGE_NAME_OPTIONS := --manifest scenarios/NAME/system.json                      for tools/mkmanifest
#   GUEST_NAME/PROGRAM_LDFLAGS := -z stack-size=8192                                   for one program

USERSPACE := $(BUILD)/userspace

# The one folder of the kernel's that user space sees, under the name by which its files include
# each other.
USERSPACE_ABI := $(USERSPACE)/include/abi
$(USERSPACE_ABI):
	@mkdir -p $(@D)
	$(Q)ln -sfn $(CURDIR)/kernel/abi $@

include userspace/lib/posix/musl.mk

USERSPACE_ASFLAGS := -Iuserspace/lib -I$(USERSPACE)/include -I$(GENERATED_FOLDER) -g -MMD -MP \
	-ffile-prefix-map=$(CURDIR)= -Wa,--debug-prefix-map=$(CURDIR)=

# The C library's headers are musl's for every program; native ones link its string functions and nothing else.
USERSPACE_CFLAGS := $(USERSPACE_ASFLAGS) \
	-std=gnu11 -Wall -Wextra -Werror -O2 $(MUSL_INCLUDES) \
	-fno-pic -no-pie -fno-stack-protector -fcf-protection=none \
	-ffunction-sections -fdata-sections -fno-asynchronous-unwind-tables

# Read-only, executable and writable parts share no page; the kernel maps no more than they are.
USERSPACE_LDFLAGS := -nostdlib -static --build-id=none -z separate-code -z max-page-size=4096 \
	-z noexecstack -z norelro --gc-sections

# An image without names and lines for debuggers, as it goes into a package, and is hashed there. Whole pages: the
# linker places what has no bytes in the file, like thread-local zeros, at the end of a page that stripping cuts off.
$(BUILD)/%.stripped: $(BUILD)/%.elf
	$(Q)strip -o $@ $< && truncate -s %4096 $@

$(USERSPACE)/%.c.o: %.c userspace/userspace.mk | $(USERSPACE_ABI) $(MUSL_HEADERS) $(GENERATED)
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)gcc $(USERSPACE_CFLAGS) -c -o $@ $<

$(USERSPACE)/%.S.o: %.S userspace/userspace.mk | $(USERSPACE_ABI)
	@mkdir -p $(@D)
	$(call say,AS,$<)
	$(Q)gcc $(USERSPACE_ASFLAGS) -c -o $@ $<

include userspace/lib/capos/capos.mk

# A native program is linked from objects and NATIVE_LIBS, with flags of its own in PROGRAM_LDFLAGS, by link_native.
NATIVE_LIBS := $(USERSPACE)/lib/libchannel.a $(USERSPACE)/lib/libgenerated.a $(CAPOS_LIB) $(USERSPACE)/lib/libcapnp.a $(MUSL_LIB)
define link_native
@mkdir -p $(@D)
$(call say,LD,$@)
$(Q)ld $(USERSPACE_LDFLAGS) $(PROGRAM_LDFLAGS) -o $@ $(filter %.o,$^) $(filter %.a,$^)
endef

# The scenarios' programs, as SCENARIO/PROGRAM.
NATIVE_GUESTS := $(patsubst scenarios/%.guest.c,%,$(wildcard scenarios/*/*.guest.c))
NATIVE_GUEST_ELFS := $(NATIVE_GUESTS:%=$(BUILD)/scenarios/guests/%.elf)
POSIX_GUESTS := $(patsubst scenarios/%.posix.c,%,$(wildcard scenarios/*/*.posix.c))
POSIX_GUEST_ELFS := $(POSIX_GUESTS:%=$(BUILD)/scenarios/guests/%.elf)
GUESTS := $(NATIVE_GUESTS) $(POSIX_GUESTS)
GUEST_ELFS := $(NATIVE_GUEST_ELFS) $(POSIX_GUEST_ELFS)
GUEST_OBJECTS := $(NATIVE_GUESTS:%=$(USERSPACE)/scenarios/%.guest.c.o) \
	$(POSIX_GUESTS:%=$(USERSPACE)/scenarios/%.posix.c.o)

-include $(wildcard scenarios/*/guests.mk)

$(GUEST_ELFS): PROGRAM_LDFLAGS = $(GUEST_$*_LDFLAGS)
$(NATIVE_GUEST_ELFS): $(BUILD)/scenarios/guests/%.elf: $(USERSPACE)/scenarios/%.guest.c.o $(NATIVE_LIBS) \
		$(wildcard scenarios/*/guests.mk)
	$(link_native)

-include $(GUEST_OBJECTS:.o=.d)

# Their boot packages.
PACKAGED := $(sort $(patsubst %/,%,$(dir $(GUESTS))))
PACKAGES := $(PACKAGED:%=$(BUILD)/scenarios/packages/%.package)
PACKAGE_TOOL := $(BUILD)/host/mkmanifest

$(foreach guest,$(GUESTS),$(eval PACKAGE_$(patsubst %/,%,$(dir $(guest)))_PROGRAMS += \
	$(notdir $(guest))=$(BUILD)/scenarios/guests/$(guest).stripped))
$(foreach name,$(PACKAGED),$(eval $(BUILD)/scenarios/packages/$(name).package: \
	$(foreach program,$(PACKAGE_$(name)_PROGRAMS),$(lastword $(subst =, ,$(program))))))

.PHONY: packages
packages: $(PACKAGES)
	@:

$(PACKAGES): $(BUILD)/scenarios/packages/%.package: $(PACKAGE_TOOL)
	@mkdir -p $(@D)
	$(call say,PACK,$@)
	$(Q)$(PACKAGE_TOOL) $@ --depfile $@.d $(PACKAGE_$*_OPTIONS) $(PACKAGE_$*_PROGRAMS)
-include $(PACKAGES:=.d)

# A scenario's program is of no use without its guests.
$(PACKAGED:%=$(BUILD)/scenarios/bin/%): $(BUILD)/scenarios/bin/%: | $(BUILD)/scenarios/packages/%.package

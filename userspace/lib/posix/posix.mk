# The POSIX library: what stands in for Linux beneath musl, and the programs that are linked with it.
# SPDX-License-Identifier: Apache-2.0
#
# Included by the top-level Makefile after userspace/userspace.mk. A POSIX program is linked from $(POSIX_START), its
# objects and $(POSIX_LIBS), with flags of its own in PROGRAM_LDFLAGS, by link_posix.

POSIX_SOURCES := \
	userspace/lib/posix/absent.c \
	userspace/lib/posix/byte_stream.c \
	userspace/lib/posix/console.c \
	userspace/lib/posix/descriptors.c \
	userspace/lib/posix/dispatch.c \
	userspace/lib/posix/entropy.c \
	userspace/lib/posix/errors.c \
	userspace/lib/posix/exit.c \
	userspace/lib/posix/futex.c \
	userspace/lib/posix/glibc_compat.c \
	userspace/lib/posix/grants.c \
	userspace/lib/posix/identity.c \
	userspace/lib/posix/interrupt.c \
	userspace/lib/posix/locks.c \
	userspace/lib/posix/memory.c \
	userspace/lib/posix/signals.c \
	userspace/lib/posix/streams.c \
	userspace/lib/posix/terminal.c \
	userspace/lib/posix/thread_end.c \
	userspace/lib/posix/thread_entry.S \
	userspace/lib/posix/thread_leave.S \
	userspace/lib/posix/threads.c \
	userspace/lib/posix/times.c

POSIX_START_SOURCES := userspace/lib/posix/start.S userspace/lib/posix/start.c

POSIX_OBJECTS := $(POSIX_SOURCES:%=$(USERSPACE)/%.o)
POSIX_START := $(POSIX_START_SOURCES:%=$(USERSPACE)/%.o)
POSIX_LIB := $(USERSPACE)/lib/libposix.a
POSIX_LIBS := $(POSIX_LIB) $(NATIVE_LIBS)

# The order in which $^ names them is of no importance: musl and the POSIX library need each other.
define link_posix
@mkdir -p $(@D)
$(call say,LD,$@)
$(Q)ld $(USERSPACE_LDFLAGS) $(PROGRAM_LDFLAGS) -o $@ $(filter %.o,$^) --start-group $(filter %.a,$^) \
	$(shell gcc -print-libgcc-file-name) --end-group
endef

$(POSIX_LIB): $(POSIX_OBJECTS)
	@mkdir -p $(@D)
	$(call say,AR,$@)
	$(Q)rm -f $@ && ar rcs $@ $^

$(POSIX_GUEST_ELFS): $(BUILD)/scenarios/guests/%.elf: $(POSIX_START) $(USERSPACE)/scenarios/%.posix.c.o \
		$(POSIX_LIBS) $(wildcard scenarios/*/guests.mk)
	$(link_posix)

include userspace/lib/posix/json_c/json_c.mk

-include $(POSIX_OBJECTS:.o=.d) $(POSIX_START:.o=.d)

# Host tests of what reads foreign bytes.
POSIX_TEST_CFLAGS := $(filter-out -O2,$(HOST_CFLAGS)) -O1 $(SANITIZE) -I. -Iuserspace/lib -I$(USERSPACE)/include
ARGUMENTS_TEST := $(BUILD)/test/posix/arguments
ARGUMENTS_REPLAY := $(BUILD)/test/fuzz/posix-arguments
HOST_TEST_PROGRAMS += $(ARGUMENTS_TEST)
FUZZ_TARGETS += posix-arguments
FUZZ_REPLAYS += $(ARGUMENTS_REPLAY).sh
FUZZ_posix-arguments_CORPUS := userspace/lib/posix/fuzz/corpus-arguments

$(ARGUMENTS_TEST): userspace/lib/posix/test/arguments.c
$(ARGUMENTS_REPLAY): userspace/lib/posix/fuzz/arguments.c harness/test/fuzz/replay.c $(ASAN_LIB)
$(ARGUMENTS_TEST) $(ARGUMENTS_REPLAY): userspace/lib/capos/arguments.c userspace/lib/posix/posix.mk \
		| $(USERSPACE_ABI)
	@mkdir -p $(@D)
	$(call say,CC,$@ (sanitized))
	$(Q)gcc $(POSIX_TEST_CFLAGS) -MT $@ -MF $@.d -o $@ $(filter %.c %.a,$^) $(HOST_LIBS)
$(BUILD)/fuzz/posix-arguments: $(ARGUMENTS_REPLAY)
	@mkdir -p $(@D)
	$(Q)clang -fsanitize=fuzzer $(POSIX_TEST_CFLAGS) -MF $@.d -o $@ userspace/lib/posix/fuzz/arguments.c \
		userspace/lib/capos/arguments.c

host-test-programs: $(ARGUMENTS_TEST) $(ARGUMENTS_REPLAY).sh

-include $(ARGUMENTS_TEST).d $(ARGUMENTS_REPLAY).d

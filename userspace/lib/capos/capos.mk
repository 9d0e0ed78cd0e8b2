# libcapos, the native runtime, and its host tests.
# SPDX-License-Identifier: Apache-2.0
#
# Included by userspace/userspace.mk.

CAPOS_SOURCES := \
	userspace/lib/capos/arena.c \
	userspace/lib/capos/arguments.c \
	userspace/lib/capos/budget.c \
	userspace/lib/capos/call.c \
	userspace/lib/capos/check.c \
	userspace/lib/capos/clock.c \
	userspace/lib/capos/console.c \
	userspace/lib/capos/format.c \
	userspace/lib/capos/incoming.c \
	userspace/lib/capos/notification.c \
	userspace/lib/capos/objects.c \
	userspace/lib/capos/outcome.c \
	userspace/lib/capos/park.c \
	userspace/lib/capos/process.c \
	userspace/lib/capos/program.c \
	userspace/lib/capos/promise.c \
	userspace/lib/capos/ring.c \
	userspace/lib/capos/ring_drop.c \
	userspace/lib/capos/ring_wait.c \
	userspace/lib/capos/service.c \
	userspace/lib/capos/service_answer.c \
	userspace/lib/capos/service_call.c \
	userspace/lib/capos/session.c \
	userspace/lib/capos/start.S \
	userspace/lib/capos/start.c \
	userspace/lib/capos/start_main.c \
	userspace/lib/capos/start_thread.S \
	userspace/lib/capos/thread_start.c \
	userspace/lib/capos/transfer.c \
	userspace/lib/capos/words.c

CAPOS_LIB := $(USERSPACE)/lib/libcapos.a
CAPOS_OBJECTS := $(CAPOS_SOURCES:%=$(USERSPACE)/%.o)

# The library calls the kernel as every program does.
CAPOS_GENERATED := $(USERSPACE)/generated/abi/kernel.calls.c.o

$(CAPOS_LIB): $(CAPOS_OBJECTS) $(CAPOS_GENERATED)
	@mkdir -p $(@D)
	$(call say,AR,$@)
	$(Q)rm -f $@ && ar rcs $@ $^

-include $(CAPOS_OBJECTS:.o=.d)

# Host tests of what needs no kernel: TEST from userspace/lib/capos/test/TEST.c with the sources that
# CAPOS_TEST_TEST names, and system calls of the test's own.
CAPOS_TESTS := arena call drop format objects outcome promise ring service
CAPOS_TEST_RING := clock ring ring_drop ring_wait
CAPOS_TEST_arena := arena $(CAPOS_TEST_RING) test/kernel
CAPOS_TEST_call := arena call format outcome promise $(CAPOS_TEST_RING) test/answer test/kernel transfer
CAPOS_TEST_drop := $(CAPOS_TEST_RING) test/kernel
CAPOS_TEST_format := format
CAPOS_TEST_objects = objects test/answer $(CAPOS_TEST_service)
CAPOS_TEST_outcome := $(CAPOS_TEST_call)
CAPOS_TEST_promise := $(CAPOS_TEST_call)
CAPOS_TEST_ring := $(CAPOS_TEST_RING)
CAPOS_TEST_service := arena call format incoming outcome promise $(CAPOS_TEST_RING) service service_answer \
	service_call test/kernel transfer

CAPOS_TEST_PROGRAMS := $(CAPOS_TESTS:%=$(BUILD)/test/capos/%)
CAPOS_TEST_CFLAGS := $(filter-out -O2,$(HOST_CFLAGS)) -O1 $(SANITIZE) \
	-Iuserspace/lib/capos/test/fake -Iuserspace/lib -I$(USERSPACE)/include -I$(GENERATED_FOLDER)
HOST_TEST_PROGRAMS += $(CAPOS_TEST_PROGRAMS)

$(foreach test,$(CAPOS_TESTS),$(eval $(BUILD)/test/capos/$(test): \
	$(CAPOS_TEST_$(test):%=userspace/lib/capos/%.c)))
$(BUILD)/test/capos/objects: $(GENERATED_FOLDER)/abi/kernel.calls.c
$(CAPOS_TEST_PROGRAMS): $(BUILD)/test/capos/%: userspace/lib/capos/test/%.c $(BUILD)/asan/libcapnp.a \
		userspace/lib/capos/capos.mk | $(USERSPACE_ABI) $(GENERATED)
	@mkdir -p $(@D)
	$(call say,CC,$< (sanitized))
	$(Q)gcc $(CAPOS_TEST_CFLAGS) -MT $@ -MF $@.d -o $@ $(filter %.c,$^) $(filter %.a,$^)

host-test-programs: $(CAPOS_TEST_PROGRAMS)

-include $(CAPOS_TEST_PROGRAMS:%=%.d)

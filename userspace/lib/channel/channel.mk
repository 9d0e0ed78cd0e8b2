# Channels in shared memory: the library, and the host tests of what needs no kernel.
# SPDX-License-Identifier: Apache-2.0
#
# Included by the top-level Makefile after userspace/userspace.mk.

CHANNEL_LIB := $(USERSPACE)/lib/libchannel.a
CHANNEL_OBJECTS := $(addprefix $(USERSPACE)/userspace/lib/channel/,channel.c.o parked.c.o)

$(CHANNEL_LIB): $(CHANNEL_OBJECTS)
	@mkdir -p $(@D)
	$(call say,AR,$@)
	$(Q)rm -f $@ && ar rcs $@ $^

CHANNEL_TEST_CFLAGS := $(filter-out -O2,$(HOST_CFLAGS)) -O1 $(SANITIZE) -Iuserspace/lib -I$(USERSPACE)/include
CHANNEL_TEST := $(BUILD)/test/channel/channel
HOST_TEST_PROGRAMS += $(CHANNEL_TEST)
FUZZ_TARGETS += channel
FUZZ_REPLAYS += $(BUILD)/test/fuzz/channel.sh
FUZZ_channel_CORPUS := userspace/lib/channel/fuzz/corpus-channel

$(CHANNEL_TEST): userspace/lib/channel/test/channel.c userspace/lib/channel/channel.c userspace/lib/channel/channel.mk \
		| $(USERSPACE_ABI)
	@mkdir -p $(@D)
	$(call say,CC,$< (sanitized))
	$(Q)gcc $(CHANNEL_TEST_CFLAGS) -MT $@ -MF $@.d -o $@ $(filter %.c,$^) -pthread

$(BUILD)/test/fuzz/channel: userspace/lib/channel/fuzz/channel.c userspace/lib/channel/channel.c \
		harness/test/fuzz/replay.c $(ASAN_LIB) userspace/lib/channel/channel.mk | $(USERSPACE_ABI)
	@mkdir -p $(@D)
	$(call say,CC,$< (sanitized))
	$(Q)gcc $(CHANNEL_TEST_CFLAGS) -MT $@ -MF $@.d -o $@ $(filter %.c %.a,$^) $(HOST_LIBS)
$(BUILD)/fuzz/channel: $(BUILD)/test/fuzz/channel
	@mkdir -p $(@D)
	$(Q)clang -fsanitize=fuzzer $(CHANNEL_TEST_CFLAGS) -MF $@.d -o $@ userspace/lib/channel/fuzz/channel.c \
		userspace/lib/channel/channel.c

host-test-programs: $(CHANNEL_TEST) $(BUILD)/test/fuzz/channel.sh

-include $(CHANNEL_OBJECTS:.o=.d) $(CHANNEL_TEST).d $(BUILD)/test/fuzz/channel.d

# The line editor: no program of its own; its users compile LINE_SOURCES.
# SPDX-License-Identifier: Apache-2.0

LINE_SOURCES := \
	userspace/lib/line/choices.c \
	userspace/lib/line/display.c \
	userspace/lib/line/history.c \
	userspace/lib/line/keys.c \
	userspace/lib/line/line.c \
	userspace/lib/line/text.c \
	userspace/lib/line/utf8.c

LINE_TEST_CFLAGS := $(filter-out -O2,$(HOST_CFLAGS)) -O1 $(SANITIZE) -Iuserspace/lib
LINE_TEST := $(BUILD)/test/line/line
HOST_TEST_PROGRAMS += $(LINE_TEST)
FUZZ_TARGETS += line
FUZZ_REPLAYS += $(BUILD)/test/fuzz/line.sh
FUZZ_line_CORPUS := userspace/lib/line/fuzz/corpus-line

$(LINE_TEST): userspace/lib/line/test/line.c $(LINE_SOURCES) userspace/lib/line/line.mk
	@mkdir -p $(@D)
	$(call say,CC,$< (sanitized))
	$(Q)gcc $(LINE_TEST_CFLAGS) -MT $@ -MF $@.d -o $@ $(filter %.c,$^)

$(BUILD)/test/fuzz/line: userspace/lib/line/fuzz/line.c $(LINE_SOURCES) harness/test/fuzz/replay.c $(ASAN_LIB) \
		userspace/lib/line/line.mk
	@mkdir -p $(@D)
	$(call say,CC,$< (sanitized))
	$(Q)gcc $(LINE_TEST_CFLAGS) -MT $@ -MF $@.d -o $@ $(filter %.c %.a,$^) $(HOST_LIBS)
$(BUILD)/fuzz/line: $(BUILD)/test/fuzz/line
	@mkdir -p $(@D)
	$(Q)clang -fsanitize=fuzzer $(LINE_TEST_CFLAGS) -MF $@.d -o $@ userspace/lib/line/fuzz/line.c $(LINE_SOURCES)

host-test-programs: $(LINE_TEST) $(BUILD)/test/fuzz/line.sh

-include $(LINE_TEST).d $(BUILD)/test/fuzz/line.d

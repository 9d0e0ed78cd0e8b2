# The shell, and the small programs that it has to run.
# SPDX-License-Identifier: Apache-2.0
#
# Included by the top-level Makefile after userspace/lib/capnp_json/capnp_json.mk and userspace/lib/line/line.mk.

SHELL_SOURCES := $(LINE_SOURCES) \
	userspace/shell/commands.c \
	userspace/shell/commands_caps.c \
	userspace/shell/commands_jobs.c \
	userspace/shell/commands_system.c \
	userspace/shell/complete.c \
	userspace/shell/describe.c \
	userspace/shell/held.c \
	userspace/shell/jobs.c \
	userspace/shell/loop.c \
	userspace/shell/main.c \
	userspace/shell/names.c \
	userspace/shell/prompt.c \
	userspace/shell/run_words.c \
	userspace/shell/schemas.S \
	userspace/shell/streams.c \
	userspace/shell/tty.c \
	userspace/shell/typed_call.c \
	userspace/shell/user.c \
	userspace/shell/words.c

SHELL_OBJECTS := $(SHELL_SOURCES:%=$(USERSPACE)/%.o)
SHELL_FLAGS := -D_GNU_SOURCE $(CAPNP_JSON_FLAGS) $(JSON_C_CFLAGS)
$(SHELL_OBJECTS): USERSPACE_CFLAGS += -Os $(SHELL_FLAGS)
$(SHELL_OBJECTS): | $(GENERATED) $(JSON_C_HEADERS)

# What "call" and "describe" know: all interfaces, with their comments, as mkmanifest does.
$(USERSPACE)/userspace/shell/schemas.S.o: $(MKMANIFEST_REQUEST)
$(USERSPACE)/userspace/shell/schemas.S.o: USERSPACE_ASFLAGS += -DSCHEMAS='"$(MKMANIFEST_REQUEST)"'

# What it has to run: userspace/programs/NAME.c.
SMALL_PROGRAMS := cat hello
SMALL_OBJECTS := $(SMALL_PROGRAMS:%=$(USERSPACE)/userspace/programs/%.c.o)

SHELL_PROGRAM := $(USERSPACE)/programs/shell
SMALL_PROGRAM_FILES := $(SMALL_PROGRAMS:%=$(USERSPACE)/programs/%)

$(SHELL_PROGRAM).elf: $(POSIX_START) $(SHELL_OBJECTS) $(CAPNP_JSON_LIB) $(JSON_C_LIB) $(GENERATED_LIB) \
		$(POSIX_LIBS)
	$(link_posix)
$(SMALL_PROGRAM_FILES:%=%.elf): $(USERSPACE)/programs/%.elf: $(POSIX_START) \
		$(USERSPACE)/userspace/programs/%.c.o $(POSIX_LIBS)
	$(link_posix)

# Host tests of what needs no kernel: TEST from userspace/shell/test/TEST.c and TEST.c. What is typed is fuzzed, too.
SHELL_TESTS := names streams tty words
SHELL_TEST_PROGRAMS := $(SHELL_TESTS:%=$(BUILD)/test/shell/%)
SHELL_TEST_CFLAGS := $(filter-out -O2,$(HOST_CFLAGS)) -O1 $(SANITIZE) -Iuserspace/shell -Iuserspace/lib -Ikernel
SHELL_TEST_tty_SOURCES := $(LINE_SOURCES)
SHELL_TEST_streams_SOURCES := userspace/shell/tty.c $(LINE_SOURCES) \
	$(CAPOS_TEST_service:%=userspace/lib/capos/%.c) \
	$(GENERATED_FOLDER)/abi/kernel.calls.c $(GENERATED_FOLDER)/interfaces/stdio.calls.c $(CAPNP_ASAN_LIB)
$(BUILD)/test/shell/streams: SHELL_TEST_CFLAGS := $(CAPOS_TEST_CFLAGS) -Iuserspace/shell -Iuserspace/lib/capos/test -Ikernel
$(BUILD)/test/shell/streams: | $(USERSPACE_ABI) $(GENERATED)
HOST_TEST_PROGRAMS += $(SHELL_TEST_PROGRAMS)
FUZZ_TARGETS += shell-words
FUZZ_REPLAYS += $(BUILD)/test/fuzz/shell-words.sh
FUZZ_shell-words_CORPUS := userspace/shell/fuzz/corpus-words

$(foreach test,$(SHELL_TESTS),$(eval $(BUILD)/test/shell/$(test): $(SHELL_TEST_$(test)_SOURCES)))
$(SHELL_TEST_PROGRAMS): $(BUILD)/test/shell/%: userspace/shell/test/%.c userspace/shell/%.c userspace/shell/shell.mk
	@mkdir -p $(@D)
	$(call say,CC,$< (sanitized))
	$(Q)gcc $(SHELL_TEST_CFLAGS) -MT $@ -MF $@.d -o $@ $(filter %.c %.a,$^)

$(BUILD)/test/fuzz/shell-words: userspace/shell/fuzz/words.c userspace/shell/words.c harness/test/fuzz/replay.c \
		$(ASAN_LIB) userspace/shell/shell.mk
	@mkdir -p $(@D)
	$(call say,CC,$< (sanitized))
	$(Q)gcc $(SHELL_TEST_CFLAGS) -MT $@ -MF $@.d -o $@ $(filter %.c %.a,$^) $(HOST_LIBS)
$(BUILD)/fuzz/shell-words: $(BUILD)/test/fuzz/shell-words
	@mkdir -p $(@D)
	$(Q)clang -fsanitize=fuzzer $(SHELL_TEST_CFLAGS) -MF $@.d -o $@ userspace/shell/fuzz/words.c userspace/shell/words.c

host-test-programs: $(SHELL_TEST_PROGRAMS) $(BUILD)/test/fuzz/shell-words.sh

-include $(SHELL_OBJECTS:.o=.d) $(SMALL_OBJECTS:.o=.d) $(SHELL_TEST_PROGRAMS:%=%.d) $(BUILD)/test/fuzz/shell-words.d

include fixtures/default/default.mk

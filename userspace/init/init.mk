# init, the first process: its image, its host tests and its fuzz target.
# SPDX-License-Identifier: Apache-2.0
#
# Included by the top-level Makefile after userspace/lib/capnp/capnp.mk.

include userspace/init/sources.mk

INIT_SOURCES := $(INIT_GRAPH_SOURCES) \
	userspace/init/directory.c \
	userspace/init/exports.c \
	userspace/init/init.c \
	userspace/init/package.c \
	userspace/init/restart.c \
	userspace/init/start.c \
	userspace/init/watch.c

INIT := $(USERSPACE)/programs/init
INIT_OBJECTS := $(INIT_SOURCES:%=$(USERSPACE)/%.o)

# The kernel hashes the image before the system does anything else.
$(INIT_OBJECTS): USERSPACE_CFLAGS += -Os

$(INIT).elf: $(INIT_OBJECTS) $(NATIVE_LIBS)
	$(link_native)

# Host tests: TEST from userspace/init/test/TEST.c and TEST.c. Their manifests are texts, which Debian's capnp converts.
INIT_TESTS := funds graph order restart sources
INIT_TEST_PROGRAMS := $(INIT_TESTS:%=$(BUILD)/test/init/%)
INIT_TEST_CFLAGS := $(filter-out -O2,$(HOST_CFLAGS)) -O1 $(SANITIZE) -Iuserspace/init $(CAPNP_HOST_CFLAGS) \
	-I$(GENERATED_FOLDER)
INIT_TEST_PARTS := userspace/init/restart.c $(INIT_GRAPH_SOURCES) userspace/init/test/checked.c \
	userspace/init/test/holdings.c userspace/init/test/manifest_text.c
INIT_FUZZ_SOURCES := userspace/init/fuzz/graph.c $(INIT_GRAPH_SOURCES) userspace/init/test/holdings.c
HOST_TEST_PROGRAMS += $(INIT_TEST_PROGRAMS)
FUZZ_TARGETS += init-graph
FUZZ_REPLAYS += $(BUILD)/test/fuzz/init-graph.sh
FUZZ_init-graph_CORPUS := userspace/init/fuzz/corpus-graph

$(INIT_TEST_PROGRAMS): $(BUILD)/test/init/%: userspace/init/test/%.c $(INIT_TEST_PARTS) $(CAPNP_ASAN_LIB) \
		userspace/init/init.mk | $(GENERATED)
	@mkdir -p $(@D)
	$(call say,CC,$< (sanitized))
	$(Q)gcc $(INIT_TEST_CFLAGS) -MT $@ -MF $@.d -o $@ $(filter %.c,$^) $(CAPNP_ASAN_LIB)

$(BUILD)/test/fuzz/init-graph: $(INIT_FUZZ_SOURCES) harness/test/fuzz/replay.c \
		$(ASAN_LIB) $(CAPNP_ASAN_LIB) userspace/init/init.mk | $(GENERATED)
	@mkdir -p $(@D)
	$(call say,CC,$< (sanitized))
	$(Q)gcc $(INIT_TEST_CFLAGS) -MT $@ -MF $@.d -o $@ $(filter %.c %.a,$^) $(HOST_LIBS)
$(BUILD)/fuzz/init-graph: $(BUILD)/test/fuzz/init-graph
	@mkdir -p $(@D)
	$(Q)clang -fsanitize=fuzzer $(INIT_TEST_CFLAGS) -MF $@.d -o $@ $(INIT_FUZZ_SOURCES) $(CAPNP_SOURCES)

host-test-programs: $(INIT_TEST_PROGRAMS) $(BUILD)/test/fuzz/init-graph.sh

-include $(INIT_OBJECTS:.o=.d) $(INIT_TEST_PROGRAMS:%=%.d) $(BUILD)/test/fuzz/init-graph.d

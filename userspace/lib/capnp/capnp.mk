# The Cap'n Proto runtime as a library, for programs, for host programs, and for their tests.
# SPDX-License-Identifier: Apache-2.0
#
# Included by the top-level Makefile after userspace/userspace.mk. Who includes its headers needs
# -Iuserspace/lib and a folder that has abi/. The kernel compiles the sources itself.

include userspace/lib/capnp/sources.mk

CAPNP_LIB := $(USERSPACE)/lib/libcapnp.a
CAPNP_OBJECTS := $(CAPNP_SOURCES:%=$(USERSPACE)/%.o)
CAPNP_HOST_LIB := $(BUILD)/host/libcapnp.a
CAPNP_HOST_OBJECTS := $(CAPNP_SOURCES:%=$(BUILD)/host/%.o)
CAPNP_ASAN_LIB := $(BUILD)/asan/libcapnp.a
CAPNP_ASAN_OBJECTS := $(CAPNP_SOURCES:%=$(BUILD)/asan/%.o)

CAPNP_HOST_CFLAGS := -Iuserspace/lib -Ikernel
$(CAPNP_HOST_OBJECTS): HOST_CFLAGS += $(CAPNP_HOST_CFLAGS)
$(CAPNP_ASAN_OBJECTS): ASAN_CFLAGS += $(CAPNP_HOST_CFLAGS)

$(CAPNP_LIB): $(CAPNP_OBJECTS)
$(CAPNP_HOST_LIB): $(CAPNP_HOST_OBJECTS)
$(CAPNP_ASAN_LIB): $(CAPNP_ASAN_OBJECTS)
$(CAPNP_LIB) $(CAPNP_HOST_LIB) $(CAPNP_ASAN_LIB):
	@mkdir -p $(@D)
	$(call say,AR,$@)
	$(Q)rm -f $@ && ar rcs $@ $^

-include $(CAPNP_OBJECTS:.o=.d) $(CAPNP_HOST_OBJECTS:.o=.d) $(CAPNP_ASAN_OBJECTS:.o=.d)

# Host tests: TEST from test/TEST.c.
CAPNP_TESTS := builder copy framing historic list packing reader
CAPNP_TEST_PROGRAMS := $(CAPNP_TESTS:%=$(BUILD)/test/capnp/%)
CAPNP_TEST_OBJECTS := $(CAPNP_TESTS:%=$(BUILD)/asan/userspace/lib/capnp/test/%.c.o)
HOST_TEST_PROGRAMS += $(CAPNP_TEST_PROGRAMS)

$(CAPNP_TEST_OBJECTS): ASAN_CFLAGS += $(CAPNP_HOST_CFLAGS)
$(CAPNP_TEST_PROGRAMS): $(BUILD)/test/capnp/%: $(BUILD)/asan/userspace/lib/capnp/test/%.c.o $(CAPNP_ASAN_LIB)
	@mkdir -p $(@D)
	$(Q)gcc $(SANITIZE) -o $@ $^

host-test-programs: $(CAPNP_TEST_PROGRAMS)

-include $(CAPNP_TEST_OBJECTS:.o=.d)

# Readers of foreign bytes are fuzzed: target capnp-NAME from fuzz/NAME.c, with the corpus fuzz/corpus-NAME.
CAPNP_FUZZ := reader packing
CAPNP_FUZZ_OBJECTS := $(CAPNP_FUZZ:%=$(BUILD)/asan/userspace/lib/capnp/fuzz/%.c.o)
CAPNP_FUZZ_PROGRAMS := $(CAPNP_FUZZ:%=$(BUILD)/test/fuzz/capnp-%)
CAPNP_FUZZ_REPLAYS := $(CAPNP_FUZZ_PROGRAMS:%=%.sh)
FUZZ_TARGETS += $(CAPNP_FUZZ:%=capnp-%)
FUZZ_REPLAYS += $(CAPNP_FUZZ_REPLAYS)
$(foreach name,$(CAPNP_FUZZ),$(eval FUZZ_capnp-$(name)_CORPUS := userspace/lib/capnp/fuzz/corpus-$(name)))

$(CAPNP_FUZZ_OBJECTS): ASAN_CFLAGS += $(CAPNP_HOST_CFLAGS)
$(CAPNP_FUZZ_PROGRAMS): $(BUILD)/test/fuzz/capnp-%: $(BUILD)/asan/userspace/lib/capnp/fuzz/%.c.o $(CAPNP_ASAN_LIB) \
		$(BUILD)/asan/harness/test/fuzz/replay.c.o $(ASAN_LIB)
	@mkdir -p $(@D)
	$(Q)gcc $(SANITIZE) -o $@ $^ $(HOST_LIBS)
$(CAPNP_FUZZ:%=$(BUILD)/fuzz/capnp-%): $(BUILD)/fuzz/capnp-%: $(BUILD)/test/fuzz/capnp-%
	@mkdir -p $(@D)
	$(Q)clang -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -g -O1 -std=gnu11 -Wall -Wextra -Werror \
		-I. $(CAPNP_HOST_CFLAGS) -o $@ userspace/lib/capnp/fuzz/$*.c $(CAPNP_SOURCES)

host-test-programs: $(CAPNP_FUZZ_REPLAYS)

-include $(CAPNP_FUZZ_OBJECTS:.o=.d)

# The same messages to us and to the C++ library, whose headers are named like ours: only runtime.c sees ours.
CAPNP_INTEROP := $(BUILD)/test/capnp/interop
CAPNP_INTEROP_FOLDER := userspace/lib/capnp/test/interop
CAPNP_INTEROP_OBJECTS := $(patsubst %,$(BUILD)/asan/$(CAPNP_INTEROP_FOLDER)/%.o,interop.cpp runtime.c schema.cpp value.cpp)
HOST_TEST_PROGRAMS += $(CAPNP_INTEROP)

$(BUILD)/asan/$(CAPNP_INTEROP_FOLDER)/runtime.c.o: ASAN_CFLAGS += $(CAPNP_HOST_CFLAGS)
$(filter %.cpp.o,$(CAPNP_INTEROP_OBJECTS)): $(BUILD)/asan/%.cpp.o: %.cpp userspace/lib/capnp/capnp.mk $(BUILD)/setup.mk
	@mkdir -p $(@D)
	$(call say,C++,$< (sanitized))
	$(Q)g++ -std=c++17 -I. -O1 -g -Wall -Wextra -Werror -MMD -MP $(SANITIZE) -c -o $@ $<
$(CAPNP_INTEROP): $(CAPNP_INTEROP_OBJECTS) $(CAPNP_ASAN_LIB)
	@mkdir -p $(@D)
	$(Q)g++ $(SANITIZE) -o $@ $^ -lcapnpc -lcapnp -lkj

host-test-programs: $(CAPNP_INTEROP)

-include $(CAPNP_INTEROP_OBJECTS:.o=.d)

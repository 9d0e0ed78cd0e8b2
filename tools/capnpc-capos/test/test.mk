# Tests of the generator: of its output in itself, against capnp's library, and of what it refuses.
# SPDX-License-Identifier: Apache-2.0
#
# Included by tools/capnpc-capos/generated.mk.

CAPNPC_TEST := tools/capnpc-capos/test
CAPNPC_TEST_FOLDER := $(BUILD)/test/capnpc
CAPNPC_TEST_CFLAGS = $(filter-out -O2,$(HOST_CFLAGS)) -O1 $(SANITIZE) -I$(CAPNPC_TEST_FOLDER)/schemas $(CAPNPC_CFLAGS)

# Code of the test's own schemas.
CAPNPC_TEST_CODE := $(addprefix $(CAPNPC_TEST_FOLDER)/schemas/,rich.capnp.c rich.calls.c other.capnp.c)
CAPNPC_TEST_HEADERS := $(CAPNPC_TEST_CODE:.c=.h)
$(CAPNPC_TEST_CODE) $(CAPNPC_TEST_HEADERS) &: $(CAPNPC_TEST)/rich.capnp $(CAPNPC_TEST)/other.capnp \
		kernel/abi/c.capnp $(CAPNPC_SELF)/checked
	@mkdir -p $(CAPNPC_TEST_FOLDER)/schemas
	$(Q)PWD=$(CURDIR) capnp compile -o$(CAPNPC):$(CAPNPC_TEST_FOLDER)/schemas -Ikernel \
		--src-prefix=$(CAPNPC_TEST) $(filter-out kernel/%,$(filter %.capnp,$^))

$(CAPNPC_TEST_FOLDER)/generated: $(CAPNPC_TEST)/generated.c $(CAPNPC_TEST_FOLDER)/schemas/rich.capnp.c \
		$(BUILD)/asan/libcapnp.a | $(CAPNPC_TEST_HEADERS)
	$(call say,CC,$< (sanitized))
	$(Q)gcc $(CAPNPC_TEST_CFLAGS) -MT $@ -MF $@.d -o $@ $(filter %.c %.a,$^)

# Clients and servers, with libcapos and the kernel of its tests.
$(CAPNPC_TEST_FOLDER)/calls: $(CAPNPC_TEST)/calls.c $(CAPNPC_TEST_FOLDER)/schemas/rich.capnp.c \
		$(CAPNPC_TEST_FOLDER)/schemas/rich.calls.c $(CAPOS_TEST_service:%=userspace/lib/capos/%.c) \
		$(BUILD)/asan/libcapnp.a | $(CAPNPC_TEST_HEADERS) $(GENERATED)
	$(call say,CC,$< (sanitized))
	$(Q)gcc -Iuserspace/lib/capos/test/fake -Iuserspace/lib/capos/test $(CAPNPC_TEST_CFLAGS) -I$(GENERATED_FOLDER) \
		-MT $@ -MF $@.d -o $@ $(filter %.c %.a,$^)

# What interop_test.sh needs.
$(CAPNPC_TEST_FOLDER)/typed: $(BUILD)/host/$(CAPNPC_TEST)/typed.c.o \
		$(filter-out %/main.c.o,$(CAPNPC_OBJECTS)) $(BUILD)/host/libcapnp.a
	@mkdir -p $(@D)
	$(Q)gcc -o $@ $^
$(BUILD)/host/$(CAPNPC_TEST)/typed.c.o: HOST_CFLAGS += $(CAPNPC_CFLAGS)
$(CAPNPC_TEST_FOLDER)/referee: $(CAPNPC_TEST)/referee.cpp
	@mkdir -p $(@D)
	$(call say,CXX,$<)
	$(Q)g++ -std=c++17 -O1 -g -Wall -Wextra -Werror -o $@ $< -lcapnpc -lcapnp -lkj

HOST_TEST_PROGRAMS += $(CAPNPC_TEST_FOLDER)/generated $(CAPNPC_TEST_FOLDER)/calls \
	$(CAPNPC_TEST)/capnpc_test.sh $(CAPNPC_TEST)/interop_test.sh
host-test-programs: $(CAPNPC_TEST_FOLDER)/generated $(CAPNPC_TEST_FOLDER)/calls $(CAPNPC_TEST_FOLDER)/typed \
	$(CAPNPC_TEST_FOLDER)/referee $(CAPNPC)

# Requests are read from the standard input.
FUZZ_capnpc_SOURCES := tools/capnpc-capos/fuzz/capnpc.c $(filter-out %/main.c,$(CAPNPC_SOURCES))
FUZZ_capnpc_CORPUS := tools/capnpc-capos/fuzz/corpus
FUZZ_TARGETS += capnpc
FUZZ_REPLAYS += $(BUILD)/test/fuzz/capnpc.sh
CAPNPC_FUZZ_OBJECTS := $(FUZZ_capnpc_SOURCES:%=$(BUILD)/asan/%.o)
$(CAPNPC_FUZZ_OBJECTS): ASAN_CFLAGS += $(CAPNPC_CFLAGS)
$(BUILD)/test/fuzz/capnpc: $(CAPNPC_FUZZ_OBJECTS) $(BUILD)/asan/libcapnp.a \
		$(BUILD)/asan/harness/test/fuzz/replay.c.o $(ASAN_LIB)
	@mkdir -p $(@D)
	$(Q)gcc $(SANITIZE) -o $@ $^ $(HOST_LIBS)
$(BUILD)/fuzz/capnpc: $(BUILD)/test/fuzz/capnpc
	@mkdir -p $(@D)
	$(Q)clang -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -g -O1 -std=gnu11 -D_GNU_SOURCE \
		$(CAPNPC_CFLAGS) -o $@ $(FUZZ_capnpc_SOURCES) $(CAPNP_SOURCES)
host-test-programs: $(BUILD)/test/fuzz/capnpc.sh

-include $(CAPNPC_TEST_FOLDER)/generated.d $(CAPNPC_TEST_FOLDER)/calls.d $(CAPNPC_FUZZ_OBJECTS:.o=.d) \
	$(BUILD)/host/$(CAPNPC_TEST)/typed.c.d

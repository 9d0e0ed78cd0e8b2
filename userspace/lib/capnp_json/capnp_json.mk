# Cap'n Proto messages as JSON: a library for POSIX programs, and its objects for host programs.
# SPDX-License-Identifier: Apache-2.0
#
# Included by the top-level Makefile after userspace/lib/posix/posix.mk and userspace/lib/capnp/capnp.mk. Who
# includes its headers needs $(CAPNP_JSON_FLAGS), a folder that has abi/, and $(CAPNP_JSON_HEADERS) as order-only
# prerequisites.

CAPNP_JSON_SOURCES := \
	userspace/lib/capnp_json/bits.c \
	userspace/lib/capnp_json/decode.c \
	userspace/lib/capnp_json/encode.c \
	userspace/lib/capnp_json/error.c \
	userspace/lib/capnp_json/number.c \
	userspace/lib/capnp_json/scalar.c \
	userspace/lib/capnp_json/schema.c \
	userspace/lib/capnp_json/text.c

CAPNP_JSON_HEADERS := $(GENERATED_FOLDER)/capnp/schema.capnp.h
CAPNP_JSON_FLAGS := -Iuserspace/lib -I$(GENERATED_FOLDER)

# For programs of ours; $(JSON_C_LIB) and $(CAPNP_LIB) go with it.
CAPNP_JSON_LIB := $(USERSPACE)/lib/libcapnp_json.a
CAPNP_JSON_OBJECTS := $(CAPNP_JSON_SOURCES:%=$(USERSPACE)/%.o)
$(CAPNP_JSON_OBJECTS): USERSPACE_CFLAGS += $(CAPNP_JSON_FLAGS) $(JSON_C_CFLAGS)
$(CAPNP_JSON_OBJECTS): | $(CAPNP_JSON_HEADERS) $(JSON_C_HEADERS)
$(CAPNP_JSON_LIB): $(CAPNP_JSON_OBJECTS)
	@mkdir -p $(@D)
	$(call say,AR,$@)
	$(Q)rm -f $@ && ar rcs $@ $^

# For programs of the host, with and without sanitizers.
CAPNP_JSON_HOST_OBJECTS := $(CAPNP_JSON_SOURCES:%=$(BUILD)/host/%.o)
CAPNP_JSON_ASAN_OBJECTS := $(CAPNP_JSON_SOURCES:%=$(BUILD)/asan/%.o)
$(CAPNP_JSON_HOST_OBJECTS): HOST_CFLAGS += $(CAPNP_JSON_FLAGS) -Ikernel
$(CAPNP_JSON_ASAN_OBJECTS): ASAN_CFLAGS += $(CAPNP_JSON_FLAGS)
$(CAPNP_JSON_HOST_OBJECTS) $(CAPNP_JSON_ASAN_OBJECTS): | $(CAPNP_JSON_HEADERS)

-include $(CAPNP_JSON_OBJECTS:.o=.d) $(CAPNP_JSON_HOST_OBJECTS:.o=.d) $(CAPNP_JSON_ASAN_OBJECTS:.o=.d)

# Host tests and the fuzz target, with a schema that has everything.
CAPNP_JSON_REQUEST := $(BUILD)/test/capnp_json/rich.request
$(CAPNP_JSON_REQUEST): userspace/lib/capnp_json/test/rich.capnp
	@mkdir -p $(@D)
	$(Q)PWD=$(CURDIR) capnp compile -o- $< >$@
CAPNP_JSON_RICH := $(BUILD)/test/capnp_json/request.o
$(CAPNP_JSON_RICH): userspace/lib/capnp_json/test/request.S $(CAPNP_JSON_REQUEST)
	$(Q)gcc -I$(BUILD) -c -o $@ $<

CAPNP_JSON_TEST := $(BUILD)/test/capnp_json/codec
CAPNP_JSON_FUZZ := $(BUILD)/test/fuzz/capnp-json
CAPNP_JSON_TEST_OBJECTS := $(BUILD)/asan/userspace/lib/capnp_json/test/codec.c.o \
	$(BUILD)/asan/userspace/lib/capnp_json/fuzz/json.c.o
$(CAPNP_JSON_TEST_OBJECTS): ASAN_CFLAGS += $(CAPNP_JSON_FLAGS)
$(CAPNP_JSON_TEST_OBJECTS): | $(CAPNP_JSON_HEADERS)
$(CAPNP_JSON_TEST): $(BUILD)/asan/userspace/lib/capnp_json/test/codec.c.o $(CAPNP_JSON_ASAN_OBJECTS) \
		$(CAPNP_ASAN_LIB) $(CAPNP_JSON_RICH)
	@mkdir -p $(@D)
	$(Q)gcc $(SANITIZE) -o $@ $^ -ljson-c -lm

FUZZ_TARGETS += capnp-json
FUZZ_REPLAYS += $(CAPNP_JSON_FUZZ).sh
FUZZ_capnp-json_CORPUS := userspace/lib/capnp_json/fuzz/corpus-json
$(CAPNP_JSON_FUZZ): $(BUILD)/asan/userspace/lib/capnp_json/fuzz/json.c.o $(BUILD)/asan/harness/test/fuzz/replay.c.o \
		$(CAPNP_JSON_ASAN_OBJECTS) $(CAPNP_ASAN_LIB) $(ASAN_LIB) $(CAPNP_JSON_RICH)
	@mkdir -p $(@D)
	$(Q)gcc $(SANITIZE) -o $@ $^ $(HOST_LIBS) -lm
$(BUILD)/fuzz/capnp-json: $(CAPNP_JSON_FUZZ)
	@mkdir -p $(@D)
	$(Q)clang -fsanitize=fuzzer $(ASAN_CFLAGS) $(CAPNP_JSON_FLAGS) -MF $@.d -o $@ \
		userspace/lib/capnp_json/fuzz/json.c $(CAPNP_JSON_SOURCES) $(CAPNP_SOURCES) $(CAPNP_JSON_RICH) -ljson-c -lm

# Debian's capnp is the referee.
HOST_TEST_PROGRAMS += $(CAPNP_JSON_TEST) userspace/lib/capnp_json/test/referee_test.py
host-test-programs: $(CAPNP_JSON_TEST) $(CAPNP_JSON_FUZZ).sh

-include $(CAPNP_JSON_TEST_OBJECTS:.o=.d)

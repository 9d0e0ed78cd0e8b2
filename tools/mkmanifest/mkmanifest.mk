# mkmanifest: boot packages from JSON manifests and programs.
# SPDX-License-Identifier: Apache-2.0
#
# Included by the top-level Makefile after userspace/lib/capnp_json/capnp_json.mk.

include userspace/init/sources.mk

MKMANIFEST_SOURCES := \
	tools/mkmanifest/check.c \
	tools/mkmanifest/compile.c \
	tools/mkmanifest/convert.c \
	tools/mkmanifest/depfile.c \
	tools/mkmanifest/image.c \
	tools/mkmanifest/interfaces.c \
	tools/mkmanifest/layers.c \
	tools/mkmanifest/main.c \
	tools/mkmanifest/message.c \
	tools/mkmanifest/options.c \
	tools/mkmanifest/package.c \
	tools/mkmanifest/system.c

# With init's check of a graph of services.
MKMANIFEST := $(BUILD)/host/mkmanifest
MKMANIFEST_OWN := $(MKMANIFEST_SOURCES) $(INIT_GRAPH_SOURCES)
MKMANIFEST_OBJECTS := $(MKMANIFEST_OWN:%=$(BUILD)/host/%.o)
MKMANIFEST_ASAN := $(BUILD)/test/mkmanifest/mkmanifest
MKMANIFEST_ASAN_OBJECTS := $(MKMANIFEST_OWN:%=$(BUILD)/asan/%.o)
MKMANIFEST_LIBS := -ljson-c -lpcre2-8 -lbearssl -lm

MKMANIFEST_HEADERS := $(addprefix $(GENERATED_FOLDER)/,abi/kernel.capnp.h abi/package.capnp.h \
	interfaces/manifest.capnp.h interfaces/services.capnp.h capnp/schema.capnp.h)
MKMANIFEST_FLAGS := -Iuserspace/lib -Iuserspace/init -Ikernel -I$(GENERATED_FOLDER)
$(MKMANIFEST_OBJECTS): HOST_CFLAGS += $(MKMANIFEST_FLAGS)
$(MKMANIFEST_ASAN_OBJECTS): ASAN_CFLAGS += $(MKMANIFEST_FLAGS)
$(MKMANIFEST_OBJECTS) $(MKMANIFEST_ASAN_OBJECTS): | $(MKMANIFEST_HEADERS)

# The schemas of all interfaces, which it knows by name.
MKMANIFEST_REQUEST := $(BUILD)/mkmanifest/schemas.request
$(MKMANIFEST_REQUEST): $(CAPNP_SCHEMAS)
	@mkdir -p $(@D)
	$(call say,CAPNP,$@)
	$(Q)PWD=$(CURDIR) capnp compile -o- -Ikernel -Iuserspace --src-prefix=kernel --src-prefix=userspace \
		$(CAPNP_SCHEMAS) >$@

MKMANIFEST_EMBEDDED := $(BUILD)/mkmanifest/embedded.o
$(MKMANIFEST_EMBEDDED): tools/mkmanifest/embedded.S tools/mkmanifest/manifest.schema.json $(MKMANIFEST_REQUEST)
	$(Q)gcc -I$(BUILD) -c -o $@ $<

# JSON files with lines are the harness's. Of its library only those parts are linked.
$(MKMANIFEST): $(MKMANIFEST_OBJECTS) $(CAPNP_JSON_SOURCES:%=$(BUILD)/host/%.o) $(MKMANIFEST_EMBEDDED) \
		$(HARNESS_LIB) $(CAPNP_HOST_LIB)
	$(call say,LD,$@)
	$(Q)gcc -o $@ $^ $(MKMANIFEST_LIBS)
$(MKMANIFEST_ASAN): $(MKMANIFEST_ASAN_OBJECTS) $(CAPNP_JSON_SOURCES:%=$(BUILD)/asan/%.o) $(MKMANIFEST_EMBEDDED) \
		$(ASAN_LIB) $(CAPNP_ASAN_LIB)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)gcc $(SANITIZE) -o $@ $^ $(MKMANIFEST_LIBS)

-include $(MKMANIFEST_OBJECTS:.o=.d) $(MKMANIFEST_ASAN_OBJECTS:.o=.d)

HOST_TEST_PROGRAMS += $(addprefix tools/mkmanifest/test/,package_test.sh manifest_test.py convert_test.py)
host-test-programs: $(MKMANIFEST_ASAN)

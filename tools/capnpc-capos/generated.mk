# The generated clients, servers and constants as a library for programs.
# SPDX-License-Identifier: Apache-2.0
#
# Included by the top-level Makefile after userspace/userspace.mk. A program that uses any of them has $(GENERATED_LIB)
# in front of libcapos.a, which it calls, among what it is linked from.

GENERATED_LIB := $(USERSPACE)/lib/libgenerated.a
GENERATED_OBJECTS := $(GENERATED_SOURCES:$(GENERATED_FOLDER)/%=$(USERSPACE)/generated/%.o)

$(GENERATED_OBJECTS): $(USERSPACE)/generated/%.o: $(GENERATED_FOLDER)/% userspace/userspace.mk \
		| $(GENERATED) $(USERSPACE_ABI) $(MUSL_HEADERS)
	@mkdir -p $(@D)
	$(call say,CC,generated/$*)
	$(Q)gcc $(USERSPACE_CFLAGS) -I$(GENERATED_FOLDER) -c -o $@ $<

$(GENERATED_LIB): $(GENERATED_OBJECTS)
	@mkdir -p $(@D)
	$(call say,AR,$@)
	$(Q)rm -f $@ && ar rcs $@ $^

-include $(GENERATED_OBJECTS:.o=.d)

include tools/capnpc-capos/test/test.mk

# How the programs that test the C library are compiled, and the same programs on the host, against its library.
# SPDX-License-Identifier: Apache-2.0

# It changes the way of rounding.
CONFORMANCE_maths_CFLAGS := -frounding-math
$(USERSPACE)/scenarios/posix-conformance/maths.posix.c.o: USERSPACE_CFLAGS += $(CONFORMANCE_maths_CFLAGS)

CONFORMANCE_PROGRAMS := $(patsubst scenarios/posix-conformance/%.posix.c,$(BUILD)/test/posix/%, \
	$(wildcard scenarios/posix-conformance/*.posix.c))
HOST_TEST_PROGRAMS += $(CONFORMANCE_PROGRAMS)
host-test-programs: $(CONFORMANCE_PROGRAMS)

# Blocks that nobody can give are asked for, and are no fault.
$(CONFORMANCE_PROGRAMS): $(BUILD)/test/posix/%: scenarios/posix-conformance/%.posix.c \
		scenarios/posix-conformance/guests.mk
	@mkdir -p $(@D)
	$(call say,CC,$< (host))
	$(Q)gcc -std=gnu11 -Wall -Wextra -Werror -O1 $(CONFORMANCE_$*_CFLAGS) -MMD -MP -o $@ $< -lm

-include $(CONFORMANCE_PROGRAMS:%=%.d)

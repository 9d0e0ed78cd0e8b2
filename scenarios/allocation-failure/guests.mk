# The steps are linked into init, which does each by itself, into fresh, which does many of them, and into their servers.
# SPDX-License-Identifier: Apache-2.0

ALLOCATION_STEPS := $(patsubst %,$(USERSPACE)/scenarios/allocation-failure/%.c.o,calls forwarders memory notifications processes promises sessions steps threads waits)
$(patsubst %,$(BUILD)/scenarios/guests/allocation-failure/%.elf,init fresh growing server): $(ALLOCATION_STEPS)
-include $(ALLOCATION_STEPS:.o=.d)

$(BUILD)/scenarios/bin/allocation-failure: | $(INJECT_ELF)

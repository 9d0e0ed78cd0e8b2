# What players do, linked into the program of all of them.
# SPDX-License-Identifier: Apache-2.0

STRESS_PARTS := $(patsubst %,$(USERSPACE)/scenarios/stress/%.c.o,calls failures holdings luggage memory notifications player processes revocation served \
	sessions threads waits)
$(BUILD)/scenarios/guests/stress/worker.elf: $(STRESS_PARTS)
-include $(STRESS_PARTS:.o=.d)

# The system's own init, and a manifest that is as large as can be.
# SPDX-License-Identifier: Apache-2.0

INIT_LIMITS := $(BUILD)/scenarios/packages/init-limits
PACKAGE_init-limits_PROGRAMS += init=$(USERSPACE)/programs/init.stripped
PACKAGE_init-limits_OPTIONS := --manifest $(INIT_LIMITS).json
$(INIT_LIMITS).package: $(INIT_LIMITS).json
$(INIT_LIMITS).json: scenarios/init-limits/limits.py
	@mkdir -p $(@D)
	$(Q)$< >$@

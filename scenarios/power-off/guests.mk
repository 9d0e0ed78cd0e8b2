# A package for each machine, with the manifest of its name; that of "told" is the ordinary one.
# SPDX-License-Identifier: Apache-2.0

POWER_OFF := $(BUILD)/scenarios/packages/power-off
POWER_OFF_PACKAGES := $(addprefix $(POWER_OFF)-,essential.package idle.package left.package)

PACKAGE_power-off_PROGRAMS += init=$(USERSPACE)/programs/init.stripped
PACKAGE_power-off_OPTIONS := --manifest scenarios/power-off/told.json

# Its last program is no program at all.
$(POWER_OFF_PACKAGES): $(POWER_OFF)-%.package: scenarios/power-off/%.json $(POWER_OFF).package
	$(call say,PACK,$@)
	$(Q)$(MKMANIFEST) $@ --manifest $< $(PACKAGE_power-off_PROGRAMS) text=$<

$(BUILD)/scenarios/bin/power-off: | $(POWER_OFF_PACKAGES)

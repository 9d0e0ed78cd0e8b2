# Packages beside the ordinary one: one whose image was spoilt, and one whose init faults.
# SPDX-License-Identifier: Apache-2.0

BOOT_PACKAGE_GUESTS := $(BUILD)/scenarios/guests/boot-package
BOOT_PACKAGE := $(BUILD)/scenarios/packages/boot-package
ORDINARY_ELF := kernel/process/fuzz/corpus-elf/ordinary

# The manifest: numbers, which init knows how to check.
$(BOOT_PACKAGE_GUESTS)/numbers: scenarios/boot-package/guests.mk
	@mkdir -p $(@D)
	$(Q)seq 1 3000 >$@

PACKAGE_boot-package_OPTIONS := --raw-manifest $(BOOT_PACKAGE_GUESTS)/numbers
PACKAGE_boot-package_PROGRAMS += ordinary=$(ORDINARY_ELF)
$(BOOT_PACKAGE).package: $(BOOT_PACKAGE_GUESTS)/numbers

$(BOOT_PACKAGE)-spoilt.package: $(BOOT_PACKAGE).package scenarios/boot-package/spoil.py
	$(call say,SPOIL,$@)
	$(Q)scenarios/boot-package/spoil.py flip $< $@ $(ORDINARY_ELF)

$(BOOT_PACKAGE)-faulting.package: $(BOOT_PACKAGE_GUESTS)/faulting.stripped $(BUILD)/host/mkmanifest
	@mkdir -p $(@D)
	$(call say,PACK,$@)
	$(Q)$(BUILD)/host/mkmanifest $@ init=$<

$(BUILD)/scenarios/bin/boot-package: | $(BOOT_PACKAGE)-spoilt.package $(BOOT_PACKAGE)-faulting.package

# Packages that the kernel must refuse, made from boot-package's by its spoil.py.
# SPDX-License-Identifier: Apache-2.0

HOSTILE := $(BUILD)/scenarios/packages/boot-package-hostile
HOSTILE_INIT := $(BUILD)/scenarios/guests/boot-package/init.stripped
HOSTILE_LIE := kernel/process/fuzz/corpus-elf/magic
HOSTILE_PACKAGES := $(addprefix $(HOSTILE)-,$(addsuffix .package,flipped truncated noise empty no-init twins framed no-elf))

$(HOSTILE)-flipped.package: HOW = flip $< $@ $(HOSTILE_INIT)
$(HOSTILE)-truncated.package: HOW = cut $< $@ 20000
$(HOSTILE)-empty.package: HOW = cut $< $@ 0
$(HOSTILE)-noise.package: HOW = noise $< $@
$(HOSTILE)-framed.package: HOW = frame $< $@
$(HOSTILE)-no-init.package: HOW = rename $< $@ init tini
$(HOSTILE)-twins.package: HOW = rename $< $@ none init

$(filter-out %-no-elf.package,$(HOSTILE_PACKAGES)): $(HOSTILE)-good.package scenarios/boot-package/spoil.py
	$(call say,SPOIL,$@)
	$(Q)scenarios/boot-package/spoil.py $(HOW)

$(HOSTILE)-good.package: $(HOSTILE_INIT) $(HOSTILE_LIE) $(BUILD)/host/mkmanifest
	@mkdir -p $(@D)
	$(call say,PACK,$@)
	$(Q)$(BUILD)/host/mkmanifest $@ init=$(HOSTILE_INIT) none=$(HOSTILE_LIE)
$(HOSTILE)-no-elf.package: $(HOSTILE_LIE) $(BUILD)/host/mkmanifest
	@mkdir -p $(@D)
	$(call say,PACK,$@)
	$(Q)$(BUILD)/host/mkmanifest $@ init=$<

$(BUILD)/scenarios/bin/boot-package-hostile: | $(HOSTILE_PACKAGES)

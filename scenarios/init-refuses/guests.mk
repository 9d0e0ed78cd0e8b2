# The system's own init with manifests that it must refuse: none in the ordinary package, and these.
# SPDX-License-Identifier: Apache-2.0

REFUSED := $(BUILD)/scenarios/packages/init-refuses
REFUSED_INIT := $(USERSPACE)/programs/init.stripped
REFUSED_OTHER := $(BUILD)/scenarios/guests/init-refuses/other.stripped
REFUSED_PACKAGES := $(addprefix $(REFUSED)-,broken.package cut.package long.package)

PACKAGE_init-refuses_PROGRAMS += init=$(REFUSED_INIT)

$(REFUSED)-broken.manifest: scenarios/init-refuses/broken.txt userspace/interfaces/manifest.capnp
	@mkdir -p $(@D)
	$(Q)capnp convert -Ikernel -Iuserspace --quiet text:flat userspace/interfaces/manifest.capnp SystemManifest <$< >$@
$(REFUSED)-cut.manifest: $(REFUSED)-broken.manifest
	$(Q)head -c 512 $< >$@
$(REFUSED)-long.manifest: scenarios/init-refuses/guests.mk
	@mkdir -p $(@D)
	$(Q)head -c 70000 /dev/zero >$@

$(REFUSED_PACKAGES): $(REFUSED)-%.package: $(REFUSED)-%.manifest $(REFUSED_INIT) $(REFUSED_OTHER) $(BUILD)/host/mkmanifest
	$(call say,PACK,$@)
	$(Q)$(MKMANIFEST) $@ --raw-manifest $< init=$(REFUSED_INIT) other=$(REFUSED_OTHER)

$(BUILD)/scenarios/bin/init-refuses: | $(REFUSED_PACKAGES)

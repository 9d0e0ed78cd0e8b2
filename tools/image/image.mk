# Bootable images: those that scenarios boot, and the tool for `make image`.
# SPDX-License-Identifier: Apache-2.0
#
# Included by the top-level Makefile after userspace/userspace.mk.
#
# fixtures/images/NAME.mk says what is on $(BUILD)/image/NAME.iso, a manifest's system.image:
#
#   IMAGE_NAME_OPTIONS := help=yes                     words of the kernel's command line
#   IMAGE_NAME_PACKAGE := path/of/boot.package         its boot package; without this line: none
#   IMAGE_NAME_SCENARIOS := one two                    who boots it

IMAGE_TOOL := tools/image/image.sh
IMAGES := $(patsubst fixtures/images/%.mk,%,$(wildcard fixtures/images/*.mk))
include $(IMAGES:%=fixtures/images/%.mk)

$(foreach image,$(IMAGES),$(eval $(BUILD)/image/$(image).iso: $(IMAGE_$(image)_PACKAGE)))
$(IMAGES:%=$(BUILD)/image/%.iso): $(BUILD)/image/%.iso: \
		fixtures/images/%.mk $(KERNEL_ELF) $(IMAGE_TOOL)
	$(call say,ISO,$@)
	$(Q)$(IMAGE_TOOL) $(if $(IMAGE_$*_PACKAGE),--package $(IMAGE_$*_PACKAGE)) $@ $(KERNEL_ELF) \
		$(IMAGE_$*_OPTIONS)

# A scenario's program is of no use without the image that it boots.
$(foreach image,$(IMAGES),$(eval $(IMAGE_$(image)_SCENARIOS:%=$(BUILD)/scenarios/bin/%): \
	| $(BUILD)/image/$(image).iso))

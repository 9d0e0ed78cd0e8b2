# The programs are those of `stress`.
# SPDX-License-Identifier: Apache-2.0

$(BUILD)/scenarios/bin/stress-failures: | $(BUILD)/scenarios/packages/stress.package $(INJECT_ELF)

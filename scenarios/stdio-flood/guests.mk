# The default system with this scenario's program.
# SPDX-License-Identifier: Apache-2.0

PACKAGE_stdio-flood_OPTIONS := --manifest scenarios/stdio-flood/system.json

# The default system with this scenario's programs.
# SPDX-License-Identifier: Apache-2.0

PACKAGE_stdio_OPTIONS := --manifest scenarios/stdio/system.json

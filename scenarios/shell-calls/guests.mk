# The default system with this scenario's service.
# SPDX-License-Identifier: Apache-2.0

PACKAGE_shell-calls_OPTIONS := --manifest scenarios/shell-calls/system.json

# The system's own init, and what it starts.
# SPDX-License-Identifier: Apache-2.0

PACKAGE_restart_PROGRAMS += init=$(USERSPACE)/programs/init.stripped
PACKAGE_restart_OPTIONS := --manifest scenarios/restart/system.json

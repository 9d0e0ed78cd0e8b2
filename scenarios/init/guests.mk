# The system's own init, and what it starts.
# SPDX-License-Identifier: Apache-2.0

PACKAGE_init_PROGRAMS += init=$(USERSPACE)/programs/init.stripped
PACKAGE_init_OPTIONS := --manifest scenarios/init/system.json

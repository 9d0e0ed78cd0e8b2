# The system's own init, and what it starts. One of the programs is none.
# SPDX-License-Identifier: Apache-2.0

PACKAGE_services_PROGRAMS += init=$(USERSPACE)/programs/init.stripped text=scenarios/services/system.json
PACKAGE_services_OPTIONS := --manifest scenarios/services/system.json

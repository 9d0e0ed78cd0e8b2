# capOS: one entry for people. `make help` lists everything.
# SPDX-License-Identifier: Apache-2.0
#
# Everything built goes to $(BUILD). What the host lacks is installed by tools/setup, which runs when the
# list of packages or the host's own list is newer than build/setup.mk, and costs nothing otherwise.

BUILD ?= build
export BUILD
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --no-print-directory
Q := $(if $(V),,@)
say = $(if $(V),@:,@printf '  %-5s %s\n' '$(1)' '$(2)' >&2)

include tools/capnpc-capos/capnpc.mk
include kernel/kernel.mk
include harness/harness.mk
include userspace/userspace.mk
include tools/capnpc-capos/generated.mk
include userspace/lib/capnp/capnp.mk
include userspace/lib/posix/posix.mk
include userspace/lib/line/line.mk
include userspace/lib/channel/channel.mk
include userspace/lib/capnp_json/capnp_json.mk
include tools/mkmanifest/mkmanifest.mk
include userspace/init/init.mk
include userspace/shell/shell.mk
include tools/bench/guest/guest.mk
include tools/image/image.mk

# The names that `make NAME=value` understands, as the runner's options.
RUN_OPTIONS := $(if $(ACCEPT),--accept) $(if $(WATCH),--watch) $(if $(DEBUG),--debug) \
	$(if $(TAGS),--tags '$(TAGS)') $(if $(JOBS),--jobs '$(JOBS)') $(if $(SHARD),--shard '$(SHARD)') \
	$(if $(REPEAT),--repeat '$(REPEAT)') $(if $(RETRY),--retry '$(RETRY)') $(if $(FAILED),--failed) \
	$(if $(KEEP),--keep '$(KEEP)')

##@ Scenarios

.PHONY: scenario
scenario: ## NAME=boot: build what it needs, run it, show what differs. ACCEPT=1 DEBUG=1 WATCH=1 REPEAT=10
	$(if $(NAME),,$(error say which one: make scenario NAME=boot (`make list` shows them all)))
	+$(Q)$(BUILD_LOCKED) scenario-programs
	$(Q)$(RUNNER) run $(NAME) --build $(BUILD) $(RUN_OPTIONS)

.PHONY: scenarios
scenarios: ## all of them. TAGS=net,-slow JOBS=2 SHARD=1/4 REPEAT=20 RETRY=0 FAILED=1
	+$(Q)$(BUILD_LOCKED) scenario-programs
	$(Q)$(RUNNER) run $(NAME) --build $(BUILD) $(RUN_OPTIONS)

.PHONY: list
list: runner ## every scenario with its tags, time limit and summary
	$(Q)$(RUNNER) list --build $(BUILD)

.PHONY: diffs
diffs: runner ## every pending golden difference, to accept one by one
	$(Q)$(RUNNER) diffs --build $(BUILD)

.PHONY: report
report: runner ## build/report/index.html from the last run of each scenario
	$(Q)$(RUNNER) report --build $(BUILD)

.PHONY: matrix
matrix: runner ## JSON for CI services: one row per scenario
	$(Q)$(RUNNER) matrix --build $(BUILD)

.PHONY: durations
durations: runner ## take the measured durations into scenarios/durations.json, by which shards are cut
	$(Q)$(RUNNER) durations --build $(BUILD)

##@ The system

.PHONY: run
run: ## boot the default system on this terminal; Ctrl-A X quits. MANIFEST=scenarios/boot/manifest.json
	+$(Q)$(BUILD_LOCKED) $(BUILD)/harness/interactive
	$(Q)folder=$(BUILD)/run/$$$$; mkdir -p $$folder; exec $(BUILD)/harness/interactive \
		--manifest $(or $(MANIFEST),fixtures/default/manifest.json) --run $$folder --build $(BUILD) \
		--interactive $(if $(DEBUG),--debug)

.PHONY: image
image: ## the default system as build/image/capos.iso, for BIOS and UEFI. PACKAGE=another/boot.package OPTIONS='help=yes'
	+$(Q)$(BUILD_LOCKED) kernel $(or $(PACKAGE),$(DEFAULT_PACKAGE))
	$(Q)$(IMAGE_TOOL) --package $(or $(PACKAGE),$(DEFAULT_PACKAGE)) $(BUILD)/image/capos.iso $(KERNEL_ELF) $(OPTIONS)
	@echo 'the image is $(BUILD)/image/capos.iso'

##@ Proof

.PHONY: test
test: ## everything: host tests, fuzz corpora, set-up, models, all scenarios
	+$(Q)$(BUILD_LOCKED) scenario-programs host-test-programs
	$(Q)$(MAKE) host-tests models
	$(Q)$(MAKE) scenarios

.PHONY: host-tests
host-tests: host-test-programs kernel $(BUILD)/scenarios/packages/ring.package ## host tests and fuzz corpora under ASan and UBSan, and the set-up's own
	$(Q)harness/test/run.sh $(HOST_TEST_PROGRAMS) $(FUZZ_REPLAYS) \
		tools/setup/test/setup_test.sh \
		tools/bench/test/bench_test.py tools/wireshark/test/ringtap_test.sh \
		tools/gdb/test/capos_test.sh

.PHONY: models
models: $(BUILD)/setup.mk ## the kernel's protocols hold in every order of events, and their mutants do not (spin)
	$(Q)harness/test/run.sh kernel/models/check.sh

.PHONY: fuzz
fuzz: ## TARGET=acpi SECONDS=60: look for new inputs that break a parser (clang's libFuzzer)
	$(if $(TARGET),,$(error say which one: make fuzz TARGET=… of: $(FUZZ_TARGETS)))
	$(if $(filter $(TARGET),$(FUZZ_TARGETS)),,$(error no fuzz target $(TARGET); there are: $(FUZZ_TARGETS)))
	$(Q)sh tools/setup/setup.sh developer
	$(Q)$(MAKE) $(BUILD)/fuzz/$(TARGET)
	$(Q)mkdir -p $(BUILD)/fuzz/found-$(TARGET)
	$(BUILD)/fuzz/$(TARGET) -max_total_time=$(or $(SECONDS),60) $(BUILD)/fuzz/found-$(TARGET) \
		$(FUZZ_$(TARGET)_CORPUS)

.PHONY: bench
bench: ## capOS beside Linux, and what the harness costs. NAME=kernel: one group. PROFILE=1: by function
	+$(Q)$(BUILD_LOCKED) kernel $(BENCH_PACKAGES) $(BENCH_KERNEL) $(BUILD)/default/default.package \
		$(if $(PROFILE)$(filter ipc kernel messages,$(NAME)),,scenario-programs NAME=boot)
	$(Q)$(if $(PROFILE),tools/bench/profile.py $(filter-out 1,$(PROFILE)),tools/bench/bench.py $(NAME))

.PHONY: lint
lint: ## format, cppcheck, shellcheck
	$(Q)sh tools/setup/setup.sh developer
	$(Q)tools/lint/lint.sh

##@ Housekeeping

.PHONY: setup
setup: $(BUILD)/setup.mk ## install what the host lacks (other targets do it when needed)

.PHONY: sources
sources: ## fetch, verify and unpack the pinned Debian source packages
	$(Q)sh tools/setup/setup.sh sources

.PHONY: clean
clean: ## remove build/
	[ ! -L $(BUILD)/lv ] || rm -rf "$$(readlink $(BUILD)/lv)"
	rm -rf $(BUILD)

.PHONY: help
help: ## this list
	@echo 'capOS: a capability operating system for x86_64, and the harness that proves it.'
	@awk -F ':.*## ' '/^##@/ { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

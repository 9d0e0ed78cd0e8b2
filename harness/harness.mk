# The harness: its library, the runner, every scenario's program, host tests and fuzz targets.
# SPDX-License-Identifier: Apache-2.0
#
# Included by the top-level Makefile after kernel/kernel.mk.

# Cached answers of pkg-config. Making this file is what installs missing packages.
ifneq ($(filter-out help clean setup sources,$(or $(MAKECMDGOALS),help)),)
include $(BUILD)/setup.mk
endif
$(BUILD)/setup.mk: tools/setup/packages tools/setup/setup.sh $(wildcard /var/lib/dpkg/status)
	@sh tools/setup/setup.sh mk $@

# Two runs of make in one tree build one after the other; running scenarios needs no lock.
BUILD_LOCKED = mkdir -p $(BUILD) && flock $(BUILD)/.lock $(MAKE)

HOST_CFLAGS := -std=gnu11 -D_GNU_SOURCE -I. -O2 -g -Wall -Wextra -Werror -MMD -MP \
	-ffile-prefix-map=$(CURDIR)/=
HOST_LIBS = $(HARNESS_PKG_LIBS) -lpthread -lutil

HARNESS_SOURCES := \
	harness/base/buffer.c \
	harness/base/error.c \
	harness/base/files.c \
	harness/base/process.c \
	harness/base/utf8.c \
	harness/base/xml.c \
	harness/event/loop.c \
	harness/machine/accelerator.c \
	harness/machine/connection.c \
	harness/machine/diagnosis.c \
	harness/machine/domain_xml.c \
	harness/machine/janitor.c \
	harness/machine/machine.c \
	harness/machine/monitor.c \
	harness/machine/preflight.c \
	harness/machine/qemu_trace.c \
	harness/machine/slot.c \
	harness/machine/symbols.c \
	harness/manifest/arena.c \
	harness/manifest/extends.c \
	harness/manifest/key.c \
	harness/manifest/locate.c \
	harness/manifest/manifest.c \
	harness/manifest/merge.c \
	harness/manifest/pattern.c \
	harness/manifest/plan.c \
	harness/manifest/plan_check.c \
	harness/manifest/plan_machine.c \
	harness/manifest/plan_streams.c \
	harness/manifest/schema.c \
	harness/manifest/schema_fill.c \
	harness/manifest/schema_parts.c \
	harness/manifest/schema_values.c \
	harness/manifest/schema_verify.c \
	harness/manifest/schema_words.c \
	harness/manifest/source.c \
	harness/network/capture.c \
	harness/network/segment.c \
	harness/program/program.c \
	harness/result/fields.c \
	harness/result/json.c \
	harness/result/junit.c \
	harness/result/read.c \
	harness/result/result.c \
	harness/scenario/faults.c \
	harness/scenario/finish.c \
	harness/scenario/host.c \
	harness/scenario/machines.c \
	harness/scenario/networks.c \
	harness/scenario/run.c \
	harness/scenario/streams.c \
	harness/scenario/terminal.c \
	harness/scenario/transcripts.c \
	harness/scenario/trouble.c \
	harness/stream/faults.c \
	harness/stream/kernel_log.c \
	harness/stream/match.c \
	harness/stream/stream.c \
	harness/transcript/console.c \
	harness/transcript/golden.c \
	harness/transcript/line.c \
	harness/transcript/normalise.c \
	harness/transcript/packets.c \
	harness/transcript/table.c \
	harness/transcript/tcp.c

RUNNER_SOURCES := \
	harness/runner/attempt.c \
	harness/runner/commands.c \
	harness/runner/diffs.c \
	harness/runner/durations.c \
	harness/runner/durations_command.c \
	harness/runner/failure.c \
	harness/runner/folder.c \
	harness/runner/foreground.c \
	harness/runner/judge.c \
	harness/runner/list.c \
	harness/runner/main.c \
	harness/runner/options.c \
	harness/runner/outcome.c \
	harness/runner/page.c \
	harness/runner/page_bench.c \
	harness/runner/page_details.c \
	harness/runner/page_style.c \
	harness/runner/plan.c \
	harness/runner/progress.c \
	harness/runner/quarantine.c \
	harness/runner/record.c \
	harness/runner/report.c \
	harness/runner/report_junit.c \
	harness/runner/run.c \
	harness/runner/schedule.c \
	harness/runner/screen.c \
	harness/runner/select.c \
	harness/runner/shard.c \
	harness/runner/suite.c \
	harness/runner/task.c

RUNNER := $(BUILD)/harness/runner
HARNESS_LIB := $(BUILD)/harness/libharness.a
HARNESS_OBJECTS := $(HARNESS_SOURCES:%=$(BUILD)/host/%.o)
RUNNER_OBJECTS := $(RUNNER_SOURCES:%=$(BUILD)/host/%.o)

$(BUILD)/host/%.c.o: %.c harness/harness.mk $(BUILD)/setup.mk
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)gcc $(HOST_CFLAGS) $(HARNESS_PKG_CFLAGS) -c -o $@ $<

$(HARNESS_LIB): $(HARNESS_OBJECTS)
	@mkdir -p $(@D)
	$(call say,AR,$@)
	$(Q)rm -f $@ && ar rcs $@ $^

.PHONY: runner
runner: $(RUNNER)
	@:
$(RUNNER): $(RUNNER_OBJECTS) $(HARNESS_LIB)
	$(call say,LD,$@)
	$(Q)gcc -o $@ $^ $(HOST_LIBS)

$(BUILD)/harness/interactive: $(BUILD)/host/harness/interactive/interactive.c.o $(HARNESS_LIB) $(KERNEL_ELF)
	$(call say,LD,$@)
	$(Q)gcc -o $@ $(filter %.o %.a,$^) $(HOST_LIBS)

# A scenario is a folder with a scenario.c. NAMED are those that `make … NAME=` names, or all.
SCENARIOS := $(patsubst scenarios/%/scenario.c,%,$(wildcard scenarios/*/scenario.c))
SCENARIO_PROGRAMS := $(SCENARIOS:%=$(BUILD)/scenarios/bin/%)

NAMED := $(if $(NAME),$(filter $(NAME),$(SCENARIOS)),$(SCENARIOS))
.PHONY: scenario-programs
scenario-programs: kernel $(RUNNER) $(NAMED:%=$(BUILD)/scenarios/bin/%)
	@:
$(SCENARIO_PROGRAMS): $(BUILD)/scenarios/bin/%: $(BUILD)/host/scenarios/%/scenario.c.o $(HARNESS_LIB)
	@mkdir -p $(@D)
	$(Q)gcc -o $@ $^ $(HOST_LIBS)

# Scenarios that fail on purpose, for the scenarios that prove the harness.
FAILING_PROGRAMS := $(patsubst fixtures/harness/scenarios/%/scenario.c,$(BUILD)/fixtures/bin/%, \
	$(wildcard fixtures/harness/scenarios/*/scenario.c))
$(addprefix $(BUILD)/scenarios/bin/,debugger full-disk leftovers suites verdicts): | $(FAILING_PROGRAMS)
$(BUILD)/scenarios/bin/verdicts: | $(BUILD)/scenarios/packages/faults.package
$(FAILING_PROGRAMS): $(BUILD)/fixtures/bin/%: \
		$(BUILD)/host/fixtures/harness/scenarios/%/scenario.c.o $(HARNESS_LIB)
	@mkdir -p $(@D)
	$(Q)gcc -o $@ $^ $(HOST_LIBS)

include harness/test/test.mk

-include $(HARNESS_OBJECTS:.o=.d) $(RUNNER_OBJECTS:.o=.d) \
	$(SCENARIOS:%=$(BUILD)/host/scenarios/%/scenario.c.d) \
	$(FAILING_PROGRAMS:$(BUILD)/fixtures/bin/%=$(BUILD)/host/fixtures/harness/scenarios/%/scenario.c.d) \
	$(BUILD)/host/harness/interactive/interactive.c.d

# Host tests and fuzz targets: every one is built with ASan and UBSan.
# SPDX-License-Identifier: Apache-2.0
#
# A test is FOLDER/test/NAME.c, printing "ok NAME" or "not ok NAME: why" per case. A fuzz target is
# FOLDER/fuzz/NAME.c with LLVMFuzzerTestOneInput(); `make host-tests` replays its committed corpus, `make fuzz`
# looks for new inputs. The kernel's are listed in kernel/kernel.mk, the harness's are found.

SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all
ASAN_CFLAGS = $(filter-out -O2,$(HOST_CFLAGS)) -O1 -Ikernel -Ikernel/test $(SANITIZE) $(HARNESS_PKG_CFLAGS)

ASAN_LIB := $(BUILD)/asan/libharness.a
ASAN_SOURCES := $(HARNESS_SOURCES) $(filter-out harness/runner/main.c,$(RUNNER_SOURCES))
ASAN_OBJECTS := $(ASAN_SOURCES:%=$(BUILD)/asan/%.o)

$(BUILD)/asan/%.c.o: %.c harness/test/test.mk $(BUILD)/setup.mk
	@mkdir -p $(@D)
	$(call say,CC,$< (sanitized))
	$(Q)gcc $(ASAN_CFLAGS) -c -o $@ $<

$(ASAN_LIB): $(ASAN_OBJECTS)
	$(Q)rm -f $@ && ar rcs $@ $^

HARNESS_TESTS := $(wildcard harness/test/*.c harness/runner/test/*.c)
HARNESS_TEST_PROGRAMS := $(HARNESS_TESTS:%.c=$(BUILD)/test/%)
KERNEL_TEST_PROGRAMS := $(KERNEL_TESTS:%=$(BUILD)/test/kernel/%)
HOST_TEST_PROGRAMS := $(KERNEL_TEST_PROGRAMS) $(HARNESS_TEST_PROGRAMS)

$(HARNESS_TEST_PROGRAMS): $(BUILD)/test/%: $(BUILD)/asan/%.c.o $(ASAN_LIB)
	@mkdir -p $(@D)
	$(Q)gcc $(SANITIZE) -o $@ $^ $(HOST_LIBS)

$(foreach test,$(KERNEL_TESTS),$(eval $(BUILD)/test/kernel/$(test): \
	$(KERNEL_TEST_$(test)_SOURCES:%=$(BUILD)/asan/%.o)))
$(KERNEL_TEST_PROGRAMS):
	@mkdir -p $(@D)
	$(Q)gcc $(SANITIZE) -o $@ $^

# The committed corpora, replayed: $(BUILD)/test/fuzz/TARGET.sh gives FUZZ_TARGET_CORPUS to $(BUILD)/test/fuzz/TARGET, whoever
# made that.
HARNESS_FUZZ := $(notdir $(basename $(filter-out %/replay.c,$(wildcard harness/test/fuzz/*.c))))
$(foreach target,$(HARNESS_FUZZ),$(eval FUZZ_$(target)_SOURCES := harness/test/fuzz/$(target).c) \
	$(eval FUZZ_$(target)_CORPUS := harness/test/fuzz/corpus/$(target)))
$(foreach target,$(KERNEL_FUZZ),$(eval FUZZ_$(target)_SOURCES := $(KERNEL_FUZZ_$(target)_SOURCES)) \
	$(eval FUZZ_$(target)_CORPUS := $(KERNEL_FUZZ_$(target)_CORPUS)))
FUZZ_TARGETS := $(HARNESS_FUZZ) $(KERNEL_FUZZ)
FUZZ_REPLAYS := $(FUZZ_TARGETS:%=$(BUILD)/test/fuzz/%.sh)

$(foreach target,$(FUZZ_TARGETS),$(eval $(BUILD)/test/fuzz/$(target): \
	$(FUZZ_$(target)_SOURCES:%=$(BUILD)/asan/%.o) $(BUILD)/asan/harness/test/fuzz/replay.c.o \
	$(ASAN_LIB)))
$(FUZZ_TARGETS:%=$(BUILD)/test/fuzz/%):
	@mkdir -p $(@D)
	$(Q)gcc $(SANITIZE) -o $@ $^ $(HOST_LIBS)
$(BUILD)/test/fuzz/%.sh: $(BUILD)/test/fuzz/%
	$(Q)printf '#!/bin/sh\nexec %s %s\n' $< $(FUZZ_$*_CORPUS) >$@ && chmod +x $@

# clang's libFuzzer brings its own main(), so the sources with one are left out; the others are compiled once
# more, with coverage. What makes the replay anew makes this anew.
$(FUZZ_TARGETS:%=$(BUILD)/fuzz/%): $(BUILD)/fuzz/%: $(BUILD)/test/fuzz/%
	@mkdir -p $(@D)
	$(Q)clang -fsanitize=fuzzer,address,undefined -g -O1 -std=gnu11 -D_GNU_SOURCE -I. -Ikernel -Ikernel/test \
		$(HARNESS_PKG_CFLAGS) -o $@ $(FUZZ_$*_SOURCES) \
		$(if $(filter $*,$(HARNESS_FUZZ)),$(filter-out harness/scenario/%,$(ASAN_SOURCES))) $(HOST_LIBS)

.PHONY: host-test-programs
host-test-programs: $(HOST_TEST_PROGRAMS) $(FUZZ_REPLAYS)
	@:

-include $(ASAN_OBJECTS:.o=.d) $(patsubst %,$(BUILD)/asan/%.d,$(sort $(HARNESS_TESTS) \
	harness/test/fuzz/replay.c $(foreach test,$(KERNEL_TESTS),$(KERNEL_TEST_$(test)_SOURCES)) \
	$(foreach target,$(FUZZ_TARGETS),$(FUZZ_$(target)_SOURCES))))

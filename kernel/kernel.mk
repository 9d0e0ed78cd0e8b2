# The kernel: sources, flags and rules of build/kernel/capos.elf; its host tests and fuzz targets.
# SPDX-License-Identifier: Apache-2.0
#
# Included by the top-level Makefile, which sets BUILD, Q and say, and builds what KERNEL_TESTS and KERNEL_FUZZ
# list: test NAME from KERNEL_TEST_NAME_SOURCES, fuzz target NAME from KERNEL_FUZZ_NAME_SOURCES with
# the corpus in the folder KERNEL_FUZZ_NAME_CORPUS; for the host, with -Ikernel.

BUILD ?= build

KERNEL_SOURCES := \
	kernel/main.c \
	kernel/arch/x86_64/break.c \
	kernel/arch/x86_64/clock.c \
	kernel/arch/x86_64/entropy.c \
	kernel/arch/x86_64/entry.S \
	kernel/arch/x86_64/init.c \
	kernel/arch/x86_64/io_apic.c \
	kernel/arch/x86_64/irq.c \
	kernel/arch/x86_64/local_apic.c \
	kernel/arch/x86_64/local_timer.c \
	kernel/arch/x86_64/paging.c \
	kernel/arch/x86_64/pic.c \
	kernel/arch/x86_64/pit.c \
	kernel/arch/x86_64/segments.c \
	kernel/arch/x86_64/serial.c \
	kernel/arch/x86_64/smp.c \
	kernel/arch/x86_64/stack.c \
	kernel/arch/x86_64/string.c \
	kernel/arch/x86_64/thread.c \
	kernel/arch/x86_64/trampoline.S \
	kernel/arch/x86_64/traps.S \
	kernel/arch/x86_64/traps.c \
	kernel/arch/x86_64/user_pages.c \
	kernel/boot/boot_info.c \
	kernel/boot/multiboot2.c \
	kernel/boot/options.c \
	kernel/boot/package.c \
	kernel/boot/start_info.c \
	kernel/cap/table.c \
	kernel/crypto/hmac.c \
	kernel/crypto/random.c \
	kernel/crypto/sha256.c \
	kernel/device/acpi.c \
	kernel/device/madt.c \
	kernel/device/power.c \
	kernel/diag/panic.c \
	kernel/diag/pause.c \
	kernel/diag/provoke.c \
	kernel/inject/none.c \
	kernel/ledger/ledger.c \
	kernel/lib/tree.c \
	kernel/log/format.c \
	kernel/log/history.c \
	kernel/log/log.c \
	kernel/mem/frame_ranges.c \
	kernel/mem/frames.c \
	kernel/mem/mapping.c \
	kernel/mem/memory.c \
	kernel/mem/pool.c \
	kernel/mem/space.c \
	kernel/object/boot_package.c \
	kernel/object/cap_table.c \
	kernel/object/console.c \
	kernel/object/endpoint.c \
	kernel/object/entropy_source.c \
	kernel/object/forwarder.c \
	kernel/object/line_editor.c \
	kernel/object/log_reader.c \
	kernel/object/memory_object.c \
	kernel/object/notification.c \
	kernel/object/object.c \
	kernel/object/park_space.c \
	kernel/object/process_handle.c \
	kernel/object/process_spawner.c \
	kernel/object/reply.c \
	kernel/object/session_control.c \
	kernel/object/session_factory.c \
	kernel/object/session_launcher.c \
	kernel/object/system_info.c \
	kernel/object/terminal.c \
	kernel/object/terminal_output.c \
	kernel/object/terminal_writes.c \
	kernel/object/thread_control.c \
	kernel/object/thread_handle.c \
	kernel/object/timer_object.c \
	kernel/object/user_session.c \
	kernel/object/virtual_memory.c \
	kernel/process/elf.c \
	kernel/process/load.c \
	kernel/process/process.c \
	kernel/process/reaper.c \
	kernel/process/system.c \
	kernel/ring/answer.c \
	kernel/ring/call.c \
	kernel/ring/deliver.c \
	kernel/ring/exception.c \
	kernel/ring/invocation.c \
	kernel/ring/park.c \
	kernel/ring/promise.c \
	kernel/ring/ring.c \
	kernel/ring/take.c \
	kernel/ring/tap.c \
	kernel/ring/transfer.c \
	kernel/sched/cpu.c \
	kernel/sched/entry.c \
	kernel/sched/later.c \
	kernel/sched/lock.c \
	kernel/sched/schedule.c \
	kernel/sched/thread.c \
	kernel/sched/timer.c \
	kernel/session/holder.c \
	kernel/session/reference.c \
	kernel/session/scope.c \
	kernel/session/session.c

# The cryptography is BearSSL's, from Debian's source package. Unaligned accesses are left to the compiler.
BEARSSL := $(BUILD)/sources/bearssl-0.6+dfsg.1
BEARSSL_SOURCES := $(addprefix $(BEARSSL)/src/, \
	codec/dec32be.c codec/enc32be.c hash/sha2small.c mac/hmac.c symcipher/chacha20_ct.c)
BEARSSL_OBJECTS := $(BEARSSL_SOURCES:$(BEARSSL)/src/%=$(BUILD)/kernel/bearssl/%.o)
BEARSSL_CFLAGS := -isystem $(BEARSSL)/inc
BEARSSL_OWN_CFLAGS := $(BEARSSL_CFLAGS) -I$(BEARSSL)/src -DBR_LE_UNALIGNED=0 -DBR_BE_UNALIGNED=0

# Messages are read and built by the runtime of user space, with code made of the schemas in abi/. Of the runtime, what
# copies, packs and frames is left out.
KERNEL_CAPNP_SOURCES := $(filter-out %/canonical.c %/copy.c %/framing.c %/packing.c,$(CAPNP_SOURCES))
KERNEL_CAPNP_OBJECTS := $(KERNEL_CAPNP_SOURCES:userspace/lib/capnp/%=$(BUILD)/kernel/capnp/%.o)
KERNEL_CAPNP_CFLAGS := -I$(GENERATED_FOLDER) -Iuserspace/lib
KERNEL_GENERATED := $(filter $(GENERATED_FOLDER)/abi/%,$(GENERATED))

KERNEL_CC ?= gcc
KERNEL_LD ?= ld

# Debug information and __FILE__ name files relative to the repository, wherever that is.
# The assembler is told apart: with an empty directory from the compiler it falls back on its own.
KERNEL_ASFLAGS := -Ikernel -Ikernel/arch/x86_64 -g -MMD -MP \
	-ffile-prefix-map=$(CURDIR)= -Wa,--debug-prefix-map=$(CURDIR)=

# Each function that has a frame links it first thing, so that a backtrace can follow.
KERNEL_FRAMES := -fno-omit-frame-pointer -fno-shrink-wrap -fno-optimize-sibling-calls

KERNEL_CFLAGS := $(KERNEL_ASFLAGS) \
	-std=gnu11 -Wall -Wextra -Werror -O2 \
	-ffreestanding -nostdlib -mcmodel=kernel -mno-red-zone -mgeneral-regs-only \
	-fno-pic -no-pie -fno-stack-protector -fcf-protection=none \
	-fno-asynchronous-unwind-tables -fno-tree-loop-distribute-patterns $(KERNEL_FRAMES) \
	$(KERNEL_CAPNP_CFLAGS)

KERNEL_LDFLAGS := -nostdlib -static --build-id=none -z max-page-size=0x1000 -z noexecstack

KERNEL_ELF := $(BUILD)/kernel/capos.elf
KERNEL_LDSCRIPT := $(BUILD)/kernel/kernel.ld
KERNEL_OBJECTS := $(KERNEL_SOURCES:%=$(BUILD)/%.o)

.PHONY: kernel
kernel: $(KERNEL_ELF)
	@:

$(KERNEL_ELF): $(KERNEL_OBJECTS) $(KERNEL_CAPNP_OBJECTS) $(BEARSSL_OBJECTS) $(KERNEL_LDSCRIPT)
	$(call say,LD,$@)
	$(Q)$(KERNEL_LD) $(KERNEL_LDFLAGS) -T $(KERNEL_LDSCRIPT) -o $@ $(filter %.o,$^)

# The same kernel, which fails to allocate on demand (kernel/inject/README.md).
INJECT_ELF := $(BUILD)/kernel/capos-inject.elf
INJECT_OBJECT := $(BUILD)/kernel/inject/nth.c.o
INJECT_LDFLAGS := --wrap=pool_alloc --wrap=frame_alloc
$(INJECT_ELF): $(INJECT_OBJECT) $(filter-out %/inject/none.c.o,$(KERNEL_OBJECTS)) $(KERNEL_CAPNP_OBJECTS) $(BEARSSL_OBJECTS) \
		$(KERNEL_LDSCRIPT)
	$(call say,LD,$@)
	$(Q)$(KERNEL_LD) $(KERNEL_LDFLAGS) $(INJECT_LDFLAGS) -T $(KERNEL_LDSCRIPT) -o $@ $(filter %.o,$^)

$(KERNEL_LDSCRIPT): kernel/arch/x86_64/kernel.ld.S kernel/kernel.mk
	@mkdir -p $(@D)
	$(Q)$(KERNEL_CC) -E -P -Ikernel -MMD -MP -MT $@ -MF $@.d -o $@ $<

$(filter %.c.o,$(KERNEL_OBJECTS)) $(INJECT_OBJECT): $(BUILD)/%.c.o: %.c kernel/kernel.mk | $(KERNEL_GENERATED)
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(KERNEL_CC) $(KERNEL_CFLAGS) -c -o $@ $<

$(KERNEL_CAPNP_OBJECTS): $(BUILD)/kernel/capnp/%.c.o: userspace/lib/capnp/%.c kernel/kernel.mk
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(KERNEL_CC) $(KERNEL_CFLAGS) -c -o $@ $<

$(filter %.S.o,$(KERNEL_OBJECTS)): $(BUILD)/%.S.o: %.S kernel/kernel.mk
	@mkdir -p $(@D)
	$(call say,AS,$<)
	$(Q)$(KERNEL_CC) $(KERNEL_ASFLAGS) -c -o $@ $<

# Fetched once, and again when the list of pins has changed: then the stamp is new even if the pin is not.
$(BEARSSL)/.verified: tools/setup/sources
	$(Q)sh tools/setup/setup.sh source bearssl && touch $@
$(BEARSSL_SOURCES): $(BEARSSL)/.verified ;

$(BEARSSL_OBJECTS): $(BUILD)/kernel/bearssl/%.c.o: $(BEARSSL)/src/%.c $(BEARSSL)/.verified kernel/kernel.mk
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(KERNEL_CC) $(KERNEL_CFLAGS) -O3 -funroll-loops -Ikernel/crypto/include $(BEARSSL_OWN_CFLAGS) \
		-c -o $@ $<

# Those of ours that include its headers.
BEARSSL_USERS := $(patsubst %,kernel/crypto/%.c.o,hmac random sha256 test/random)
$(BEARSSL_USERS:%=$(BUILD)/%): KERNEL_CFLAGS += -Ikernel/crypto/include $(BEARSSL_CFLAGS)
$(BEARSSL_USERS:%=$(BUILD)/asan/%): ASAN_CFLAGS += $(BEARSSL_CFLAGS)
$(BEARSSL_USERS:%=$(BUILD)/%) $(BEARSSL_USERS:%=$(BUILD)/asan/%): $(BEARSSL)/.verified

-include $(KERNEL_OBJECTS:.o=.d) $(INJECT_OBJECT:.o=.d) $(KERNEL_CAPNP_OBJECTS:.o=.d) $(BEARSSL_OBJECTS:.o=.d) $(KERNEL_LDSCRIPT).d

# What every test needs: the log, and an arch.h for the host.
KERNEL_TEST_BASE := kernel/test/fake_arch.c kernel/log/format.c kernel/log/history.c kernel/log/log.c

# What a test of code that allocates needs besides: physical memory of its own, and panics it can expect.
KERNEL_TEST_MEMORY := kernel/test/fake_direct.c kernel/test/fake_panic.c kernel/mem/frame_ranges.c \
	kernel/mem/frames.c kernel/mem/pool.c

# What a test of cryptography needs besides.
KERNEL_TEST_CRYPTO := kernel/crypto/sha256.c $(BEARSSL_SOURCES)
$(BEARSSL_SOURCES:%=$(BUILD)/asan/%.o): ASAN_CFLAGS += $(BEARSSL_OWN_CFLAGS)

# What a test of code that allocates can have instead: each use after free is seen, and allocations fail on demand.
KERNEL_TEST_FAKE_MEMORY := kernel/test/fake_memory.c kernel/test/fake_panic.c kernel/test/fake_string.c

# What a test of code that follows capabilities to their objects needs besides.
KERNEL_TEST_FORWARDER := kernel/object/forwarder.c kernel/object/object.c kernel/ledger/ledger.c $(KERNEL_TEST_FAKE_MEMORY) $(KERNEL_CAPNP_SOURCES)

# The kernel but for its architecture and its boot, on processors, page tables and a port of the test's.
KERNEL_TEST_WORLD := $(filter kernel/cap/% kernel/ledger/% kernel/lib/% kernel/log/% kernel/object/% \
	kernel/process/% kernel/ring/% kernel/sched/% kernel/session/%,$(KERNEL_SOURCES)) kernel/mem/mapping.c kernel/mem/space.c $(KERNEL_TEST_FAKE_MEMORY) \
	kernel/test/fake_arch.c kernel/test/fake_machine.c kernel/test/fake_space.c kernel/test/fake_terminal.c $(KERNEL_CAPNP_SOURCES)
KERNEL_TEST_WORLD := $(filter-out kernel/object/boot_package.c kernel/object/entropy_source.c \
	kernel/process/system.c,$(KERNEL_TEST_WORLD))

KERNEL_TESTS := acpi elf format frame_ranges frames history hmac ledger line_editor log madt multiboot2 \
	options package pool promise random reference scale scope session sha256 start_info table terminal transfer tree
KERNEL_TEST_acpi_SOURCES := kernel/device/test/acpi.c kernel/device/acpi.c $(KERNEL_TEST_BASE)
KERNEL_TEST_elf_SOURCES := kernel/process/test/elf.c kernel/process/elf.c
KERNEL_TEST_format_SOURCES := kernel/log/test/format.c kernel/log/format.c
KERNEL_TEST_frame_ranges_SOURCES := kernel/mem/test/frame_ranges.c kernel/mem/frame_ranges.c
KERNEL_TEST_frames_SOURCES := kernel/mem/test/frames.c $(KERNEL_TEST_MEMORY)
KERNEL_TEST_history_SOURCES := kernel/log/test/history.c kernel/log/history.c
KERNEL_TEST_hmac_SOURCES := kernel/crypto/test/hmac.c kernel/crypto/hmac.c $(KERNEL_TEST_CRYPTO)
KERNEL_TEST_ledger_SOURCES := kernel/ledger/test/ledger.c kernel/ledger/ledger.c $(KERNEL_TEST_FAKE_MEMORY)
KERNEL_TEST_line_editor_SOURCES := kernel/object/test/line_editor.c kernel/object/line_editor.c
KERNEL_TEST_log_SOURCES := kernel/log/test/log.c $(KERNEL_TEST_BASE)
KERNEL_TEST_madt_SOURCES := kernel/device/test/madt.c kernel/device/madt.c kernel/device/acpi.c \
	$(KERNEL_TEST_BASE)
KERNEL_TEST_multiboot2_SOURCES := kernel/boot/test/multiboot2.c kernel/boot/multiboot2.c kernel/boot/boot_info.c \
	$(KERNEL_TEST_BASE)
KERNEL_TEST_options_SOURCES := kernel/boot/test/options.c kernel/boot/options.c $(KERNEL_TEST_BASE)
KERNEL_TEST_package_SOURCES := kernel/boot/test/package.c kernel/boot/package.c $(KERNEL_CAPNP_SOURCES)
KERNEL_TEST_pool_SOURCES := kernel/mem/test/pool.c $(KERNEL_TEST_MEMORY)
KERNEL_TEST_promise_SOURCES := kernel/ring/test/promise.c kernel/ring/test/promise_model.c kernel/ring/fuzz/verify.c \
	kernel/ring/fuzz/world.c $(KERNEL_TEST_WORLD) kernel/crypto/hmac.c kernel/crypto/random.c $(KERNEL_TEST_CRYPTO)
KERNEL_TEST_scale_SOURCES := kernel/arch/x86_64/test/scale.c
KERNEL_TEST_random_SOURCES := kernel/crypto/test/random.c kernel/crypto/random.c $(KERNEL_TEST_CRYPTO)
KERNEL_TEST_reference_SOURCES := kernel/session/test/reference.c kernel/session/reference.c kernel/crypto/hmac.c \
	kernel/crypto/random.c $(KERNEL_TEST_CRYPTO)
KERNEL_TEST_scope_SOURCES := kernel/session/test/scope.c kernel/session/scope.c $(KERNEL_TEST_FORWARDER)
KERNEL_TEST_session_SOURCES := kernel/session/test/session.c kernel/session/session.c kernel/ledger/ledger.c \
	kernel/object/object.c $(KERNEL_TEST_FAKE_MEMORY)
KERNEL_TEST_sha256_SOURCES := kernel/crypto/test/sha256.c $(KERNEL_TEST_CRYPTO)
KERNEL_TEST_start_info_SOURCES := kernel/boot/test/start_info.c kernel/boot/start_info.c \
	kernel/boot/boot_info.c $(KERNEL_TEST_BASE)
KERNEL_TEST_table_SOURCES := kernel/cap/test/table.c kernel/cap/table.c kernel/ledger/ledger.c \
	kernel/object/object.c $(KERNEL_TEST_FAKE_MEMORY)
KERNEL_TEST_terminal_SOURCES := kernel/object/test/terminal.c kernel/object/terminal.c kernel/object/terminal_output.c \
	kernel/object/terminal_writes.c kernel/object/line_editor.c kernel/test/fake_panic.c kernel/test/fake_terminal.c $(KERNEL_CAPNP_SOURCES) \
	$(KERNEL_TEST_BASE)
KERNEL_TEST_transfer_SOURCES := kernel/ring/test/transfer.c kernel/ring/transfer.c kernel/cap/table.c \
	kernel/session/scope.c $(KERNEL_TEST_FORWARDER)
KERNEL_TEST_tree_SOURCES := kernel/lib/test/tree.c kernel/lib/tree.c

KERNEL_FUZZ := acpi elf line_editor madt multiboot2 options package ring start_info
KERNEL_FUZZ_acpi_SOURCES := kernel/device/fuzz/acpi.c kernel/device/acpi.c $(KERNEL_TEST_BASE)
KERNEL_FUZZ_acpi_CORPUS := kernel/device/fuzz/corpus-acpi
KERNEL_FUZZ_elf_SOURCES := kernel/process/fuzz/elf.c kernel/process/elf.c
KERNEL_FUZZ_elf_CORPUS := kernel/process/fuzz/corpus-elf
KERNEL_FUZZ_line_editor_SOURCES := kernel/object/fuzz/line_editor.c kernel/object/line_editor.c
KERNEL_FUZZ_line_editor_CORPUS := kernel/object/fuzz/corpus-line_editor
KERNEL_FUZZ_madt_SOURCES := kernel/device/fuzz/madt.c kernel/device/madt.c kernel/device/acpi.c \
	$(KERNEL_TEST_BASE)
KERNEL_FUZZ_madt_CORPUS := kernel/device/fuzz/corpus-madt
KERNEL_FUZZ_multiboot2_SOURCES := kernel/boot/fuzz/multiboot2.c kernel/boot/multiboot2.c kernel/boot/boot_info.c \
	$(KERNEL_TEST_BASE)
KERNEL_FUZZ_multiboot2_CORPUS := kernel/boot/fuzz/corpus-multiboot2
KERNEL_FUZZ_options_SOURCES := kernel/boot/fuzz/options.c kernel/boot/options.c $(KERNEL_TEST_BASE)
KERNEL_FUZZ_options_CORPUS := kernel/boot/fuzz/corpus-options
KERNEL_FUZZ_package_SOURCES := kernel/boot/fuzz/package.c kernel/boot/package.c $(KERNEL_CAPNP_SOURCES)
KERNEL_FUZZ_package_CORPUS := kernel/boot/fuzz/corpus-package
KERNEL_FUZZ_ring_SOURCES := kernel/ring/fuzz/ring.c kernel/ring/fuzz/verify.c kernel/ring/fuzz/world.c \
	$(KERNEL_TEST_WORLD) kernel/crypto/hmac.c kernel/crypto/random.c $(KERNEL_TEST_CRYPTO)
$(BUILD)/fuzz/ring: HARNESS_PKG_CFLAGS += $(BEARSSL_OWN_CFLAGS)
KERNEL_FUZZ_ring_CORPUS := kernel/ring/fuzz/corpus-ring
KERNEL_FUZZ_start_info_SOURCES := kernel/boot/fuzz/start_info.c kernel/boot/start_info.c \
	kernel/boot/boot_info.c $(KERNEL_TEST_BASE)
KERNEL_FUZZ_start_info_CORPUS := kernel/boot/fuzz/corpus-start_info

# All of these see messages as the kernel does, in libFuzzer's build as well.
KERNEL_TEST_OBJECTS := $(patsubst %,$(BUILD)/asan/%.o,$(sort $(filter kernel/%, \
	$(foreach test,$(KERNEL_TESTS),$(KERNEL_TEST_$(test)_SOURCES)) \
	$(foreach target,$(KERNEL_FUZZ),$(KERNEL_FUZZ_$(target)_SOURCES)))))
$(KERNEL_TEST_OBJECTS): ASAN_CFLAGS += $(KERNEL_CAPNP_CFLAGS)
$(KERNEL_TEST_OBJECTS): | $(KERNEL_GENERATED)
$(KERNEL_FUZZ:%=$(BUILD)/fuzz/%): HARNESS_PKG_CFLAGS += $(KERNEL_CAPNP_CFLAGS)

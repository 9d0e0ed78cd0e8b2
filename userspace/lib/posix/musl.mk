# musl: the C library of programs, from Debian's source package.
# SPDX-License-Identifier: Apache-2.0
#
# Included by userspace/userspace.mk. musl's own configure and Makefile build it, in a tree of links to the
# unpacked sources in which our files take the place of musl's.

MUSL_SOURCE := $(BUILD)/sources/musl-1.2.3
MUSL := $(BUILD)/musl
MUSL_LIB := $(MUSL)/lib/libc.a
MUSL_OVERLAY := userspace/lib/posix/musl
MUSL_OVERLAY_FILES := \
	arch/x86_64/syscall_arch.h \
	src/thread/x86_64/__unmapself.c \
	src/thread/x86_64/clone.c \
	src/thread/x86_64/syscall_cp.S

# What holds Linux's SYSCALL; musl's portable C, or ours, serves instead.
MUSL_REMOVED := \
	src/process/x86_64/vfork.s \
	src/signal/x86_64/restore.s \
	src/thread/x86_64/__set_thread_area.s \
	src/thread/x86_64/__unmapself.s \
	src/thread/x86_64/clone.s \
	src/thread/x86_64/syscall_cp.s

MUSL_CFLAGS := -O2 -fno-pic -fno-pie -fno-stack-protector -fcf-protection=none \
	-ffunction-sections -fdata-sections -fno-asynchronous-unwind-tables \
	-ffile-prefix-map=$(abspath $(MUSL))/source=musl

$(MUSL_SOURCE)/.verified: tools/setup/sources
	$(Q)sh tools/setup/setup.sh source musl && touch $@

$(MUSL)/config.mak: $(MUSL_SOURCE)/.verified userspace/lib/posix/musl.mk \
		$(MUSL_OVERLAY_FILES:%=$(MUSL_OVERLAY)/%)
	$(call say,MUSL,configure)
	$(Q)rm -rf $(MUSL) && mkdir -p $(MUSL) && cp -rs $(abspath $(MUSL_SOURCE)) $(MUSL)/source
	$(Q)cd $(MUSL)/source && rm $(MUSL_REMOVED) && for file in $(MUSL_OVERLAY_FILES); do \
		ln -sfn $(CURDIR)/$(MUSL_OVERLAY)/$$file $$file || exit 1; done
	$(Q)cd $(MUSL) && CFLAGS='$(MUSL_CFLAGS)' source/configure --disable-shared \
		--disable-wrapper --prefix=/ >configure.log 2>&1 || { cat configure.log; exit 1; }

# No instruction of the library enters the kernel: only libcapos does.
$(MUSL_LIB): $(MUSL)/config.mak
	$(call say,MUSL,$@)
	+$(Q)$(MAKE) -s -C $(MUSL) lib/libc.a >$(MUSL)/make.log 2>&1 || { cat $(MUSL)/make.log; exit 1; }
	$(Q)if objdump -d $@ | grep -E '\s(syscall|sysenter|int\s+\$$0x80)\s*$$'; then \
		echo '$@ enters the kernel by itself' >&2; rm -f $@; exit 1; fi

MUSL_INCLUDE := $(MUSL)/include
MUSL_HEADERS := $(MUSL_INCLUDE)/.made
MUSL_INCLUDES := -nostdinc -isystem $(MUSL_INCLUDE) -isystem $(shell gcc -print-file-name=include)

$(MUSL_HEADERS): $(MUSL)/config.mak
	+$(Q)$(MAKE) -s -C $(MUSL) DESTDIR= includedir=$(abspath $(MUSL_INCLUDE)) install-headers \
		>$(MUSL)/headers.log 2>&1 || { cat $(MUSL)/headers.log; exit 1; }
	$(Q)touch $@

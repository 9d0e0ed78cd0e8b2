# The sources of the Cap'n Proto runtime, apart for the kernel's makefile, which comes first.
# SPDX-License-Identifier: Apache-2.0

CAPNP_SOURCES := \
	userspace/lib/capnp/builder.c \
	userspace/lib/capnp/bytes.c \
	userspace/lib/capnp/canonical.c \
	userspace/lib/capnp/copy.c \
	userspace/lib/capnp/far.c \
	userspace/lib/capnp/framing.c \
	userspace/lib/capnp/list.c \
	userspace/lib/capnp/packing.c \
	userspace/lib/capnp/reader.c

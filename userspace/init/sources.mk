# What decides whether a manifest is right: for init and for mkmanifest, whose makefile comes first.
# SPDX-License-Identifier: Apache-2.0

INIT_GRAPH_SOURCES := \
	userspace/init/funds.c \
	userspace/init/graph.c \
	userspace/init/name.c \
	userspace/init/order.c \
	userspace/init/report.c \
	userspace/init/sources.c

/*
 * LogReader (kernel.capnp): the kernel's log, for those who may see what all programs write there.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "object/object.h"

extern struct object log_reader;

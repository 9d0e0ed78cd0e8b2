/*
 * SessionFactory (kernel.capnp): makes sessions.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "object/object.h"

extern struct object session_factory;

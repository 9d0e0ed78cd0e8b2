/*
 * Where the direct map is.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "arch/x86_64/layout.h"

/*
 * The <string.h> that BearSSL's sources ask for: the kernel's own.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "lib/string.h"

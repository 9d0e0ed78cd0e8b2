/*
 * The version of capOS, as the first line of the log tells it.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#define CAPOS_VERSION "0.1.0"

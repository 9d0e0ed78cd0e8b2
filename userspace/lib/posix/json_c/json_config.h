/*
 * What json-c's headers may use of musl.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#define JSON_C_HAVE_INTTYPES_H 1

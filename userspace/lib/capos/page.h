/*
 * The size of a page of memory.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#define PAGE_LEN 4096

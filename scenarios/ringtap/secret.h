/* What must not be found in a trace.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#define SECRET     "xyzzy-73" /* a word of a message, to the byte */
#define SECRET_LEN 8

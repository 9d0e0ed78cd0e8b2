/* The schemas of the system's interfaces, as `capnp compile -o-` writes them.
 * SPDX-License-Identifier: Apache-2.0
 */
.section .rodata
.balign 8
.global schemas_begin, schemas_end
schemas_begin:
    .incbin SCHEMAS
schemas_end:

.section .note.GNU-stack, "", @progbits

/* The schemas of the system's interfaces, as `capnp compile -o-` writes them.
 * SPDX-License-Identifier: Apache-2.0
 */
.section .rodata
.balign 8
.global schemas, schemas_len
schemas:
    .incbin SCHEMAS
1:
.balign 8
schemas_len:
    .quad 1b - schemas

.section .note.GNU-stack, "", @progbits

/*
 * Files that are part of the program: manifest.schema.json, and the schemas of all interfaces.
 * SPDX-License-Identifier: Apache-2.0
 */
    .section .rodata
    .globl embedded_schema, embedded_schema_len, embedded_request, embedded_request_len

embedded_schema:
    .incbin "tools/mkmanifest/manifest.schema.json"
1:

    .balign 8
embedded_request:
    .incbin "mkmanifest/schemas.request"
2:

    .balign 8
embedded_schema_len:
    .quad 1b - embedded_schema
embedded_request_len:
    .quad 2b - embedded_request

    .section .note.GNU-stack, "", @progbits

/*
 * The request of rich.capnp, for tests.
 * SPDX-License-Identifier: Apache-2.0
 */
    .section .rodata
    .globl rich_request, rich_request_len
    .balign 8
rich_request:
    .incbin "test/capnp_json/rich.request"
1:
    .balign 8
rich_request_len:
    .quad 1b - rich_request
    .section .note.GNU-stack, "", @progbits

"""Tests symbols.py on a program linked high and loaded low, as the kernel is.
SPDX-License-Identifier: Apache-2.0
"""

import subprocess

import symbols
from fakes import expect_equal, expect_error, expect_in

HIGH = 0xFFFFFFFF80000000
SOURCE = """
    .globl first, second
first:
    nop
    nop
second:
    ret
"""
SCRIPT = f"""
SECTIONS
{{
    . = {HIGH:#x} + 0x100000;
    .text : AT(ADDR(.text) - {HIGH:#x}) {{ *(.text) }}
}}
"""


def build(folder):
    (folder / "p.S").write_text(SOURCE)
    (folder / "p.ld").write_text(SCRIPT)
    line = "gcc -g -nostdlib -static -no-pie -Wl,--build-id=none,-T,p.ld,-e,first -o p p.S"
    subprocess.run(line.split(), cwd=folder, check=True)
    return symbols.Program(folder / "p")


def test_finds_both_addresses(folder):
    program = build(folder)
    for base in (0, HIGH):
        expect_equal(program.linked(base + 0x100001), HIGH + 0x100001)
    expect_equal(program.linked(0x200000), None)
    expect_equal(program.linked(0), None)


def test_names_functions_and_lines(folder):
    program = build(folder)
    at = HIGH + 0x100000
    expect_equal([program.function(at + i) for i in range(3)], ["first", "first", "second"])
    expect_equal([line.rsplit(":", 1)[1] for line in program.lines([at, at + 2])], ["4", "7"])


def test_says_what_is_wrong(folder):
    said = expect_error(symbols.SymbolsError, lambda: symbols.Program(folder / "none"))
    expect_in("none", said)

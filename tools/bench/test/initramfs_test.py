"""Tests initramfs.py by reading its archive back.
SPDX-License-Identifier: Apache-2.0
"""

import initramfs
from fakes import expect_equal

HEADER_LEN = 110


def members(data):
    """(name, mode, contents) of each member, by the format's description."""
    at = 0
    while True:
        header = data[at : at + HEADER_LEN]
        assert len(header) == HEADER_LEN and header[:6] == b"070701", (at, header)
        fields = [int(header[6 + 8 * i : 14 + 8 * i], 16) for i in range(13)]
        at += HEADER_LEN
        name = data[at : at + fields[11]]
        assert name.endswith(b"\0"), name
        at = (at + fields[11] + 3) & ~3
        contents = data[at : at + fields[6]]
        at = (at + fields[6] + 3) & ~3
        if name == b"TRAILER!!!\0":
            expect_equal(at, len(data))
            return
        yield name[:-1].decode(), fields[1], contents


def test_members_come_back(folder):
    programs = {"init": b"\x7fELF" + bytes(1001), "exit": b"", "abc": b"1234"}
    found = list(members(initramfs.archive(programs)))
    expect_equal({name: contents for name, _, contents in found}, programs)
    expect_equal({mode for _, mode, _ in found}, {0o100755})


def test_the_same_makes_the_same(folder):
    expect_equal(
        initramfs.archive({"a": b"1", "b": b"2"}), initramfs.archive({"b": b"2", "a": b"1"})
    )

"""Writes a Linux initramfs: a cpio archive of the "newc" format (the kernel's
Documentation/driver-api/early-userspace/buffer-format.rst).
SPDX-License-Identifier: Apache-2.0
"""

EXECUTABLE = 0o100755


def padded(data):
    return data + bytes(-len(data) % 4)


def entry(name, number, mode, data):
    """One member. Its owner is root, its time 0; nothing in it depends on the host."""
    name_bytes = name.encode() + b"\0"
    fields = (number, mode, 0, 0, 1, 0, len(data), 0, 0, 0, 0, len(name_bytes), 0)
    header = b"070701" + b"".join(b"%08x" % field for field in fields)
    return padded(header + name_bytes) + padded(data)


def archive(programs):
    """The archive of a dict of names (without a leading slash) and contents, all executable."""
    members = [
        entry(name, number, EXECUTABLE, data)
        for number, (name, data) in enumerate(sorted(programs.items()), start=1)
    ]
    return b"".join(members) + entry("TRAILER!!!", 0, 0, b"")

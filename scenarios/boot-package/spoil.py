#!/usr/bin/python3
"""Spoils a boot package, for scenarios that give the kernel what it must refuse.
SPDX-License-Identifier: Apache-2.0

    spoil.py flip IN OUT FILE       one bit in the middle of the image with the contents of FILE
    spoil.py rename IN OUT OLD NEW  the name of an image (of the same length)
    spoil.py cut IN OUT LEN         only the first LEN bytes
    spoil.py frame IN OUT           as a framed message, not a flat one
    spoil.py noise IN OUT           as many bytes that mean nothing
"""

import pathlib
import random
import struct
import sys


def find(package, what):
    """Where WHAT stands, which must be once."""
    at = package.find(what)
    if at < 0 or package.find(what, at + 1) >= 0:
        sys.exit("spoil: it is not in the package exactly once")
    return at


def flip(package, path):
    image = pathlib.Path(path).read_bytes()
    at = find(package, image) + len(image) // 2
    return package[:at] + bytes([package[at] ^ 0x10]) + package[at + 1:]


def rename(package, old, new):
    old, new = old.encode() + b"\0", new.encode() + b"\0"
    at = find(package, old)
    return package[:at] + new + package[at + len(old):]


def cut(package, length):
    return package[:int(length)]


def frame(package):
    return struct.pack("<II", 0, len(package) // 8) + package


def noise(package):
    return random.Random(1).randbytes(len(package))


def main():
    how, source, out, *rest = sys.argv[1:]
    spoil = {"flip": flip, "rename": rename, "cut": cut, "frame": frame, "noise": noise}[how]
    pathlib.Path(out).write_bytes(spoil(pathlib.Path(source).read_bytes(), *rest))


if __name__ == "__main__":
    main()

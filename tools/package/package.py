#!/usr/bin/python3
"""Writes a boot package: the manifest, and every program by name with its SHA-256.
SPDX-License-Identifier: Apache-2.0

    package.py OUT [--manifest FILE] NAME=PATH...

The format is kernel/abi/package.capnp, flat and canonical, as Debian's capnp writes it: the same arguments and
contents give the same bytes. Images stand in the order of the arguments. OUT is replaced whole or not at all.
Exits 1 and says why in one line when that cannot be done, 2 when the arguments are wrong.
"""

import argparse
import hashlib
import os
import pathlib
import subprocess
import sys

SCHEMA = pathlib.Path(__file__).resolve().parents[2] / "kernel/abi/package.capnp"

# What the kernel's boot/package.c takes.
IMAGES_MAX = 64
NAME_MAX = 63

# What a list of bytes can hold (29 bits).
LEN_MAX = (1 << 29) - 1


class PackageError(Exception):
    pass


def parse_image(argument):
    """(name, path) of an argument NAME=PATH."""
    name, equals, path = argument.partition("=")
    if not equals or not path:
        raise PackageError(f'"{argument}" is not NAME=PATH')
    if not 1 <= len(name) <= NAME_MAX:
        raise PackageError(f'"{argument}": a name has 1 to {NAME_MAX} characters')
    if not all(" " <= character <= "~" for character in name):
        raise PackageError(f"{argument!r}: a name consists of printable ASCII characters")
    return name, path


def parse_images(arguments):
    images = [parse_image(argument) for argument in arguments]
    seen = {}
    if len(images) > IMAGES_MAX:
        raise PackageError(f"{len(images)} images: a package has at most {IMAGES_MAX}")
    for name, path in images:
        if name in seen:
            raise PackageError(f'two images have the name "{name}": {seen[name]} and {path}')
        seen[name] = path
    return images


def read(path, what):
    try:
        contents = pathlib.Path(path).read_bytes()
    except OSError as error:
        raise PackageError(f"{what}: cannot read {path}: {error.strerror}") from error
    if len(contents) > LEN_MAX:
        raise PackageError(f"{what}: {path} is longer than {LEN_MAX} bytes")
    return contents


def read_image(name, path):
    contents = read(path, f'image "{name}"')
    if not contents:
        raise PackageError(f'image "{name}": {path} is empty')
    return contents


def data(contents):
    """A Data literal of the schema language, in which the hexadecimal one has a digit at least."""
    return f'0x"{contents.hex()}"' if contents else '""'


def text(string):
    """A Text literal of the schema language."""
    return '"' + string.replace("\\", "\\\\").replace('"', '\\"') + '"'


def write_literal(file, manifest, images):
    """The whole package in the schema language; one image at a time is in memory."""
    comma = ""
    file.write(f"(manifest = {data(manifest)}, images = [")
    for name, path in images:
        elf = read_image(name, path)
        sha256 = hashlib.sha256(elf).digest()
        file.write(f"{comma}(name = {text(name)}, sha256 = {data(sha256)}, elf = {data(elf)})")
        comma = ", "
    file.write("])")


def encode(output, manifest, images):
    command = ["capnp", "convert", "--quiet", "text:canonical", str(SCHEMA), "BootPackage"]
    try:
        capnp = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=output,
                                 stderr=subprocess.PIPE, text=True)
    except FileNotFoundError:
        raise PackageError("capnp is not installed (Debian's package capnproto)") from None
    try:
        with capnp.stdin:
            write_literal(capnp.stdin, manifest, images)
    except BaseException as error:
        capnp.kill()
        capnp.wait()
        if isinstance(error, BrokenPipeError):
            raise PackageError(f"capnp ended early: {capnp.stderr.read().strip()}") from None
        raise
    said = capnp.stderr.read().strip()
    if capnp.wait() != 0:
        raise PackageError(f"capnp failed ({capnp.returncode}): {said}")


def write_package(path, manifest_path, images):
    temporary = f"{path}.{os.getpid()}"
    manifest = read(manifest_path, "manifest") if manifest_path else b""
    try:
        with open(temporary, "wb") as output:
            encode(output, manifest, images)
        os.replace(temporary, path)
    except OSError as error:
        raise PackageError(f"cannot write {path}: {error.strerror}") from error
    finally:
        pathlib.Path(temporary).unlink(missing_ok=True)


def main():
    parser = argparse.ArgumentParser(prog="package", description="Writes a boot package.")
    parser.add_argument("out", metavar="OUT", help="the package to write")
    parser.add_argument("--manifest", metavar="FILE", help="what init reads first (default: empty)")
    parser.add_argument("images", metavar="NAME=PATH", nargs="+", help="a program and its name")
    arguments = parser.parse_intermixed_args()
    try:
        images = parse_images(arguments.images)
    except PackageError as error:
        parser.error(str(error))
    try:
        write_package(arguments.out, arguments.manifest, images)
    except PackageError as error:
        sys.exit(f"package: {error}")


if __name__ == "__main__":
    main()

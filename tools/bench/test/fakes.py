"""Programs that stand in for QEMU and apt, and what tests share.
SPDX-License-Identifier: Apache-2.0
"""

import contextlib
import io
import os


def program(folder, name, script):
    """A shell script of that name in folder."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


@contextlib.contextmanager
def first_on_path(folder, only=False):
    """Inside, programs are looked for in folder first, or only there."""
    before = os.environ["PATH"]
    os.environ["PATH"] = str(folder) if only else f"{folder}:{before}"
    try:
        yield
    finally:
        os.environ["PATH"] = before


@contextlib.contextmanager
def silence():
    with contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(io.StringIO()):
        yield


def expect_error(kind, run):
    """The message of the error that run raises."""
    try:
        run()
    except kind as error:
        return str(error)
    raise AssertionError(f"no {kind.__name__}")


def expect_equal(got, wanted):
    if got != wanted:
        raise AssertionError(f"got {got!r}, wanted {wanted!r}")


def expect_in(part, whole):
    if part not in whole:
        raise AssertionError(f"no {part!r} in {whole!r}")

"""The pexpect bridge: what a scenario's *.expect.py uses to talk to a serial port or a host program.

SPDX-License-Identifier: Apache-2.0

The scenario's C program starts the script; everything read from the other side goes to standard output,
which the harness keeps as one more stream (and golden, if the manifest says so). Time limits are the
scenario's own: nothing here waits longer than what is left of it.
"""
import os
import sys
import time

import pexpect
import pexpect.fdpexpect

_DEADLINE = time.monotonic() + float(os.environ.get("CAPOS_SECONDS_LEFT", "30"))


def _left():
    return max(0.1, _DEADLINE - time.monotonic())


class _Bounded:
    """Gives every wait the scenario's remaining time unless the script asks for less."""

    def expect(self, pattern, timeout=-1, **more):
        return super().expect(pattern, timeout=_left() if timeout in (-1, None) else timeout, **more)

    def expect_exact(self, pattern, timeout=-1, **more):
        return super().expect_exact(pattern, timeout=_left() if timeout in (-1, None) else timeout, **more)


class Serial(_Bounded, pexpect.fdpexpect.fdspawn):
    """A serial port of the machine, as a terminal."""


class Program(_Bounded, pexpect.spawn):
    """A program of the host on a pseudo-terminal of its own."""


def serial(name="console"):
    """Opens the serial port that the scenario offers to the script under this name."""
    variable = "CAPOS_SERIAL_" + name.upper().replace("-", "_").replace(".", "_")
    if variable not in os.environ:
        sys.exit(f"the scenario offers no serial port {name!r} (missing {variable})")
    fd = os.open(os.environ[variable], os.O_RDWR | os.O_NOCTTY)
    child = Serial(fd, encoding="utf-8", codec_errors="backslashreplace")
    child.logfile_read = sys.stdout
    return child


def program(command, *arguments):
    """Starts a program of the host; its conversation becomes the script's transcript."""
    child = Program(command, list(arguments), encoding="utf-8", codec_errors="backslashreplace",
                    echo=False)
    child.logfile_read = sys.stdout
    return child


def _explain(kind, error, trace):
    """A wait that failed says what it waited for and what came, not a Python traceback."""
    sys.stdout.flush()
    if issubclass(kind, (pexpect.TIMEOUT, pexpect.EOF)):
        why = "timed out" if issubclass(kind, pexpect.TIMEOUT) else "ended"
        frame = trace
        while frame.tb_next and "expect.py" in frame.tb_next.tb_frame.f_code.co_filename \
                and "capos_expect" not in frame.tb_next.tb_frame.f_code.co_filename:
            frame = frame.tb_next
        print(f"\n{frame.tb_frame.f_code.co_filename}:{frame.tb_lineno}: the other side {why}")
        print(str(error))
    else:
        sys.__excepthook__(kind, error, trace)


sys.excepthook = _explain

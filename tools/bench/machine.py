"""Runs the emulated machine of the benchmarks until the guest switches it off.
SPDX-License-Identifier: Apache-2.0

Counted, QEMU's time is the number of instructions that the guest has executed, one nanosecond each,
and so is the time-stamp counter; nothing that the guest sees depends on the host, so that a run
repeats to the digit. Otherwise the guest runs as fast as it can.
"""

import os
import selectors
import shutil
import subprocess
import time

QEMU = "qemu-system-x86_64"
MEMORY_MIB = 256
LINES_SHOWN = 12
LINES_MAX = 100_000
CHUNK = 65536


class MachineError(Exception):
    pass


def command(kernel, initrd, words, n_processors, counted):
    """QEMU's command line; words is the kernel's. setpriv: QEMU ends with us, whatever ends us."""
    line = ["setpriv", "--pdeathsig", "KILL", QEMU]
    line += ["-machine", "q35", "-accel", "tcg", "-cpu", "max"]
    line += ["-m", str(MEMORY_MIB), "-smp", str(n_processors)]
    if counted:
        line += ["-icount", "shift=0,sleep=off", "-seed", "1"]
        line += ["-rtc", "base=2020-01-01,clock=vm"]
    line += ["-nodefaults", "-display", "none", "-no-reboot", "-serial", "stdio"]
    line += ["-kernel", str(kernel)]
    if initrd is not None:
        line += ["-initrd", str(initrd)]
    if words:
        line += ["-append", words]
    return line


def start(line, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT):
    """The machine's process, its console on stdin and stdout; the caller stops it."""
    if shutil.which(QEMU) is None:
        raise MachineError(f"{QEMU} is not installed (package qemu-system-x86)")
    return subprocess.Popen(line, stdin=stdin, stdout=stdout, stderr=stderr)


def stop(process):
    """Ends the machine if it still runs, and frees what it held."""
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            pipe.close()


def failure(why, lines):
    shown = [f"    {line}" for _, line in lines[-LINES_SHOWN:]]
    return MachineError("\n".join([why] + (shown or ["    (it printed nothing)"])))


def chunks(pipe, until):
    """What arrives on the pipe until it ends; TimeoutError when it is time."""
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while True:
            left = until - time.monotonic()
            if left <= 0 or not selector.select(left):
                raise TimeoutError
            chunk = os.read(pipe.fileno(), CHUNK)
            if not chunk:
                return
            yield chunk


def read_lines(process, since, limit, lines):
    """Adds the console's lines to lines, each with its seconds, until the machine is off."""
    rest = b""
    for chunk in chunks(process.stdout, since + limit):
        *complete, rest = (rest + chunk).split(b"\n")
        now = time.monotonic() - since
        lines += [(now, line.decode("utf-8", "replace").rstrip("\r")) for line in complete]
        if len(lines) > LINES_MAX or len(rest) > CHUNK:
            raise failure("the guest does not stop printing", lines)
    if rest:
        lines.append((time.monotonic() - since, rest.decode("utf-8", "replace")))


def run(line, limit):
    """The console's (seconds, line) pairs of a guest that switches itself off within the limit."""
    lines = []
    since = time.monotonic()
    process = start(line)
    try:
        read_lines(process, since, limit, lines)
        if process.wait(limit) != 0:
            raise failure(f"{QEMU} ended with status {process.returncode}:", lines)
    except (TimeoutError, subprocess.TimeoutExpired):
        raise failure(f"not switched off after {limit} s; its last lines:", lines) from None
    finally:
        stop(process)
    return lines

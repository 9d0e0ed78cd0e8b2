"""Tests machine.py with programs that stand in for QEMU.
SPDX-License-Identifier: Apache-2.0
"""

import os
import pathlib
import signal
import subprocess
import sys
import time

import machine
from fakes import expect_equal, expect_error, expect_in, first_on_path, program

LINE = machine.command("kernel", None, "", 1, True)
BENCH = pathlib.Path(machine.__file__).parent / "bench.py"


def run(folder, script, limit=10):
    program(folder, machine.QEMU, script)
    with first_on_path(folder):
        return machine.run(LINE, limit)


def is_running(pid):
    """A zombie has ended."""
    try:
        state = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def wait_until(condition):
    until = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < until, "waited for 10 s"
        time.sleep(0.02)


def test_reads_lines_with_their_times(folder):
    lines = run(folder, "printf 'one\\r\\n'; sleep 0.3; printf 'two\\nrest'")
    expect_equal([line for _, line in lines], ["one", "two", "rest"])
    assert lines[1][0] - lines[0][0] >= 0.2, lines


def test_survives_bytes_that_are_no_text(folder):
    expect_equal(run(folder, "printf '\\377\\n'")[0][1], "\ufffd")


def test_counts_only_when_told(folder):
    expect_in("shift=0,sleep=off", machine.command("k", "i", "w", 1, True))
    assert "-icount" not in machine.command("k", "i", "w", 2, False)


def test_says_that_qemu_is_missing(folder):
    with first_on_path(folder, only=True):
        expect_in("not installed", expect_error(machine.MachineError, lambda: machine.run(LINE, 1)))


def test_says_that_qemu_failed(folder):
    said = expect_error(machine.MachineError, lambda: run(folder, "echo no such kernel; exit 1"))
    expect_equal(said, "qemu-system-x86_64 ended with status 1:\n    no such kernel")


def test_ends_a_guest_that_hangs(folder):
    script = f"echo $$ >{folder}/pid; seq -f 'line %g' 30; exec sleep 60"
    since = time.monotonic()
    said = expect_error(machine.MachineError, lambda: run(folder, script, limit=1))
    assert time.monotonic() - since < 5, "took too long"
    expect_in("not switched off after 1 s", said)
    expect_in("line 30", said)
    expect_equal(said.count("\n"), machine.LINES_SHOWN)
    assert not is_running((folder / "pid").read_text().strip()), "QEMU still runs"


def test_ends_a_guest_that_never_stops_printing(folder):
    said = expect_error(machine.MachineError, lambda: run(folder, "exec yes"))
    expect_in("does not stop printing", said)
    said = expect_error(machine.MachineError, lambda: run(folder, "exec cat /dev/zero"))
    expect_in("does not stop printing", said)


def interrupted(folder, number):
    """Interrupts a whole run of the group "kernel" and tells how it ended."""
    note = f"echo $$ >{folder}/pid.new; mv {folder}/pid.new {folder}/pid"
    program(folder, machine.QEMU, f"trap '' INT TERM; {note}; while :; do sleep 1; done")
    program(folder, "apt-cache", "exit 1")
    for name in ("kernel/capos.elf", "bench/kernel.package"):
        (folder / name).parent.mkdir()
        (folder / name).touch()
    environment = dict(os.environ, BUILD=str(folder), PATH=f"{folder}:{os.environ['PATH']}")
    bench = subprocess.Popen(
        [sys.executable, "-B", str(BENCH), "kernel"], env=environment,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    try:
        wait_until((folder / "pid").exists)
        pid = (folder / "pid").read_text().strip()
        bench.send_signal(number)
        status = bench.wait(10)
    finally:
        bench.kill()
        bench.wait()
    wait_until(lambda: not is_running(pid))
    return status


def test_leaves_no_qemu_when_interrupted(folder):
    expect_equal(interrupted(folder, signal.SIGINT), 130)


def test_leaves_no_qemu_when_terminated(folder):
    expect_equal(interrupted(folder, signal.SIGTERM), 143)


def test_leaves_no_qemu_when_killed(folder):
    expect_equal(interrupted(folder, signal.SIGKILL), -signal.SIGKILL)

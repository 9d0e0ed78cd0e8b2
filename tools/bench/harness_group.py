"""The group "harness": what the harness adds to plain QEMU until the same kernel powers off.
SPDX-License-Identifier: Apache-2.0

"Plain" is QEMU started directly with the kernel. "Harness" is `make scenario NAME=boot` with
everything built. Both are wall time, as a person waits for it: medians of pairs after one pair that
is not counted.
"""

import pathlib
import statistics
import subprocess
import time

import machine
import report
import targets

PAIRS = 15
LIMIT = 60  # seconds


def milliseconds(run):
    since = time.monotonic()
    run()
    return round((time.monotonic() - since) * 1000)


def run_scenario():
    done = subprocess.run(
        ["make", "--no-print-directory", "scenario", "NAME=boot"],
        stdin=subprocess.DEVNULL, capture_output=True, timeout=LIMIT, check=False,
    )
    if done.returncode != 0:
        text = (done.stdout + done.stderr).decode("utf-8", "replace")
        raise machine.MachineError(f"make scenario NAME=boot failed:\n{text}")


def measure(build):
    """The group's rows, and what went wrong."""
    plain_line = machine.command(build / "kernel" / "capos.elf", None, "", 1, False)
    plain, harness = [], []
    (target,) = targets.read(pathlib.Path(__file__).parent / "harness.targets")
    try:
        for _ in range(PAIRS + 1):
            plain.append(milliseconds(lambda: machine.run(plain_line, LIMIT)))
            harness.append(milliseconds(run_scenario))
    except subprocess.TimeoutExpired:
        return [], [f"make scenario NAME=boot has not ended within {LIMIT} s"]
    except machine.MachineError as error:
        return [], [f"harness: {error}"]
    del plain[0], harness[0]
    return [make_row(target, plain, harness)], []


def make_row(target, plain, harness):
    ours, theirs = statistics.median(harness), statistics.median(plain)
    span = f"{min(plain)} to {max(plain)}"
    notes = [
        f"target: {target.origin}",
        f"{len(harness)} runs, {min(harness)} to {max(harness)}",
        f"plain QEMU in the same run: {theirs} ({span}), ratio {ours / theirs:.2f}",
    ]
    return report.row(target, ours, None, notes)

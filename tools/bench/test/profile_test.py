"""Tests profile.py with a program that stands in for QEMU.
SPDX-License-Identifier: Apache-2.0
"""

import argparse
import collections
import pathlib

import machine
import profile
import trace
from fakes import expect_equal, first_on_path, program

# The log is on the standard error; the console's own output is nobody's.
QEMU = """
echo console
for i in $(seq {turns}); do
    echo 'Trace 0: 0x7f [0000000000000000/0000000000000001/0000c0b0/ff020201] f' >&2
    echo 'Trace 0: 0x7f [0000000000000000/0000000000000002/0000c0b0/ff020201] f' >&2
done
for byte in 65 6e 64 0a; do echo "serial_write write addr 0x00 val 0x$byte" >&2; done
exec {then}
"""


def count(folder, then="true", end=None):
    turns = trace.WARM_UP + 3
    program(folder, machine.QEMU, QEMU.format(turns=turns, then=then))
    options = argparse.Namespace(kernel=pathlib.Path("k"), initrd=None, append="", smp=1)
    counter = trace.Counter(None, end, 1)
    with first_on_path(folder):
        profile.count(options, counter)
    return counter


def test_counts_turns_of_a_machine(folder):
    counter = count(folder)
    expect_equal((counter.turns, counter.counts.total()), (2, 4))


def test_does_not_wait_for_the_machine_behind_the_end(folder):
    expect_equal(count(folder, then="sh -c 'sleep 5; exit 3'", end="end").turns, 2)


def test_shows_figures_of_all_and_per_turn(folder):
    totals = collections.Counter({"f": 30, "g": 10})
    expect_equal(profile.table(totals, 1, 0)[-1].split(), ["40", "instructions"])
    lines = [line.split() for line in profile.table(totals, 1, 4)]
    expect_equal(lines[0], ["7.5", "75.0", "%", "f"])
    expect_equal(lines[1], ["2.5", "25.0", "%", "(1", "more)"])
    expect_equal(lines[2], ["10.0", "instructions,", "4", "turns"])

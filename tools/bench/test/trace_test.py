"""Tests trace.py with a log made by hand.
SPDX-License-Identifier: Apache-2.0
"""

import trace
from fakes import expect_equal


def executed(*addresses):
    return "".join(
        f"Trace 0: 0x7f9478000100 [0000000000000000/{at:016x}/0000c0b0/ff020201] some_name\n"
        for at in addresses
    ).encode()


def written(text):
    return "".join(f"serial_write write addr 0x00 val 0x{ord(c):02x}\n" for c in text).encode()


LOG = (
    executed(1) + written("begin\r\n") + executed(2, 2, 3) + written("en") + executed(4)
    + written("d\n") + executed(5) + written("begin\n") + executed(6)
)


def counted(log, begin, end, step=None, per=None):
    counter = trace.Counter(begin, end, per)
    step = step or len(log)
    for at in range(0, len(log), step):
        counter.add(log[at : at + step])
    return {int(at, 16): n for at, n in counter.counts.items()}, counter


def test_counts_everything(folder):
    expect_equal(counted(LOG, None, None)[0], {1: 1, 2: 2, 3: 1, 4: 1, 5: 1, 6: 1})


def test_counts_between_two_lines(folder):
    expect_equal(counted(LOG, "begin", "end")[0], {2: 2, 3: 1, 4: 1})


def test_an_end_before_the_begin_ends_nothing(folder):
    expect_equal(counted(written("end\n") + LOG, "begin", "end")[0], {2: 2, 3: 1, 4: 1})


def test_counts_from_and_to(folder):
    expect_equal(counted(LOG, "end", None)[0], {5: 1, 6: 1})
    expect_equal(counted(LOG, None, "end")[0], {1: 1, 2: 2, 3: 1, 4: 1})


def test_chunks_may_end_anywhere(folder):
    for step in (1, 7, 64, 100):
        expect_equal(counted(LOG, "begin", "end", step)[0], {2: 2, 3: 1, 4: 1})


def test_tells_which_line_never_came(folder):
    counter = counted(LOG, "begin", "nothing")[1]
    expect_equal((counter.begin, counter.end), (None, "nothing"))


def test_says_when_the_end_has_come(folder):
    expect_equal(counted(LOG, "begin", "end")[1].complete, True)
    expect_equal(counted(LOG, "begin", "nothing")[1].complete, False)


def test_counts_whole_turns(folder):
    log = executed(7) + executed(1, 2) * trace.WARM_UP + executed(1, 2, 3) * 3 + executed(1, 4)
    found, counter = counted(log, None, None, per=1)
    expect_equal((found, counter.turns), ({1: 3, 2: 3, 3: 3}, 3))


def test_other_registers_are_not_the_console(folder):
    counter = counted(b"serial_write write addr 0x01 val 0x41\n" + written("x\n"), None, None)[1]
    expect_equal(counter.lines, ["x"])


def test_keeps_what_qemu_says(folder):
    counter = counted(executed(1) + b"qemu: no such file\n", None, None)[1]
    expect_equal(counter.said.strip(), b"qemu: no such file")

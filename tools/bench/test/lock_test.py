"""Tests lock.py with a disassembly and a log made by hand.
SPDX-License-Identifier: Apache-2.0
"""

import lock
import profile
import trace
from fakes import expect_equal, expect_error

DISASSEMBLY = """
ffffffff80100010:\t86 05 d2 f7 04 00    \txchg   %al,0x4f7d2(%rip)        # ffffffff8014f9c4 <kernel_lock_held>
ffffffff80100020:\t0f b6 05 58 82 03 00 \tmovzbl 0x38258(%rip),%eax        # ffffffff8014f9c4 <kernel_lock_held>
ffffffff80100030:\tc6 05 b0 f7 04 00 00 \tmovb   $0x0,0x4f7b0(%rip)        # ffffffff8014f9c4 <kernel_lock_held>
ffffffff80100040:\tc6 05 b0 f7 04 00 00 \tmovb   $0x0,0x4f7b0(%rip)        # ffffffff8014f9c0 <other>
"""


def test_finds_where_the_lock_is_taken_and_released(folder):
    expect_equal(lock.accesses(DISASSEMBLY), ({b"ffffffff80100010"}, {b"ffffffff80100030"}))


def test_does_not_measure_another_lock(folder):
    expect_error(profile.ProfileError, lambda: lock.accesses("nothing"))


def test_counts_from_the_taking_to_the_release(folder):
    counter = lock.Counter(None, None, 1, {b"%016x" % 3}, {b"%016x" % 5})
    for address in (1, 2, 3, 4, 4, 5, 6) * (trace.WARM_UP + 2):
        counter.count_turn(b"%016x" % address)
    expect_equal(counter.counts, {b"held": 3, b"free": 4})

"""Counts the addresses that QEMU's log says were executed, between two lines of the console.
SPDX-License-Identifier: Apache-2.0

The log has the console in it, byte by byte as the guest writes them to the serial port, so that
both are in order. With one instruction per translated block ("-singlestep") each instruction has a
line of its own, and so has each element of a REP string.
"""

import collections
import re

OPTIONS = ["-singlestep", "-d", "exec,nochain,trace:serial_write"]

# All but where the firmware is: before it has moved itself, after, given 256 MiB, and in its ROM.
RANGES = [
    (0x0010_0000, 0x0DF0_0000),
    (0x1000_0000, 0xE000_0000),
    (0x1_0000_0000, 0x7FFE_FFFF_FFFF),
    (0xFFFF_8000_0000_0000, 0x7FFF_FFFF_FFFF),
]

QEMU_SAYS = re.compile(rb"^qemu.*", re.MULTILINE)

EVENT = re.compile(
    rb"^Trace [0-9]+: \S+ \[[0-9a-f]+/([0-9a-f]+)/"
    rb"|^(?:[0-9]+@[0-9.]+:)?serial_write write addr 0x00 val 0x([0-9a-f]{2})$",
    re.MULTILINE,
)


def options():
    return OPTIONS + ["-dfilter", ",".join(f"{start:#x}+{length:#x}" for start, length in RANGES)]


WARM_UP = 10  # turns that are not counted


class Counter:
    """Counts from the end of the line that has `begin` in it to that of the line that has `end`.

    With `per`, the address of a function, only whole turns count: from one execution of its first
    instruction to the next.
    """

    def __init__(self, begin=None, end=None, per=None):
        self.counts = collections.Counter()
        self.per = None if per is None else b"%016x" % per
        self.turns = -1 - WARM_UP  # complete ones
        self.turn = collections.Counter()  # the one under way
        self.lines = []  # of the console
        self.begin = begin
        self.end = end
        self.counting = begin is None
        self.complete = False  # the line that has `end` in it has come
        self.rest = b""
        self.said = b""  # by QEMU, other than the log: why it ended
        self.line = bytearray()

    def add(self, chunk):
        text, newline, self.rest = (self.rest + chunk).rpartition(b"\n")
        said = QEMU_SAYS.findall(text)
        self.said = b"\n".join([self.said] + said) if said else self.said
        for address, byte in EVENT.findall(text + newline):
            if byte:
                self.console_byte(int(byte, 16))
            elif self.counting and self.per:
                self.count_turn(address)
            elif self.counting:
                self.counts[address] += 1

    def count_turn(self, address):
        if address == self.per:
            self.turns += 1
            if self.turns > 0:
                self.counts.update(self.turn)
            self.turn.clear()
        self.turn[self.key(address)] += 1

    def key(self, address):
        """What an instruction of a turn is counted as."""
        return address

    def console_byte(self, byte):
        if byte != ord("\n"):
            self.line.append(byte)
            return
        line = self.line.decode("utf-8", "replace").strip("\r\x01\x00")
        self.line.clear()
        self.lines.append(line)
        if self.counting and self.end is not None and self.end in line:
            self.counting, self.end, self.complete = False, None, True
        elif not self.counting and self.begin is not None and self.begin in line:
            self.counting, self.begin = True, None

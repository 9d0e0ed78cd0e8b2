"""How much of an operation the kernel lock is held for: counted step by step, on one processor.
SPDX-License-Identifier: Apache-2.0
"""

import argparse
import re

import profile
import symbols
import trace

LOCK = "kernel_lock_held"
# What takes it is an exchange, what releases it a store.
ACCESS = re.compile(rf"([0-9a-f]+):\s.*\b(xchg|movb) .*<{LOCK}>")


class Counter(trace.Counter):
    """Counts instructions as b"held" and b"free" instead of by address."""

    def __init__(self, begin, end, per, taken_at, released_at):
        super().__init__(begin, end, per)
        self.taken_at = taken_at
        self.released_at = released_at
        self.held = False

    def key(self, address):
        if address in self.taken_at:
            self.held = True
        elif address in self.released_at:
            self.held = False
        return b"held" if self.held else b"free"


def accesses(disassembly):
    """The addresses where the lock is taken, and where it is released, as the trace writes them."""
    found = {"xchg": set(), "movb": set()}
    for address, mnemonic in ACCESS.findall(disassembly):
        found[mnemonic].add(b"%016x" % int(address, 16))
    if not found["xchg"] or not found["movb"]:
        raise profile.ProfileError(f"nothing takes and releases {LOCK}")
    return found["xchg"], found["movb"]


def share(kernel, initrd, program, function, end):
    """Percent of the instructions of a turn of `function`, a program's, up to the console line `end`."""
    taken_at, released_at = accesses(symbols.tool(["objdump", "-d", str(kernel)]))
    per = profile.address_of([symbols.Program(program)], function)
    options = argparse.Namespace(kernel=kernel, initrd=initrd, append="", smp=1)
    counter = Counter(None, end, per, taken_at, released_at)
    profile.count(options, counter)
    if counter.turns < 1:
        raise profile.ProfileError(f"{function} is not called {trace.WARM_UP + 2} times")
    return 100 * counter.counts[b"held"] / counter.counts.total()

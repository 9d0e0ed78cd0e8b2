#!/usr/bin/python3 -B
"""Where the instructions go: runs capOS step by step and counts them by function.
SPDX-License-Identifier: Apache-2.0
"""

import argparse
import collections
import os
import pathlib
import signal
import subprocess
import sys
import time

import machine
import symbols
import trace

LIMIT = 600  # seconds


def arguments_read():
    build = pathlib.Path(os.environ.get("BUILD", "build"))
    package = build / "bench" / "kernel.package"
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kernel", type=pathlib.Path, default=build / "kernel" / "capos.elf")
    parser.add_argument(
        "--initrd",
        type=pathlib.Path,
        default=package if package.exists() else None,
        help="the boot package; without: that of the benchmarks, if it is built",
    )
    parser.add_argument("--append", default="", help="words on the kernel's command line")
    parser.add_argument("--smp", type=int, default=1, help="processors")
    parser.add_argument(
        "--user",
        type=pathlib.Path,
        action="append",
        default=[],
        help="a user program whose functions to name; several must not overlap",
    )
    parser.add_argument("--from", dest="begin", help="count from the console line with this text")
    parser.add_argument("--to", dest="end", help="count up to the console line with this text")
    parser.add_argument(
        "--per", metavar="FUNCTION", help="per turn, from one call of this function to the next"
    )
    parser.add_argument("--lines", action="store_true", help="by source line, not by function")
    parser.add_argument("--top", type=int, default=30, help="how many to show")
    return parser.parse_args()


class ProfileError(Exception):
    pass


def count(options, counter):
    """Gives a machine's log to the counter, from its start to its end or the last line asked for."""
    line = machine.command(options.kernel, options.initrd, options.append, options.smp, True)
    process = machine.start(
        line + trace.options(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    try:
        for chunk in machine.chunks(process.stderr, time.monotonic() + LIMIT):
            counter.add(chunk)
            if counter.complete:
                return
        if process.wait(LIMIT) != 0:
            said = counter.said.decode("utf-8", "replace").strip()
            raise machine.MachineError(said or f"QEMU ended with status {process.returncode}")
    except TimeoutError:
        shown = [(0, text) for text in counter.lines]
        raise machine.failure(f"not switched off after {LIMIT} s:", shown) from None
    finally:
        machine.stop(process)


def by_name(counts, programs, by_line):
    """How many instructions each function, or line, executed; the first program is the kernel."""
    totals = collections.Counter()
    located = {program: {} for program in programs}
    for text, n in counts.items():
        address = int(text, 16)
        for program in programs:
            linked = program.linked(address)
            if linked is not None:
                located[program][linked] = located[program].get(linked, 0) + n
                break
        else:
            totals["(user programs)"] += n
    for program, found in located.items():
        names = program.lines(found) if by_line else map(program.function, found)
        for name, n in zip(names, found.values()):
            totals[name] += n
    return totals


def table(totals, top, turns):
    """The lines to print: of everything, or per turn."""

    def figure(n):
        return f"{n / turns:>12,.1f}" if turns else f"{n:>12,}"

    whole = totals.total()
    rows = totals.most_common(top)
    rest = whole - sum(n for _, n in rows)
    lines = [f"{figure(n)}  {100 * n / whole:5.1f} %  {name}" for name, n in rows]
    if rest:
        lines.append(f"{figure(rest)}  {100 * rest / whole:5.1f} %  ({len(totals) - top} more)")
    return lines + [f"{figure(whole)}  instructions" + (f", {turns} turns" if turns else "")]


def address_of(programs, function):
    found = [address for program in programs for address in program.addresses(function)]
    if len(found) != 1:
        raise ProfileError(f"{len(found)} functions are called {function}")
    return found[0]


def main():
    options = arguments_read()
    programs = [symbols.Program(path) for path in (options.kernel, *options.user)]
    per = address_of(programs, options.per) if options.per else None
    counter = trace.Counter(options.begin, options.end, per)
    count(options, counter)
    if options.begin and counter.begin:
        raise ProfileError(f'no line with "{options.begin}" on the console')
    if options.end and counter.end:
        raise ProfileError(f'no line with "{options.end}" on the console')
    if options.per and counter.turns < 1:
        raise ProfileError(f"{options.per} is not called {trace.WARM_UP + 2} times")
    totals = by_name(counter.counts, programs, options.lines)
    if not totals:
        raise ProfileError("nothing was executed")
    print("\n".join(table(totals, options.top, max(counter.turns, 0))))


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # as Ctrl-C: the machine is stopped
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
    except (ProfileError, machine.MachineError, symbols.SymbolsError) as error:
        sys.exit(f"profile: {error}")

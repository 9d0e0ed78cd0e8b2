"""Groups that run in guests: capOS and a Linux guest, run by run on the same emulated machine.
SPDX-License-Identifier: Apache-2.0
"""

import dataclasses
import pathlib
import statistics
import sys

import linux_guest
import linux_kernel
import machine
import profile
import report
import symbols
import targets
import transcript

TIMED_RUNS = 5
LIMIT_CAPOS = 60  # seconds
LIMIT_LINUX = 180

# Linux does not get a second processor started while QEMU 7.2 counts instructions: the first one
# waits for it without PAUSE and is given all of the turns. So it boots on one, which is less work.
LINUX_RUN = {"counted-2": "counted-1"}
COMMON_NOTES = {
    "counted-1": "each element of a REP string counts",
    "counted-2": "each element of a REP string counts",
    "timed": "TCG, wall time",
    "traced": "counted step by step, each element of a REP string",
}


@dataclasses.dataclass(frozen=True)
class Group:
    """What is measured: NAME.targets, the package NAME.package, and the argument of Linux's init."""

    name: str
    linux: dict  # run: argument
    linux_notes: dict  # id: what Linux does for it
    ours_alone: tuple = ()  # ids that Linux has nothing like
    traced: dict = dataclasses.field(default_factory=dict)  # id: what gives its value and notes

    def targets(self):
        return targets.read(pathlib.Path(__file__).parent / f"{self.name}.targets")

    def runs(self):
        """Those that some target asks for, in the usual order."""
        wanted = {target.run for target in self.targets() if target.id not in self.traced}
        return [run for run in targets.RUNS if run in wanted or run in self.linux]


@dataclasses.dataclass
class System:
    """A guest: how it boots, and what its runs gave. A system that failed once is not run again."""

    name: str
    kernel: pathlib.Path
    initrd: pathlib.Path
    words: dict  # run: command line
    limit: int
    transcripts: dict = dataclasses.field(default_factory=dict)  # run: list
    trouble: str = ""

    def measure(self, run):
        n_processors = 1 if run == "counted-1" else 2
        line = machine.command(
            self.kernel, self.initrd, self.words[run], n_processors, run != "timed"
        )
        try:
            found = transcript.parse(machine.run(line, self.limit))
        except machine.MachineError as error:
            self.trouble = f"{self.name}, run {run}: {error}"
            return
        self.transcripts.setdefault(run, []).append(found)


def capos(build, group):
    """The system, or why there is none."""
    kernel = build / "kernel" / "capos.elf"
    package = build / "bench" / f"{group.name}.package"
    for path in (kernel, package):
        if not path.exists():
            return None, f"no figures of capOS: {path} is not built"
    words = dict.fromkeys(group.runs(), "")
    return System("capOS", kernel, package, words, LIMIT_CAPOS), ""


def linux(build, group):
    try:
        kernel, initrd = linux_guest.build(build / "bench" / "linux")
    except (linux_guest.BuildError, linux_kernel.FetchError) as error:
        return None, f"no figures of Linux: {error}"
    words = {run: linux_guest.words(argument) for run, argument in group.linux.items()}
    return System("Linux", kernel, initrd, words, LIMIT_LINUX), ""


def run_all(systems, runs):
    """Timed runs take turns, so that a busy host weighs on both systems."""
    for run in runs:
        for _ in range(TIMED_RUNS if run == "timed" else 1):
            for system in systems:
                if run in system.words and not system.trouble:
                    print(f"  RUN   {system.name}, {run}", file=sys.stderr)
                    system.measure(run)


def value_of(found, name):
    """A transcript's figure; the wall time is that of the first user instruction's line."""
    if name == "kernel.boot_wall":
        seconds = found.marks.get(transcript.FIRST_USER_INSTRUCTION)
        return None if seconds is None else transcript.Figure(round(seconds, 3))
    return found.figures.get(name)


def figure(system, run, name):
    """What a system reached, or None: the median of its runs; and notes on it."""
    found = system.transcripts.get(run, []) if system else []
    figures = [one for one in (value_of(each, name) for each in found) if one]
    if not figures:
        said = f"{system.name} did not print it" if found else ""
        return None, [said] if said else []
    values = [one.value for one in figures]
    notes = []
    if len(values) > 1:
        notes = [f"{system.name}: {len(values)} runs, {min(values)} to {max(values)}"]
    elif figures[0].minimum is not None:
        notes = [f"{system.name}: minimum {figures[0].minimum:,}"]
    return statistics.median(values), notes


def row(group, target, ours, peer):
    origin = f"target: {target.origin}" if target.kind != "-" else target.origin
    notes = [origin, COMMON_NOTES[target.run]]
    value, more = figure(ours, target.run, target.id)
    notes += more
    linux_value = None
    if target.id not in group.ours_alone:
        linux_value, more = figure(peer, LINUX_RUN.get(target.run, target.run), target.id)
        notes += more
        if linux_value is not None:
            notes.append(f"{peer.kernel.stem}, mitigations as by default")
            notes += filter(None, [group.linux_notes.get(target.id)])
    return report.row(target, value, linux_value, notes)


def traced_row(group, target, build):
    """The row, and what went wrong."""
    notes = [target.origin, COMMON_NOTES[target.run]]
    try:
        value, trouble = group.traced[target.id](build), ""
    except (machine.MachineError, profile.ProfileError, symbols.SymbolsError) as error:
        value, trouble = None, f"{target.id}: {error}"
    return report.row(target, value, None, notes), trouble


def measure(group, build):
    """The group's rows, and what went wrong; that capOS is not built yet is no failure."""
    ours, absent = capos(build, group)
    peer, trouble = linux(build, group)
    if absent:
        print(absent, file=sys.stderr)
    systems = [system for system in (ours, peer) if system]
    run_all(systems, group.runs())
    troubles = [trouble] + [system.trouble for system in systems]
    rows = []
    for target in group.targets():
        if target.id in group.traced:
            made, trouble = traced_row(group, target, build)
            troubles.append(trouble)
        else:
            made = row(group, target, ours, peer)
        rows.append(made)
    return rows, [one for one in troubles if one]

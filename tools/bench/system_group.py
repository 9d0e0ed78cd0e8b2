"""The group "system": what `make run` boots, until its shell asks for a line.
SPDX-License-Identifier: Apache-2.0

The prompt's time is that from QEMU's start to the prompt's last byte on the terminal. Memory is that of the
smallest machine in which the prompt comes.
"""

import pathlib
import re
import statistics
import subprocess
import time

import machine
import report
import targets

PROMPT = re.compile(rb"capos> \Z")
FRAMES = re.compile(rb'"frames": "(\d+)",\s*"freeFrames": "(\d+)"')
RUNS = 7
LIMIT = 20  # seconds
MEMORY_MIB = 64
MEMORIES_MIB = (6, 7, 8, 10, 12, 14, 16, 20, 24, 32, 64)
LINUX_NOTE = "Debian's kernel with a static C program as init takes 3.15 s, seL4 0.35 s, xv6's shell 0.41 s"


def command(build, memory_mib):
    line = machine.command(
        build / "kernel" / "capos.elf", build / "default" / "default.package", "", 2, False
    )
    line[line.index("-m") + 1] = str(memory_mib)
    at = line.index("-serial")  # the console goes nowhere; the terminal is the second port
    return line[:at] + ["-serial", "null"] + line[at:]


def converse(line, steps, limit=LIMIT):
    """Types each step's keys, then waits for its pattern: the seconds and the match of each that came."""
    came = []
    said = b""
    since = time.monotonic()
    process = machine.start(line, stdin=subprocess.PIPE)
    try:
        chunks = machine.chunks(process.stdout, since + limit)
        for keys, pattern in steps:
            process.stdin.write(keys)
            process.stdin.flush()
            said = b""
            while not (match := pattern.search(said)):
                said = (said + next(chunks))[-machine.CHUNK :]
            came.append((time.monotonic() - since, match))
    except (TimeoutError, StopIteration, BrokenPipeError):
        pass
    finally:
        machine.stop(process)
    return came


def time_to_prompt(line):
    """Seconds until the prompt; None if it does not come."""
    came = converse(line, [(b"", PROMPT)])
    return came[0][0] if came else None


def prompt(build):
    """The median and a note, or no value and why."""
    times = [time_to_prompt(command(build, MEMORY_MIB)) for _ in range(RUNS)]
    if None in times:
        return None, [f"no prompt within {LIMIT} s"]
    span = f"{min(times):.3f} to {max(times):.3f}"
    return round(statistics.median(times), 3), [f"{RUNS} runs, {span}", LINUX_NOTE]


def memory(build):
    for mib in MEMORIES_MIB:
        if time_to_prompt(command(build, mib)) is not None:
            return mib, ["the smallest machine tried in which the prompt comes"]
    return None, ["no prompt in any machine tried"]


def resident(build):
    """What is in use at the prompt, of what the kernel found usable."""
    came = converse(command(build, 16), [(b"", PROMPT), (b"call system.system\r", FRAMES)])
    if len(came) < 2:
        return None, ["the shell did not tell"]
    frames, free = (int(came[1][1][i]) for i in (1, 2))
    return (frames - free) * 4, [f"of {frames * 4} KiB that programs can use in a machine of 16 MiB"]


def size(path):
    return lambda build: (round((build / path).stat().st_size / 1024), [path])


MEASURES = {
    "system.prompt": prompt,
    "system.memory": memory,
    "system.resident": resident,
    "system.kernel_image": size("bench/capos.stripped"),
    "system.package": size("default/default.package"),
    "system.init_image": size("userspace/programs/init.stripped"),
    "system.shell_image": size("userspace/programs/shell.stripped"),
}


def measure(build):
    """The group's rows, and what went wrong."""
    rows, troubles = [], []
    for target in targets.read(pathlib.Path(__file__).parent / "system.targets"):
        try:
            value, notes = MEASURES[target.id](build)
        except (machine.MachineError, OSError) as error:
            value, notes = None, [str(error)]
        if value is None:
            troubles.append(f"{target.id}: {notes[0]}")
        rows.append(report.row(target, value, None, [f"target: {target.origin}", *notes]))
    return rows, troubles

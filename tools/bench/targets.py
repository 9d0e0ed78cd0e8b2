"""Reads a table of benchmarks and what they are to reach (kernel.targets explains its columns).
SPDX-License-Identifier: Apache-2.0
"""

import dataclasses
import re

RUNS = ("counted-1", "counted-2", "timed", "traced")


class TargetsError(Exception):
    pass


@dataclasses.dataclass(frozen=True)
class Target:
    id: str
    unit: str
    run: str
    kind: str  # "<=", ">=", or "-": nothing is to be reached
    limit: float | None  # None: what Linux reaches, or nothing in particular
    origin: str

    def figure(self, linux):
        """The number to reach, given Linux's; None if that is what is missing."""
        return linux if self.limit is None and self.kind != "-" else self.limit

    def met(self, value, linux):
        """Whether the value reaches the target; None if it cannot be told."""
        figure = self.figure(linux)
        if value is None or figure is None:
            return None
        return value <= figure if self.kind == "<=" else value >= figure


def parse_line(line):
    words = line.split(None, 4)
    if len(words) < 5:
        raise TargetsError("want: id unit run target origin")
    name, unit, run, target, origin = words
    match = re.fullmatch(r"(<=|>=)(linux|[0-9]+(?:\.[0-9]+)?)|-", target)
    if not match:
        raise TargetsError(f"{target} is no target: want <=N, >=N, <=linux, >=linux or -")
    if run not in RUNS:
        raise TargetsError(f"no run {run}, only {', '.join(RUNS)}")
    limit = None if match[2] in (None, "linux") else number(match[2])
    return Target(name, unit, run, match[1] or "-", limit, origin)


def number(text):
    return float(text) if "." in text else int(text)


def read(path):
    """The targets of a file, in its order."""
    targets = {}
    with open(path, encoding="utf-8") as file:
        for at, line in enumerate(file, start=1):
            line = line.split("#")[0].strip()
            if not line:
                continue
            try:
                target = parse_line(line)
                if target.id in targets:
                    raise TargetsError(f"{target.id} stands here twice")
            except TargetsError as error:
                raise TargetsError(f"{path}:{at}: {error}") from None
            targets[target.id] = target
    return list(targets.values())

"""Finds the benchmarks' lines in what a guest printed.
SPDX-License-Identifier: Apache-2.0

    bench ID VALUE [min VALUE]    a figure
    bench MARK                    a moment: when the line arrived is what counts

either alone on the line or behind the log's "[seconds] source: ". Other lines are not ours.
"""

import dataclasses
import re

from targets import number

LINE = re.compile(
    r"(?:\[ *[0-9]+\.[0-9]+\] [^:]*: )?bench (?P<id>[a-z0-9._-]+)"
    r"(?: (?P<value>[0-9]+(?:\.[0-9]+)?)(?: min (?P<minimum>[0-9]+(?:\.[0-9]+)?))?)?"
)

FIRST_USER_INSTRUCTION = "first-user-instruction"


@dataclasses.dataclass(frozen=True)
class Figure:
    value: float
    minimum: float | None = None


@dataclasses.dataclass(frozen=True)
class Transcript:
    figures: dict  # id: Figure; of several lines the last one counts
    marks: dict  # name: seconds since the machine's start, of the first such line


def parse(lines):
    """The transcript of (seconds, line) pairs."""
    figures, marks = {}, {}
    for seconds, line in lines:
        match = LINE.fullmatch(line)
        if not match:
            continue
        if match["value"] is None:
            marks.setdefault(match["id"], seconds)
        else:
            minimum = number(match["minimum"]) if match["minimum"] else None
            figures[match["id"]] = Figure(number(match["value"]), minimum)
    return Transcript(figures, marks)

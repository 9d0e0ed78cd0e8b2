"""The rows of bench.json, and the same as a table.
SPDX-License-Identifier: Apache-2.0
"""

import json
import os

COLUMNS = ("id", "unit", "value", "linux", "ratio", "target", "met")
N_TEXT = 2  # columns that are text, not figures


def row(target, value, linux, notes):
    """One row: what was measured of both systems (None: nothing), beside the target."""
    ratio = round(value / linux, 4) if value is not None and linux else None
    return {
        "id": target.id,
        "unit": target.unit,
        "value": value,
        "linux": linux,
        "ratio": ratio,
        "target": target.figure(linux),
        "met": target.met(value, linux),
        "notes": "; ".join(notes),
    }


def write(path, rows):
    """Replaces the file whole or not at all."""
    temporary = f"{path}.{os.getpid()}"
    with open(temporary, "w", encoding="utf-8") as file:
        json.dump(rows, file, indent=1)
        file.write("\n")
    os.replace(temporary, path)


def cell(name, content):
    if content is None:
        return "-"
    if name == "met":
        return "met" if content else "MISSED"
    if name == "ratio":
        return f"{content:.3f}"
    return f"{content:,}" if isinstance(content, (int, float)) else content


def table(rows):
    """The rows as lines of text: text to the left, figures to the right."""
    lines = [list(COLUMNS)] + [[cell(name, one[name]) for name in COLUMNS] for one in rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(COLUMNS))]
    return [
        "  ".join(
            text.ljust(width) if i < N_TEXT else text.rjust(width)
            for i, (text, width) in enumerate(zip(line, widths))
        )
        for line in lines
    ]

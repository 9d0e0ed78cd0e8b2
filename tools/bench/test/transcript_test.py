"""Tests transcript.py.
SPDX-License-Identifier: Apache-2.0
"""

import transcript
from fakes import expect_equal


def figures(*lines):
    found = transcript.parse([(0, line) for line in lines]).figures
    return {name: (figure.value, figure.minimum) for name, figure in found.items()}


def test_reads_lines_with_and_without_the_logs_head(folder):
    expect_equal(
        figures(
            "bench a.b 12",
            "[0.001234] bench: bench c_d 3.5 min 3",
            "[  12.000001] init: bench e 7",
        ),
        {"a.b": (12, None), "c_d": (3.5, 3), "e": (7, None)},
    )


def test_passes_over_what_is_not_ours(folder):
    expect_equal(
        figures(
            "",
            "bench",
            "bench ",
            "bench a 1 2",
            "bench a -1",
            "bench a 1e9",
            "bench A 1",
            "bench a 0x1",
            "bench a ١",
            "bench a 1 min",
            "bench a 1\tmin 1",
            "bench a 1 min 1 max 2",
            " bench a 1",
            "say bench a 1",
            "workbench a 1",
            "[x] y: bench a 1",
        ),
        {},
    )


def test_counts_the_last_of_several_figures(folder):
    expect_equal(figures("bench a 1", "bench a 2"), {"a": (2, None)})


def test_keeps_the_first_moment_of_a_mark(folder):
    found = transcript.parse([(0.5, "bench a-mark"), (0.9, "bench a-mark")])
    expect_equal(found.marks, {"a-mark": 0.5})
    expect_equal(found.figures, {})

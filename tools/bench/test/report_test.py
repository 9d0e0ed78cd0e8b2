"""Tests report.py.
SPDX-License-Identifier: Apache-2.0
"""

import json

import report
import targets
from fakes import expect_equal, expect_in

TARGET = targets.parse_line("kernel.enter instructions counted-1 <=250 why")
KEYS = ["id", "unit", "value", "linux", "ratio", "target", "met", "notes"]


def test_a_row_has_every_key(folder):
    row = report.row(TARGET, 240, 320, ["a", "b"])
    expect_equal(list(row), KEYS)
    expect_equal(row["ratio"], 0.75)
    expect_equal(row["met"], True)
    expect_equal(row["notes"], "a; b")


def test_what_is_missing_is_null(folder):
    for value, linux in ((None, 320), (240, None), (None, None), (240, 0)):
        expect_equal(report.row(TARGET, value, linux, [])["ratio"], None)
    expect_equal(report.row(TARGET, None, 320, [])["met"], None)


def test_the_file_is_an_array(folder):
    rows = [report.row(TARGET, 251, None, [])]
    report.write(folder / "bench.json", rows)
    expect_equal(json.loads((folder / "bench.json").read_text()), rows)
    expect_equal([path.name for path in folder.iterdir()], ["bench.json"])


def test_the_table_is_aligned(folder):
    rows = [report.row(TARGET, 251, 1565869410, []), report.row(TARGET, None, 3, [])]
    lines = report.table(rows)
    expect_equal({len(line) for line in lines}, {len(lines[0])})
    expect_in("1,565,869,410", lines[1])
    expect_in("MISSED", lines[1])
    expect_in("      -", lines[2])

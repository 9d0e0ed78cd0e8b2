"""Tests targets.py and the tables themselves.
SPDX-License-Identifier: Apache-2.0
"""

import pathlib

import targets
from fakes import expect_equal, expect_error, expect_in

TABLES = pathlib.Path(targets.__file__).parent


def one(line):
    return targets.parse_line(line)


def test_reads_a_line(folder):
    target = one("a.b instructions counted-1 <=250 Linux 326, seL4 285")
    expect_equal(target.limit, 250)
    expect_equal(target.origin, "Linux 326, seL4 285")


def test_tells_what_is_met(folder):
    below = one("a s timed <=0.25 x")
    expect_equal([below.met(v, None) for v in (0.24, 0.25, 0.26)], [True, True, False])
    above = one("a x timed >=2 x")
    expect_equal([above.met(v, None) for v in (1.9, 2)], [False, True])


def test_takes_linux_as_the_target(folder):
    target = one("a x timed >=linux x")
    expect_equal([target.met(1.8, 1.8), target.met(1.7, 1.8)], [True, False])
    expect_equal(target.met(1.8, None), None)
    expect_equal(target.figure(1.8), 1.8)


def test_reports_without_a_target(folder):
    target = one("a us timed - x")
    expect_equal([target.figure(3), target.met(1, 3)], [None, None])


def test_does_not_judge_without_a_value(folder):
    expect_equal(one("a s timed <=1 x").met(None, 3), None)


def test_names_the_bad_line(folder):
    table = folder / "t"
    for line, said in (
        ("a s timed <=1", "want: id unit run target origin"),
        ("a s timed 1 x", "1 is no target"),
        ("a s timed <=1,000 x", "<=1,000 is no target"),
        ("a s often <=1 x", "no run often"),
        ("ok s timed <=1 x", "ok stands here twice"),
    ):
        table.write_text(f"# comment\nok s timed <=1 x\n{line}\n")
        said_now = expect_error(targets.TargetsError, lambda: targets.read(table))
        expect_in(f"{table}:3: {said}", said_now)


def test_the_tables_are_good(folder):
    for name in ("harness", "ipc", "kernel", "messages", "system"):
        for target in targets.read(TABLES / f"{name}.targets"):
            expect_equal(target.id.split(".")[0], name)

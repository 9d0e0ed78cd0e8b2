"""Tests system_group.py: the machine played by a program that stands in for QEMU.
SPDX-License-Identifier: Apache-2.0
"""

import machine
import system_group
from fakes import expect_equal, expect_in, first_on_path, program, silence

# It needs 10 MiB, and says how many frames are in use.
QEMU = r"""
case "$*" in
*'-m 6 '*|*'-m 7 '*|*'-m 8 '*) exec echo 'no memory';;
esac
printf 'welcome\r\ncapos> '
head -c 19 >/dev/null
printf '{ "processors": 2, "frames": "100", "freeFrames": "60" }\r\ncapos> '
exec sleep 60
"""


def measure(folder, script=QEMU):
    program(folder, machine.QEMU, script)
    for path in ("bench/capos.stripped", "default/default.package"):
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(bytes(2048))
    with first_on_path(folder), silence():
        rows, troubles = system_group.measure(folder)
    return {row["id"]: row for row in rows}, troubles


def test_waits_for_the_prompt(folder):
    rows, _ = measure(folder)
    assert 0 < rows["system.prompt"]["value"] < 5, rows["system.prompt"]
    expect_in("7 runs", rows["system.prompt"]["notes"])


def test_finds_the_smallest_machine(folder):
    expect_equal(measure(folder)[0]["system.memory"]["value"], 10)


def test_asks_the_shell_for_memory_in_use(folder):
    expect_equal(measure(folder)[0]["system.resident"]["value"], 160)


def test_tells_sizes_and_what_is_not_built(folder):
    rows, troubles = measure(folder)
    expect_equal(rows["system.package"]["value"], 2)
    expect_equal(rows["system.shell_image"]["value"], None)
    expect_equal(len(troubles), 2)


def test_no_prompt_is_told(folder):
    rows, troubles = measure(folder, "exec echo nothing")
    expect_equal(rows["system.prompt"]["value"], None)
    expect_in("no prompt", troubles[0])

"""Tests guest_group.py by the group "kernel": both systems played by a program that stands in for QEMU.
SPDX-License-Identifier: Apache-2.0
"""

import pathlib

import guest_group
import kernel_group
import linux_guest
import linux_kernel
import machine
from fakes import expect_equal, expect_in, first_on_path, program, silence

# capOS's runs are told by its package, Linux's by its command line.
QEMU = """
case "$*" in
*-icount*)  run=counted;;
*)          run=timed;;
esac
case "$*" in
*kernel.package*)
    [ ! -e {folder}/hang ] || exec sleep 60
    echo '[0.001000] bench: bench first-user-instruction'
    echo 'bench kernel.enter 240'
    echo 'bench kernel.nop_batched 80'
    case "$*" in
    *'-smp 1'*) echo 'bench kernel.boot 111';;
    *)          echo 'bench kernel.boot 222';;
    esac
    if [ $run = timed ]; then
        echo x >>{folder}/n
        echo "bench kernel.smp 1.$(wc -l <{folder}/n)"
    fi;;
*)
    echo 'bench first-user-instruction'
    echo 'bench kernel.boot 1000'
    case "$*" in
    *'-- counts'*) echo 'bench kernel.enter 320 min 310';;
    *'-- smp'*)    echo 'bench kernel.smp 1.5';;
    esac;;
esac
"""


def measure(folder, package=True, linux=True):
    """The rows by id, and the troubles."""

    def build(_):
        if not linux:
            raise linux_kernel.FetchError("offline")
        return pathlib.Path("linux-6.vmlinuz"), pathlib.Path("initramfs")

    program(folder, machine.QEMU, QEMU.replace("{folder}", str(folder)))
    (folder / "kernel").mkdir()
    (folder / "bench").mkdir()
    (folder / "kernel/capos.elf").touch()
    if package:
        (folder / "bench/kernel.package").touch()
    real, linux_guest.build = linux_guest.build, build
    try:
        with first_on_path(folder), silence():
            rows, troubles = kernel_group.measure(folder)
    finally:
        linux_guest.build = real
    return {row["id"]: row for row in rows}, troubles


def shown(row):
    return [row[key] for key in ("value", "linux", "ratio", "target", "met")]


def test_merges_both_systems(folder):
    rows, troubles = measure(folder)
    expect_equal(troubles, [])
    expect_equal(shown(rows["kernel.enter"]), [240, 320, 0.75, 250, True])
    expect_in("Linux: minimum 310", rows["kernel.enter"]["notes"])
    expect_in("linux-6", rows["kernel.enter"]["notes"])


def test_boot_is_that_of_two_processors(folder):
    expect_equal(shown(measure(folder)[0]["kernel.boot"])[:2], [222, 1000])


def test_timed_runs_give_medians(folder):
    rows = measure(folder)[0]
    expect_equal(shown(rows["kernel.smp"]), [1.3, 1.5, 0.8667, 1.5, False])
    expect_in("capOS: 5 runs, 1.1 to 1.5", rows["kernel.smp"]["notes"])
    assert 0 < rows["kernel.boot_wall"]["value"] < 1, rows["kernel.boot_wall"]


def test_says_what_was_not_printed(folder):
    row = measure(folder)[0]["kernel.thread"]
    expect_equal(shown(row), [None, None, None, 9000, None])
    expect_in("capOS did not print it; Linux did not print it", row["notes"])


def test_nothing_stands_beside_what_linux_has_not(folder):
    row = measure(folder)[0]["kernel.nop_batched"]
    expect_equal(shown(row), [80, None, None, 90, True])
    assert "Linux" not in row["notes"], row["notes"]


def test_goes_on_without_a_package(folder):
    rows, troubles = measure(folder, package=False)
    expect_equal(troubles, [])
    expect_equal(shown(rows["kernel.enter"]), [None, 320, None, 250, None])


def test_goes_on_without_linux(folder):
    rows, troubles = measure(folder, linux=False)
    expect_equal(troubles, ["no figures of Linux: offline"])
    expect_equal(shown(rows["kernel.enter"]), [240, None, None, 250, True])
    expect_equal(shown(rows["kernel.smp"])[3:], [None, None])


def test_a_hang_costs_one_run_and_is_told(folder):
    (folder / "hang").touch()
    guest_group.LIMIT_CAPOS, limit = 1, guest_group.LIMIT_CAPOS
    try:
        rows, troubles = measure(folder)
    finally:
        guest_group.LIMIT_CAPOS = limit
    expect_equal(len(troubles), 1)
    expect_in("capOS, run counted-1: not switched off after 1 s", troubles[0])
    expect_equal(shown(rows["kernel.enter"])[:2], [None, 320])

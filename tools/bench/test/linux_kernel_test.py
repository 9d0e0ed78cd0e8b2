"""Tests linux_kernel.py with programs that stand in for apt.
SPDX-License-Identifier: Apache-2.0
"""

import linux_kernel
from fakes import expect_equal, expect_error, expect_in, first_on_path, program

PACKAGE = "linux-image-6.1.0-99-cloud-amd64"
DEPENDS = f"printf 'linux-image-cloud-amd64\\n  Depends: {PACKAGE}\\n'"
DOWNLOAD = f'echo "$@" >>log; touch {PACKAGE}_6.1.1-1_amd64.deb'
EXTRACT = 'mkdir -p "$3/boot"; echo kernel >"$3/boot/vmlinuz-6.1.0-99-cloud-amd64"'


def fake(folder, depends=DEPENDS, download=DOWNLOAD, extract=EXTRACT):
    tools = folder / "tools"
    tools.mkdir(exist_ok=True)
    program(tools, "apt-cache", depends)
    program(tools, "apt-get", download)
    program(tools, "dpkg-deb", extract)
    return first_on_path(tools)


def test_unpacks_the_kernel_and_keeps_only_it(folder):
    with fake(folder):
        path = linux_kernel.kernel(folder / "l")
    expect_equal(path.name, f"{PACKAGE}.vmlinuz")
    expect_equal(path.read_text(), "kernel\n")
    expect_equal(sorted(file.name for file in path.parent.iterdir()), sorted([path.name, "log"]))
    expect_in(PACKAGE, (path.parent / "log").read_text())


def test_fetches_once(folder):
    with fake(folder):
        first = linux_kernel.kernel(folder / "l")
    with fake(folder, depends="exit 1", download="exit 1"):
        expect_equal(linux_kernel.kernel(folder / "l"), first)


def test_a_broken_fetch_leaves_nothing_that_counts(folder):
    with fake(folder, extract="exit 1"):
        expect_error(linux_kernel.FetchError, lambda: linux_kernel.kernel(folder / "l"))
    with fake(folder):
        expect_equal(linux_kernel.kernel(folder / "l").read_text(), "kernel\n")


def test_says_what_is_wrong(folder):
    for broken, said in (
        ({"depends": "exit 100"}, "run apt-get update"),
        ({"depends": "echo no such package"}, "run apt-get update"),
        ({"download": "echo E: offline >&2; exit 100"}, "apt-get download: E: offline"),
        ({"download": "exit 0"}, "left 0 packages"),
        ({"extract": "exit 0"}, "no kernel in"),
    ):
        with fake(folder, **broken):
            heard = expect_error(linux_kernel.FetchError, lambda: linux_kernel.kernel(folder / "l"))
        expect_in(said, heard)


def test_says_that_there_is_no_apt(folder):
    with first_on_path(folder, only=True):
        said = expect_error(linux_kernel.FetchError, lambda: linux_kernel.kernel(folder / "l"))
    expect_in("apt", said)

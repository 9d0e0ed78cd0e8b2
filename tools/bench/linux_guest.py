"""Builds the Linux guest: Debian's kernel, and an initramfs with our measuring program as init.
SPDX-License-Identifier: Apache-2.0
"""

import pathlib
import subprocess

import initramfs
import linux_kernel

SOURCES = pathlib.Path(__file__).resolve().parent / "linux"
CFLAGS = "-std=gnu11 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror -static -pthread".split()

# quiet: the peer does not pay for a log that capOS does not write.
# panic=-1: a panic ends the machine.
WORDS = "console=ttyS0 quiet panic=-1"


class BuildError(Exception):
    pass


def compile_program(options, sources, output):
    try:
        line = ["gcc", *options, "-o", str(output), *map(str, sources)]
        subprocess.run(line, check=True)
    except FileNotFoundError:
        raise BuildError("gcc is not installed") from None
    except subprocess.CalledProcessError:
        raise BuildError(f"{output} does not compile") from None
    return output.read_bytes()


def build_initramfs(folder):
    # An entry of its own: init looks at the time before the C library starts.
    init_options = [*CFLAGS, "-Wl,-e,init_start"]
    exit_options = ["-static", "-nostdlib", "-Wl,--build-id=none"]
    programs = {
        "init": compile_program(init_options, sorted(SOURCES.glob("*.c")), folder / "init"),
        "exit": compile_program(exit_options, [SOURCES / "exit.S"], folder / "exit"),
    }
    path = folder / "initramfs.cpio"
    path.write_bytes(initramfs.archive(programs))
    return path


def build(folder):
    """The paths of the kernel and of the initramfs, made in folder."""
    folder = pathlib.Path(folder)
    kernel = linux_kernel.kernel(folder)
    return kernel, build_initramfs(folder)


def words(what):
    """The kernel's command line: init's argument stands behind the dashes."""
    return f"{WORDS} -- {what}"

"""Builds the Linux guest: Debian's kernel, and an initramfs with our measuring program as init.
SPDX-License-Identifier: Apache-2.0
"""

import pathlib
import subprocess

import initramfs
import linux_kernel

HERE = pathlib.Path(__file__).resolve().parent
SOURCES = HERE / "linux"
CFLAGS = "-D_GNU_SOURCE -O2 -Wall -Wextra -Werror".split()
SCHEMA = "record.capnp"

# quiet: the peer does not pay for a log that capOS does not write.
# panic=-1: a panic ends the machine.
WORDS = "console=ttyS0 quiet panic=-1"


class BuildError(Exception):
    pass


def run(line, failed):
    try:
        subprocess.run(line, check=True)
    except FileNotFoundError:
        raise BuildError(f"{line[0]} is not installed") from None
    except subprocess.CalledProcessError:
        raise BuildError(failed) from None


def compile_objects(folder):
    """The objects of init: C, and C++ for what it measures of Cap'n Proto."""
    run(
        ["capnp", "compile", f"--src-prefix={HERE}", f"-oc++:{folder}", str(HERE / SCHEMA)],
        f"{SCHEMA} does not compile",
    )
    objects = []
    cpp = [*sorted(SOURCES.glob("*.cpp")), folder / f"{SCHEMA}.c++"]
    for source in [*sorted(SOURCES.glob("*.c")), *cpp]:
        compiler = ["g++", "-std=c++17"] if source in cpp else ["gcc", "-std=gnu11"]
        target = folder / f"{source.name}.o"
        options = [*CFLAGS, f"-I{folder}", f"-I{SOURCES}", "-x", "c++" if source in cpp else "c"]
        run([*compiler, *options, "-c", str(source), "-o", str(target)], f"{source} does not compile")
        objects.append(str(target))
    return objects


def build_initramfs(folder):
    # An entry of its own: init looks at the time before the C library starts.
    link = ["g++", "-static", "-pthread", "-Wl,-e,init_start", "-o", str(folder / "init")]
    run([*link, *compile_objects(folder), "-lcapnp", "-lkj"], "init does not link")
    tiny = ["gcc", "-static", "-nostdlib", "-Wl,--build-id=none", "-o", str(folder / "exit")]
    run([*tiny, str(SOURCES / "exit.S")], "exit does not link")
    path = folder / "initramfs.cpio"
    path.write_bytes(initramfs.archive({name: (folder / name).read_bytes() for name in ("init", "exit")}))
    return path


def build(folder):
    """The paths of the kernel and of the initramfs, made in folder."""
    folder = pathlib.Path(folder)
    kernel = linux_kernel.kernel(folder)
    return kernel, build_initramfs(folder)


def words(what):
    """The kernel's command line: init's argument stands behind the dashes."""
    return f"{WORDS} -- {what}"

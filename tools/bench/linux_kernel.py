"""Fetches the kernel that Debian makes for virtual machines, without installing it.
SPDX-License-Identifier: Apache-2.0

apt checks the package's signature and hash. What has been fetched once is used until `make clean`.
"""

import os
import pathlib
import re
import shutil
import subprocess

META_PACKAGE = "linux-image-cloud-amd64"
PACKAGE = re.compile(r"linux-image-[0-9][0-9.]*-[0-9]+-cloud-amd64")
APT_LIMIT = 300  # seconds


class FetchError(Exception):
    pass


def output(line, folder):
    """What a command printed; its errors become ours."""
    environment = dict(os.environ, LC_ALL="C")
    try:
        return subprocess.run(
            line, cwd=folder, env=environment, capture_output=True, timeout=APT_LIMIT, check=True
        ).stdout
    except FileNotFoundError:
        raise FetchError(f"{line[0]} is not installed: this is no Debian system") from None
    except subprocess.TimeoutExpired:
        raise FetchError(f"{line[0]} has not ended within {APT_LIMIT} s") from None
    except subprocess.CalledProcessError as error:
        text = error.stderr.decode("utf-8", "replace").strip()
        raise FetchError(f"{' '.join(line[:2])}: {text or error.returncode}") from None


def resolve(folder):
    """The package that the meta package stands for today."""
    try:
        text = output(["apt-cache", "depends", META_PACKAGE], folder).decode()
    except FetchError:
        text = ""  # said below
    match = PACKAGE.search(text)
    if not match:
        raise FetchError(f"apt does not know {META_PACKAGE}: run apt-get update as root")
    return match[0]


def download(package, folder):
    """The fetched archive. Without apt's sandbox: its user may not write into the build folder."""
    for stale in folder.glob("*.deb"):
        stale.unlink()
    output(["apt-get", "download", "-o", "APT::Sandbox::User=", package], folder)
    found = list(folder.glob("*.deb"))
    if len(found) != 1:
        raise FetchError(f"apt-get download {package} left {len(found)} packages")
    return found[0]


def unpack(archive, package, folder):
    """Puts the kernel beside the archive, and removes the archive."""
    name = f"boot/vmlinuz-{package.removeprefix('linux-image-')}"
    output(["dpkg-deb", "--extract", str(archive.resolve()), "unpacked"], folder)
    unpacked = folder / "unpacked" / name
    if not unpacked.exists():
        raise FetchError(f"no kernel in {archive.name}")
    kernel_at = folder / f"{package}.vmlinuz"
    unpacked.replace(kernel_at)
    shutil.rmtree(folder / "unpacked")
    archive.unlink()
    return kernel_at


def kernel(folder):
    """The path of the kernel, bzImage; its stem is the package's name."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    present = sorted(folder.glob("*.vmlinuz"))
    if present:
        return present[-1]
    package = resolve(folder)
    return unpack(download(package, folder), package, folder)

"""Names for the addresses of a program: its functions, and its lines.
SPDX-License-Identifier: Apache-2.0

What is linked high and loaded low is found by both addresses: the kernel begins before it is
mapped.
"""

import bisect
import re
import subprocess

NM_LINE = re.compile(r"([0-9a-f]+) [tTwW] (\S+)")
LOAD_LINE = re.compile(r" *LOAD +" + r" +".join(["0x([0-9a-f]+)"] * 5))


class SymbolsError(Exception):
    pass


def tool(line, given=None):
    try:
        return subprocess.run(
            line, input=given, capture_output=True, text=True, check=True
        ).stdout
    except FileNotFoundError:
        raise SymbolsError(f"{line[0]} is not installed (package binutils)") from None
    except subprocess.CalledProcessError as error:
        raise SymbolsError(f"{line[0]}: {error.stderr.strip()}") from None


class Program:
    def __init__(self, path):
        self.path = str(path)
        found = NM_LINE.findall(tool(["nm", "-n", "--defined-only", self.path]))
        self.starts = [int(at, 16) for at, _ in found]
        self.names = [name for _, name in found]
        loads = LOAD_LINE.findall(tool(["readelf", "-lW", self.path]))
        self.segments = [tuple(int(word, 16) for word in load) for load in loads]

    def linked(self, address):
        """The address as it is linked; None if it is none of the program's."""
        for _, virtual, physical, _, length in self.segments:
            for start in (virtual, physical):
                if start <= address < start + length:
                    return virtual + address - start
        return None

    def function(self, address):
        at = bisect.bisect_right(self.starts, address)
        return self.names[at - 1] if at else "?"

    def addresses(self, function):
        """Where the functions of that name begin."""
        return [at for at, name in zip(self.starts, self.names) if name == function]

    def lines(self, addresses):
        """The source line of each linked address, as FILE:LINE."""
        given = "".join(f"{address:x}\n" for address in addresses)
        found = tool(["addr2line", "-e", self.path], given).splitlines()
        return [line.split(" (")[0] for line in found]

"""Greets the kernel over its serial port, and a shell of the host over a pseudo-terminal.

SPDX-License-Identifier: Apache-2.0
"""
from capos_expect import program, serial

shell = program("/bin/sh", "-c", "printf 'who? '; read name; echo \"hello, $name\"")
shell.expect_exact("who? ")
shell.sendline("capOS")
shell.expect_exact("hello, capOS")
shell.expect("\n")

console = serial()
console.expect_exact("pause: press Enter to go on")
console.send("it is me\r")
console.expect(r'pause: read "(it is me)"')
assert console.match.group(1) == "it is me"
console.expect_exact("power off\n")

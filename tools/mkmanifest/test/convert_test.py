#!/usr/bin/python3
"""mkmanifest --convert: where it reads and writes, what is large, and what it refuses.
SPDX-License-Identifier: Apache-2.0

That its messages are the right ones, userspace/lib/capnp_json/test/referee_test.py says.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[3]
RICH = ROOT / "userspace/lib/capnp_json/test/rich.capnp"
PROGRAM = (ROOT / os.environ.get("BUILD", "build") / "test/mkmanifest/mkmanifest").resolve()


def convert(folder, *arguments, contents=b""):
    return subprocess.run([PROGRAM, "--convert", *arguments], cwd=folder, input=contents, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE)


def write_schema(folder):
    (folder / "small.capnp").write_text('@0xf0f1f2f3f4f5f6f7; using I = import "/other/inner.capnp";\n'
                                        "struct Small { truth @0 :Bool; number @1 :UInt16; inner @2 :I.Inner;"
                                        " struct Twin {} } struct Other { struct Twin {} }\n")
    (folder / "imports/other").mkdir(parents=True)
    (folder / "imports/other/inner.capnp").write_text("@0xf0f1f2f3f4f5f6f8; struct Inner { text @0 :Text; }\n")


def refuse(folder, said, *arguments, contents=b"{}"):
    done = convert(folder, *arguments, contents=contents)
    assert done.returncode == 1 and done.stderr.decode() == said + "\n" and not done.stdout, (done, said)


def files_and_streams_are_the_same(folder):
    write_schema(folder)
    (folder / "in").write_text('{"inner": {"text": "x"}, "number": 42}')
    small = ["small.capnp", "Small", "-I", "imports"]
    streamed = convert(folder, *small, contents=(folder / "in").read_bytes())
    done = convert(folder, *small, "in", "out")
    assert streamed.returncode == done.returncode == 0 and not done.stdout, (streamed, done)
    assert streamed.stdout == (folder / "out").read_bytes() != b""
    back = convert(folder, *small, "out", "--from", "flat", "--to", "json")
    assert json.loads(back.stdout) == {"truth": False, "number": 42, "inner": {"text": "x"}}, back


def large_messages_fit(folder):
    value = {"data": [i % 251 for i in range(300000)], "texts": ["y" * 70000]}
    done = convert(folder, RICH, "Rich", contents=json.dumps(value).encode())
    assert done.returncode == 0 and len(done.stdout) > 370000, done.stderr
    back = json.loads(convert(folder, RICH, "Rich", "--from", "flat", "--to", "json", contents=done.stdout).stdout)
    assert back["data"] == value["data"] and back["texts"] == value["texts"]


def what_is_wrong_is_told(folder):
    write_schema(folder)
    small = ["small.capnp", "Small", "-I", "imports"]
    (folder / "in.json").write_text('{\n  "number": 1,\n  "inner": {\n    "txt": 1\n  }\n}')
    refuse(folder, "in.json:4: inner.txt: unknown key; expected one of: text", *small, "in.json")
    refuse(folder, "in.json:4: inner.txt: unknown key; expected one of: text", *small, "in.json", "out")
    assert not (folder / "out").exists()
    refuse(folder, "/dev/stdin:1: number: 65536; expected a whole number from 0 to 65535", *small,
           contents=b'{"number": 65536}')
    refuse(folder, "/dev/stdin:1: number: stands twice in one object; expected each key once", *small,
           contents=b'{"number": 1, "number": 2}')
    refuse(folder, "small.capnp: there is no struct \"Smal\"", "small.capnp", "Smal", "-I", "imports")
    refuse(folder, "small.capnp: there are several structs \"Twin\"; expected FILE.capnp:NAME", "small.capnp",
           "Twin", "-I", "imports")
    refuse(folder, "cannot read /dev/stdin: it is larger than 16777216 bytes",
           *small, contents=b" " * (16 << 20) + b"{}")
    done = convert(folder, "small.capnp", "Small")
    assert done.returncode == 1 and b"small.capnp:1" in done.stderr, done
    done = convert(folder, "none.capnp", "Small")
    assert done.returncode == 1 and b"none.capnp: no such file" in done.stderr, done


def spoilt_messages_are_refused(folder):
    small = [RICH, "Rich", "--to", "json"]
    good = convert(folder, RICH, "Rich", "--to", "framed", contents=b'{"text": "abc"}').stdout
    refuse(folder, "/dev/stdin: not a framed message", *small, "--from", "framed", contents=good[:-8])
    refuse(folder, "/dev/stdin: there is something behind the message", *small, "--from", "framed",
           contents=good + bytes(8))
    for spoilt in (good[8:-8], b"x"):
        refuse(folder, "/dev/stdin: not a valid message without capabilities", *small, "--from", "flat", contents=spoilt)


TESTS = [files_and_streams_are_the_same, large_messages_fit, what_is_wrong_is_told, spoilt_messages_are_refused]


def main():
    failed = 0
    for test in TESTS:
        with tempfile.TemporaryDirectory() as folder:
            try:
                test(pathlib.Path(folder))
                print(f"ok {test.__name__}")
            except AssertionError as error:
                print(f"not ok {test.__name__}: {str(error)[:2000]}")
                failed = 1
    return failed


if __name__ == "__main__":
    sys.exit(main())

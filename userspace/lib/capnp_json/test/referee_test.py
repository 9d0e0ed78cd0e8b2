#!/usr/bin/python3
"""The JSON codec beside Debian's capnp: random values of rich.capnp, both ways.
SPDX-License-Identifier: Apache-2.0

JSON -> message: the same bytes as capnp's canonical ones. Message -> JSON: the same values as capnp's.
ROUNDS=1000 for more rounds, SEED=7 to repeat one.
"""

import json
import os
import pathlib
import random
import struct
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[4]
SCHEMA = ROOT / "userspace/lib/capnp_json/test/rich.capnp"
PROGRAM = (ROOT / os.environ.get("BUILD", "build") / "test/mkmanifest/mkmanifest").resolve()
ROUNDS = int(os.environ.get("ROUNDS", "25"))
SEED = int(os.environ.get("SEED", "1"))

LETTERS = "abz \"\\/\n\t\0é€😀\x7f"


class Values:
    """Random JSON of what rich.capnp has."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def whole(self, bits, signed):
        low, high = (-(1 << bits - 1), (1 << bits - 1) - 1) if signed else (0, (1 << bits) - 1)
        value = self.random.choice([low, high, 0, 1, self.random.randint(low, high)])
        return value if bits < 64 and self.random.random() < 0.8 else str(value)

    def real(self, bits):
        value = self.random.choice([0.0, -1.5, 1e30, 3.14159, "NaN", "Infinity", "-Infinity", "2.25",
                                    self.random.uniform(-1e9, 1e9)])
        if bits == 32 and isinstance(value, float):
            return struct.unpack("f", struct.pack("f", value))[0]
        return value

    def text(self):
        return "".join(self.random.choice(LETTERS) for _ in range(self.random.randint(0, 12)))

    def data(self):
        return [self.random.randint(0, 255) for _ in range(self.random.randint(0, 9))]

    def colour(self):
        return self.random.choice(["red", "green", "blueIsh", 3, 65535])

    def truth(self):
        return self.random.random() < 0.5

    def several(self, make, most=5):
        return [make() for _ in range(self.random.randint(0, most))]

    def some(self, members):
        """An object of some of the members."""
        return {name: make() for name, make in members.items() if self.random.random() < 0.5}

    def inner(self):
        return self.some({"a": lambda: self.whole(8, False), "b": self.text, "c": lambda: self.real(32)})

    def place(self):
        deep = lambda: self.some({"note": self.text, "level": lambda: self.whole(8, False)})
        return self.some({"x": lambda: self.whole(32, True), "y": lambda: self.whole(32, True), "deep": deep})

    def member(self):
        """What the unnamed union is set to."""
        pair = lambda: self.some({"left": lambda: self.whole(32, True), "right": self.text})
        name, make = self.random.choice([("first", lambda: self.whole(16, False)), ("second", self.text),
                                         ("third", lambda: None), ("pair", pair)])
        return {name: make()}

    def either(self, depth):
        choices = [("none", lambda: None), ("number", lambda: self.real(32))]
        if depth:
            choices.append(("child", lambda: self.rich(depth - 1)))
        name, make = self.random.choice(choices)
        return {name: make()}

    def rich(self, depth):
        value = self.some({
            "nothing": lambda: None, "truth": self.truth, "lie": self.truth,
            "i8": lambda: self.whole(8, True), "i16": lambda: self.whole(16, True),
            "i32": lambda: self.whole(32, True), "i64": lambda: self.whole(64, True),
            "u8": lambda: self.whole(8, False), "u16": lambda: self.whole(16, False),
            "u32": lambda: self.whole(32, False), "u64": lambda: self.whole(64, False),
            "f32": lambda: self.real(32), "f64": lambda: self.real(64), "colour": self.colour,
            "text": self.text, "named": self.text, "data": self.data, "inner": self.inner,
            "truths": lambda: self.several(self.truth, 20), "nothings": lambda: self.several(lambda: None),
            "bytes": lambda: self.several(lambda: self.whole(8, True)),
            "longs": lambda: self.several(lambda: self.whole(64, False)),
            "reals": lambda: self.several(lambda: self.real(64)), "colours": lambda: self.several(self.colour),
            "texts": lambda: self.several(self.text), "datas": lambda: self.several(self.data),
            "inners": lambda: self.several(self.inner),
            "table": lambda: self.several(lambda: self.several(lambda: self.whole(16, True))),
            "tables": lambda: self.several(lambda: self.several(self.inner, 2), 2),
            "either": lambda: self.either(depth), "place": self.place,
        })
        if self.truth():
            value.update(self.member())
        if depth:
            value["many"] = self.several(lambda: self.rich(depth - 1), 3)
        members = list(value.items())
        self.random.shuffle(members)
        return dict(members)


def capnp(how, contents):
    return subprocess.run(["capnp", "convert", "--quiet", how, SCHEMA, "Rich"], input=contents, check=True,
                          stdout=subprocess.PIPE).stdout


def ours(contents, *options):
    with tempfile.NamedTemporaryFile() as file:
        file.write(contents)
        file.flush()
        return subprocess.run([PROGRAM, "--convert", SCHEMA, "Rich", file.name, *options], check=True,
                              stdout=subprocess.PIPE).stdout


def check(value):
    # Not escaped: capnp 0.9.2 reads "\\u20ac" wrongly.
    text = json.dumps(value, ensure_ascii=False).encode()
    expected = capnp("json:canonical", text)
    assert ours(text) == expected, "ours is not capnp's canonical message"
    back = json.loads(ours(expected, "--from", "flat", "--to", "json"))
    assert back == json.loads(capnp("flat:json", expected)), "ours is not capnp's JSON"
    assert ours(capnp("json:binary", text), "--from", "framed") == expected, "a framed message is not the same"
    assert capnp("binary:canonical", ours(text, "--to", "framed")) == expected, "capnp does not read our frame"


def main():
    print(f"# seed {SEED}, {ROUNDS} rounds")
    for seed in range(SEED, SEED + ROUNDS):
        value = Values(seed).rich(2)
        try:
            check(value)
        except (AssertionError, subprocess.CalledProcessError) as error:
            print(f"not ok referee: SEED={seed}: {error}: {json.dumps(value)[:2000]}")
            return 1
    print("ok values_are_capnps_both_ways")
    return 0


if __name__ == "__main__":
    sys.exit(main())

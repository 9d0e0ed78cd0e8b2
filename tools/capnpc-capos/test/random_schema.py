#!/usr/bin/env python3
"""Prints a random schema, whose struct Root leads to all others: random_schema.py SEED

SPDX-License-Identifier: Apache-2.0
"""
import random
import re
import sys

SCALARS = ("Bool", "Int8", "Int16", "Int32", "Int64", "UInt8", "UInt16", "UInt32", "UInt64", "Float32", "Float64")
KEYWORDS = ("int", "long", "default", "struct", "while", "union")


class Schema:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.enums = [f"E{i}" for i in range(self.random.randint(1, 3))]
        self.structs = [f"S{i}" for i in range(self.random.randint(2, 6))]
        self.lines = [f"@0x{0xf000000000000000 + seed:x};", 'using C = import "/abi/c.capnp";',
                      f'$C.prefix("random{seed}");']

    def say(self, depth, line):
        self.lines.append("  " * depth + line)

    def type(self, below):
        """A type, and a default of it or "". Structs are of those BELOW, so that values end."""
        kind = self.random.choice(["scalar"] * 6 + ["enum", "Text", "Data", "struct", "struct", "list", "list", "any"])
        if kind == "scalar":
            name = self.random.choice(SCALARS)
            return name, self.scalar(name)
        if kind == "enum":
            return self.random.choice(self.enums), self.random.choice(["", " = e1"])
        if kind in ("Text", "Data"):
            return kind, self.random.choice(["", ' = "dflt"' if kind == "Text" else ' = 0x"01 02"'])
        if kind == "any":
            return self.random.choice(["AnyPointer", "AnyStruct", "AnyList"]), ""
        if kind == "struct":
            return (self.random.choice(below) if below else "Void"), ""
        return self.list(below)

    def list(self, below):
        element = self.random.choice(SCALARS + ("Void", "Text", "Data", self.random.choice(self.enums)) + tuple(below))
        default = " = [1, 2, 3]" if element.startswith("UInt") and self.random.random() < 0.3 else ""
        for _ in range(self.random.choice([0, 0, 0, 1, 2])):
            element, default = f"List({element})", ""
        return f"List({element})", default

    def scalar(self, name):
        if self.random.random() < 0.6:
            return ""
        if name == "Bool":
            return " = true"
        if name.startswith("Float"):
            return f" = {self.random.choice(['inf', '-inf', '0.125', '-1e10', '-0.0'])}"
        bits = int(name.lstrip("UInt"))
        low, high = (0, 2 ** bits - 1) if name[0] == "U" else (-2 ** (bits - 1), 2 ** (bits - 1) - 1)
        return f" = {self.random.choice([low, high, self.random.randint(low, high)])}"

    def fields(self, depth, ordinal, below, n):
        """N members of a struct, group or union; returns the next ordinal."""
        for i in range(n):
            name = f"{self.random.choice('abcxyz')}{'Field' if i % 2 else ''}{ordinal}{i}" if self.random.random() < 0.9 \
                else f"{self.random.choice(KEYWORDS)}{ordinal}{i}"
            if depth < 3 and self.random.random() < 0.2:
                kind = self.random.choice(["group", "union"])
                self.say(depth, f"{name} :{kind} {{")
                ordinal = self.fields(depth + 1, ordinal, below, self.random.randint(2, 4))
                self.say(depth, "}")
            else:
                kind, default = self.type(below)
                self.say(depth, f"{name} @{ordinal} :{kind}{default};")
                ordinal += 1
        return ordinal

    def struct(self, name, below):
        self.say(0, f"struct {name} {{")
        first = len(self.lines)
        ordinal = self.fields(1, 0, below, self.random.randint(0, 12))
        if self.random.random() < 0.5:
            self.say(1, "union {")
            ordinal = self.fields(2, ordinal, below, self.random.randint(2, 5))
            self.say(1, "}")
        self.say(0, "}")
        shuffled = self.random.sample(range(ordinal), ordinal)
        for i in range(first, len(self.lines)):
            self.lines[i] = re.sub(r"@(\d+)", lambda m: f"@{shuffled[int(m[1])]}", self.lines[i])

    def text(self):
        for name in self.enums:
            self.say(0, f"enum {name} {{ e0 @0; e1 @1; e2 @2; }}")
        for i, name in enumerate(self.structs):
            self.struct(name, self.structs[:i])
        self.say(0, "struct Root {")
        for i, name in enumerate(self.structs):
            self.say(1, f"field{i} @{2 * i} :{name};")
            self.say(1, f"list{i} @{2 * i + 1} :List({name});")
        self.say(0, "}")
        return "\n".join(self.lines) + "\n"


print(Schema(int(sys.argv[1])).text(), end="")

#!/usr/bin/env python3
"""Compares what the kernel says of its interfaces with kernel.capnp, as Debian's capnp understands it.

SPDX-License-Identifier: Apache-2.0

The kernel has no generated code: it names interfaces, methods and fields by number. Here each number is checked:
ids and methods of abi/interfaces.h, and in kernel/object/ the offset of each parameter that a method reads, of
each result that it builds, the size of its results, and how many capabilities are among them.
"""
import os
import re
import subprocess
import tempfile

KERNEL = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
METHOD = re.compile(r"^( *)(\w+) @(\d+) \((.*)\) -> \((.*)\);", re.M)
PLACE = re.compile(r"(\w+) @\d+ :([\w.]+)\S*;\s+# (?:bits\[(\d+), (\d+)\)|ptr\[(\d+)\])")


def read(path):
    with open(os.path.join(KERNEL, path), encoding="utf-8") as file:
        return file.read()


def describe(path):
    """The schema as capnp prints it, with the places of fields."""
    return subprocess.run(["capnp", "compile", "-ocapnp", path], check=True, capture_output=True, text=True).stdout


def method_structs(schema):
    """SCHEMA with a struct more beside each method for its parameters, and for its results: capnp tells
    the places of a struct's fields, but not of a method's."""
    def structs(match):
        indent, name = match[1], match[2][0].upper() + match[2][1:]
        fields = [re.sub(r"(\w+) :", lambda field, n=iter(range(99)): f"{field[1]} @{next(n)} :", part.replace(", ", "; "))
                  for part in (match[4], match[5])]
        return match[0] + "".join(f"\n{indent}struct {name}{kind} {{ {part}{';' if part else ''} }}"
                                  for kind, part in zip(("Params", "Results"), fields))
    return METHOD.sub(structs, schema)


class Struct:
    def __init__(self, head, body):
        sizes = re.search(r"# (\d+) bytes, (\d+) ptrs", head)
        self.data_words, self.pointers = int(sizes[1]) // 8, int(sizes[2])
        self.fields = {(int(m[3]), int(m[4]) - int(m[3])) for m in PLACE.finditer(body) if m[3]}
        builtin = ("Text", "Data", "List")
        self.caps = sum(1 for m in PLACE.finditer(body) if m[5] and not m[2].startswith(builtin) and m[2] != "Budget")


def interfaces():
    """{interface: (id, [(method, parameters, results)])}"""
    with tempfile.NamedTemporaryFile("w", suffix=".capnp") as file:
        file.write(method_structs(describe(os.path.join(KERNEL, "abi/kernel.capnp"))))
        file.flush()
        text = describe(file.name)
    found = {}
    for match in re.finditer(r"^interface (\w+) @(\w+) \{(.*?)^\}", text, re.M | re.S):
        structs = {m[1]: Struct(m[2], m[3])
                   for m in re.finditer(r"^  struct (\w+) (@\w+ \{.*?\n)(.*?)^  \}", match[3], re.M | re.S)}
        methods = sorted((int(m[3]), m[2]) for m in METHOD.finditer(match[3]))
        assert [n for n, _ in methods] == list(range(len(methods)))
        found[match[1]] = (int(match[2], 16), [
            (name, structs[name[0].upper() + name[1:] + "Params"], structs[name[0].upper() + name[1:] + "Results"])
            for _, name in methods])
    return found


def constant(name):
    """terminalSession and TerminalSession as TERMINAL_SESSION"""
    return re.sub(r"(?<!^)([A-Z])", r"_\1", name).upper()


def check_header(schema):
    """The numbers of interfaces.h; yields what is wrong."""
    header = read("abi/interfaces.h")
    ids = {m[1]: int(m[2], 16) for m in re.finditer(r"#define INTERFACE_(\w+)\s+(0x\w+)", header)}
    enums = [re.findall(r"\w+", m[1]) for m in re.finditer(r"^enum \{(.*?)\};", header, re.M | re.S)]
    wanted = {constant(name): number for name, (number, _) in schema.items()}
    for name in sorted(ids.keys() | wanted.keys()):
        if ids.get(name) != wanted.get(name):
            yield f"INTERFACE_{name} is {ids.get(name)}, the schema says {wanted.get(name)}"
    for name, (_, methods) in schema.items():
        want = [constant(name) + "_" + constant(m) for m, _, _ in methods] + [constant(name) + "_METHODS"]
        if methods and want not in enums:
            yield f"there is no enum of {' '.join(want)}"


def function_body(source, name):
    match = re.search(r"^[^\n]*\b" + name + r"\([^;{]*\)\n\{\n(.*?)^\}", source, re.M | re.S)
    return match[1] if match else ""


def reachable(source, name, seen):
    """The text of the function NAME, and of those that it has in the same file to read and build."""
    if name in seen:
        return ""
    seen.add(name)
    body = function_body(source, name)
    return body + "".join(reachable(source, called, seen) for called in set(re.findall(r"\b((?:read|build)_\w+)\(", body)))


def check_method(name, body, params, results):
    """What NAME's code, BODY, reads and builds; yields what is wrong."""
    for m in re.finditer(r"message_u(\d+)\((?:&invocation->)?params, (\d+)\)", body):
        if (int(m[2]) * 8, int(m[1])) not in params.fields:
            yield f"{name} reads {m[1]} bits at {m[2]} of its parameters, where no such field is"
    for m in re.finditer(r"builder_u(\d+)\(&results, (\d+),", body):
        if (int(m[2]) * 8, int(m[1])) not in results.fields:
            yield f"{name} builds {m[1]} bits at {m[2]} of its results, where no such field is"
    for m in re.finditer(r"builder_bool\(&results, (\d+),", body):
        if (int(m[1]), 1) not in results.fields:
            yield f"{name} builds bit {m[1]} of its results, where no such field is"
    for m in re.finditer(r"(?:builder_root|invocation_results)\(\S+, (\d+), (\d+)\)", body):
        if (int(m[1]), int(m[2])) != (results.data_words, results.pointers):
            yield (f"{name} builds {m[1]} words and {m[2]} pointers, the schema says {results.data_words} "
                   f"and {results.pointers}")


def check_objects(schema):
    """The tables of methods in kernel/object/; yields what is wrong. Each method must be in one."""
    by_constant = {constant(i) + "_" + constant(m): (params, results)
                   for i, (_, methods) in schema.items() for m, params, results in methods}
    missing = set(by_constant)
    for name in sorted(os.listdir(os.path.join(KERNEL, "object"))):
        source = read("object/" + name) if name.endswith(".c") else ""
        for m in re.finditer(r"^    \[(\w+)\] = \{(\w+), ([^,]+), (\d+)(?:, .takes_caps = true)?\},", source, re.M):
            if m[1] not in by_constant:
                yield f"object/{name}: {m[1]} is no method"
                continue
            params, results = by_constant[m[1]]
            missing.discard(m[1])
            least = 1 + results.data_words + results.pointers
            if m[3].isdigit() and int(m[3]) < least and m[2] != "exit_thread":
                yield f"object/{name}: {m[1]} has {m[3]} words of results, the schema says at least {least}"
            if int(m[4]) != results.caps:
                yield f"object/{name}: {m[1]} has {m[4]} capabilities, the schema says {results.caps}"
            body = reachable(source, m[2], set())
            if not body:
                yield f"object/{name}: there is no function {m[2]}"
            for wrong in check_method(m[1], body, params, results):
                yield f"object/{name}: {wrong}"
    for name in sorted(missing):
        yield f"no object implements {name}"


def main():
    schema = interfaces()
    failed = False
    for test, check in (("interface_numbers", check_header), ("object_layouts", check_objects)):
        wrong = list(check(schema))
        failed = failed or bool(wrong)
        print(f"not ok {test}: {'; '.join(wrong)}" if wrong else f"ok {test}")
    return failed


if __name__ == "__main__":
    raise SystemExit(main())

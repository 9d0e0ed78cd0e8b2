#!/usr/bin/python3 -B
"""Runs each test_… of the *_test.py beside it: "ok NAME" or "not ok NAME: why".
SPDX-License-Identifier: Apache-2.0

Every test gets an empty folder for itself.
"""

import importlib
import pathlib
import sys
import tempfile
import traceback

HERE = pathlib.Path(__file__).resolve().parent


def run(name, test):
    with tempfile.TemporaryDirectory() as folder:
        try:
            test(pathlib.Path(folder))
        except Exception as error:  # whatever it is, the test failed
            at = traceback.extract_tb(error.__traceback__)[-1]
            print(f"not ok {name}: {at.line}: {type(error).__name__}: {error}".replace("\n", " | "))
            return False
    print(f"ok {name}")
    return True


def main():
    sys.path[:0] = [str(HERE.parent), str(HERE)]
    good = True
    for path in sorted(HERE.glob("*_test.py")):
        if path.name == "bench_test.py":
            continue
        module = importlib.import_module(path.stem)
        for name, test in vars(module).items():
            if name.startswith("test_"):
                good = run(f"{path.stem}.{name[5:]}", test) and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/python3 -B
"""Measures capOS and its peers: writes BUILD/bench/bench.json, and the same as a table.
SPDX-License-Identifier: Apache-2.0

    bench.py [GROUP]    one group, or all

Ends with status 1 if something could not be measured, which is then said. A target that is missed
is a result, not a failure.
"""

import os
import pathlib
import signal
import sys

import harness_group
import ipc_group
import kernel_group
import messages_group
import report
import system_group

GROUPS = {
    "harness": harness_group.measure,
    "ipc": ipc_group.measure,
    "kernel": kernel_group.measure,
    "messages": messages_group.measure,
    "system": system_group.measure,
}


def chosen(arguments):
    if not arguments:
        return list(GROUPS)
    if len(arguments) > 1 or arguments[0] not in GROUPS:
        sys.exit(f"bench: want one group of: {', '.join(GROUPS)}")
    return arguments


def main(arguments):
    groups = chosen(arguments)
    build = pathlib.Path(os.environ.get("BUILD", "build"))
    (build / "bench").mkdir(parents=True, exist_ok=True)
    rows, troubles = [], []
    for group in groups:
        more, trouble = GROUPS[group](build)
        rows += more
        troubles += trouble
    report.write(build / "bench" / "bench.json", rows)
    print("\n".join(report.table(rows)))
    for trouble in troubles:
        print(f"bench: {trouble}", file=sys.stderr)
    return 1 if troubles else 0


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # as Ctrl-C: machines are stopped
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)

"""The group "ipc": calls between processes.
SPDX-License-Identifier: Apache-2.0
"""

import guest_group
import lock

PIPES = "Linux: a request and an answer through pipes"


def lock_held(build):
    guests = build / "bench" / "guest"
    package = build / "bench" / "ipc.package"
    kernel = build / "kernel" / "capos.elf"
    return round(lock.share(kernel, package, guests / "ipc.elf", "call_once", "bench ipc.call "), 1)


GROUP = guest_group.Group(
    "ipc",
    linux={"counted-1": "ipc", "timed": "pairs"},
    linux_notes={
        "ipc.call": PIPES,
        "ipc.call_1k": PIPES,
        "ipc.call_4k": PIPES,
        "ipc.call_cap": "Linux: SCM_RIGHTS through a UNIX socket, and close()",
        "ipc.call_kit": f"{PIPES}, nothing read or written of them",
        "ipc.call_session": "Linux: SCM_CREDENTIALS through a UNIX socket",
        "ipc.notify": "Linux: eventfd",
        "ipc.channel": "Linux: a ring in shared memory whose ends trust each other, and futexes",
        "ipc.across_time": f"{PIPES}, each process pinned to a processor",
        "ipc.pairs": f"{PIPES}, each pair pinned to a processor",
    },
    traced={"ipc.lock_held": lock_held},
    ours_alone=(
        "ipc.across",
        "ipc.across_wait",
        "ipc.pairs_wait",
        "ipc.pipelined",
        "ipc.pipelining",
        "ipc.revoke",
        "ipc.revoke_many",
        "ipc.two_calls",
    ),
)


def measure(build):
    return guest_group.measure(GROUP, build)

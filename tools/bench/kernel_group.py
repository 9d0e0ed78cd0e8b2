"""The group "kernel": single operations, two processors, booting.
SPDX-License-Identifier: Apache-2.0
"""

import guest_group

GROUP = guest_group.Group(
    "kernel",
    linux={"counted-1": "counts", "timed": "smp"},
    linux_notes={
        "kernel.boot": "Linux from reset, firmware included, on 1 processor",
        "kernel.enter": "Linux: getppid",
        "kernel.nop": "Linux: getppid",
        "kernel.timer_now": "Linux: clock_gettime by system call",
        "kernel.page_map": "Linux: mmap, write, munmap",
        "kernel.thread": "Linux: pthread_create, pthread_join",
        "kernel.process": "Linux: vfork, execve, exit, waitpid",
        "kernel.park": "Linux: futex, from wake to the woken thread's next instruction",
    },
    ours_alone=("kernel.nop_batched",),
)


def measure(build):
    return guest_group.measure(GROUP, build)

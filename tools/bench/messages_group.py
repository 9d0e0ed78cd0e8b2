"""The group "messages": encoding and decoding, beside the C++ library of Cap'n Proto.
SPDX-License-Identifier: Apache-2.0
"""

import guest_group

CPP = "Linux: Debian's C++ library, message in memory of the caller's"

GROUP = guest_group.Group(
    "messages",
    linux={"counted-1": "messages"},
    linux_notes={"messages.encode": CPP, "messages.decode": CPP},
)


def measure(build):
    return guest_group.measure(GROUP, build)

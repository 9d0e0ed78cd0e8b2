#!/usr/bin/env python3
"""Prints a manifest with as many services, exports and grants as there can be.

SPDX-License-Identifier: Apache-2.0

Of 24 services 2 export 32 interfaces each, and 8 are granted 32 capabilities each; the last of those tells what
it got.
"""

import json

BUDGET = {"frames": 64, "objects": 8, "calls": 8, "timers": 2, "caps": 64}
CONSOLE = {"name": "console", "interface": "Console", "source": {"kernel": "console"}}


def service(name, program="waiter", **more):
    return {"name": name, "program": program, "budget": BUDGET, **more}


def grants(n):
    sources = [{"service": f"server-{i % 2}", "name": f"timer-{i}"} for i in range(n)]
    return [{"name": f"grant-{i}", "interface": "Timer", "source": {"export": source}}
            for i, source in enumerate(sources)]


exports = [{"name": f"timer-{i}", "interface": "Timer"} for i in range(32)]
services = [service(f"server-{i}", exports=exports) for i in range(2)]
services += [service(f"bystander-{i}") for i in range(14)]
services += [service(f"client-{i}", grants=grants(32)) for i in range(7)]
services += [service("witness", "witness", grants=[CONSOLE] + grants(31), essential=True)]
print(json.dumps({"system": {"name": "limits", "services": services, "powerOff": "whenTold"}}, indent=1))

"""Commands for gdb that show capOS from inside: capos cpus, processes, threads, caps, ring.
SPDX-License-Identifier: Apache-2.0

They read the kernel's structures by its debug information, and change nothing. The machine may have stopped in
the middle of a change, or be broken: every list is followed for a bounded number of steps, and what cannot be
read becomes one line of error.
"""

import os
import re

import gdb

LIST_MAX = 100000
FRAME_LEN = 4096  # which entries of a capability table fill
TIME_NONE = (1 << 64) - 1


# --- values ---------------------------------------------------------------------------------------


def evaluate(expression):
    try:
        return gdb.parse_and_eval(expression)
    except gdb.error as error:
        raise gdb.GdbError(f"{error} (the program must be capos.elf, with its debug information)") from None


def offset_of(type_name, member):
    for field in gdb.lookup_type(type_name).fields():
        if field.name == member:
            return field.bitpos // 8
    raise gdb.GdbError(f"{type_name} has no {member}")


def entries(head, type_name, member):
    """The structures of a list (kernel/lib/list.h) whose HEAD is a struct list."""
    pointer = gdb.lookup_type(type_name).pointer()
    offset = offset_of(type_name, member)
    end, node = int(head.address), head["next"]
    for _ in range(LIST_MAX):
        if int(node) == end:
            return
        yield gdb.Value(int(node) - offset).cast(pointer).dereference()
        node = node["next"]
    raise gdb.GdbError(f"a list of {type_name} does not end")


def word(enumerator):
    """ "waiting" of THREAD_WAITING; the number when it has no name."""
    return str(enumerator).split("_", 1)[-1].lower()


def enum_name(type_name, number):
    name = str(gdb.Value(number).cast(gdb.lookup_type(type_name)))
    return name.split("_", 1)[1] if re.fullmatch(r"[A-Z]\w+", name) else name


def error_name(number):
    """Of the unnamed enumeration in err.h, which is found by one of its members."""
    symbol = gdb.lookup_symbol("ERR_OK")[0] or gdb.lookup_static_symbol("ERR_OK")
    for field in symbol.type.fields() if symbol else []:
        if field.enumval == number:
            return field.name.split("_", 1)[1]
    return str(number)


def text(chars):
    """A char array, up to its end or its first zero."""
    data = bytes(int(chars[i]) & 0xFF for i in range(chars.type.range()[1] + 1))
    return data.split(b"\0")[0].decode("ascii", "backslashreplace")


def interface_names():
    """By id, from the schema beside this script; none without it."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../kernel/abi/kernel.capnp")
    try:
        with open(path, encoding="utf-8") as schema:
            found = re.findall(r"^interface (\w+) @(0x[0-9a-f]+)", schema.read(), re.M)
    except OSError:
        return {}
    return {int(number, 16): name for name, number in found}


INTERFACES = interface_names()


def interface_name(number):
    return INTERFACES.get(number, f"{number:#x}")


def time_text(ns):
    return "-" if ns == TIME_NONE else f"{ns / 1e9:.6f}"


# --- what there is --------------------------------------------------------------------------------


def cpus():
    array, found = evaluate("cpus"), evaluate("'kernel/sched/cpu.c'::found")
    return [array[i] for i in range(int(found))]


def processes():
    """The first process and, depth first, all that descend from it."""
    first = evaluate("'kernel/process/system.c'::init")
    found, left = [], [first.dereference()] if first else []
    while left and len(found) < LIST_MAX:
        process = left.pop()
        found.append(process)
        left += reversed(list(entries(process["children"], "struct process", "in_parent")))
    return found


def threads_of(process):
    return list(entries(process["threads"], "struct thread", "in_process"))


def process_text(process):
    return f"{int(process['id'])} {text(process['name'])}"


def selected_cpu():
    """The processor that gdb looks at; QEMU numbers them from 1 on, as threads. None for others."""
    thread = gdb.selected_thread()
    return thread.num - 1 if thread else None


def current_thread():
    """Of the processor that gdb looks at; None when it idles."""
    number = selected_cpu()
    found = cpus()
    if number is None or number >= len(found) or not found[number]["current"]:
        return None
    return found[number]["current"].dereference()


def find_process(argument):
    """By number or name; without one, that of the current thread."""
    if argument:
        for process in processes():
            if argument in (str(int(process["id"])), text(process["name"])):
                return process
        raise gdb.GdbError(f'no process is "{argument}" (capos processes lists them)')
    thread = current_thread()
    if not thread or not thread["process"]:
        raise gdb.GdbError("this processor runs no thread: say which process")
    return thread["process"].dereference()


def find_thread(argument):
    """By number; without one, the current thread."""
    if argument:
        for process in processes():
            for thread in threads_of(process):
                if argument == str(int(thread["id"])):
                    return thread
        raise gdb.GdbError(f'no thread is "{argument}" (capos threads lists them)')
    thread = current_thread()
    if not thread:
        raise gdb.GdbError("this processor runs no thread: say which one")
    return thread


# --- what is shown --------------------------------------------------------------------------------


def print_table(head, rows):
    """Nothing at all when there are no rows."""
    rows = [[str(cell) for cell in row] for row in rows]
    if not rows:
        return
    rows.insert(0, head)
    widths = [max(len(row[i]) for row in rows) for i in range(len(head))]
    for row in rows:
        gdb.write("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() + "\n")


def cpu_row(cpu):
    thread, process = cpu["current"], "-"
    if thread and thread["process"]:
        process = process_text(thread["process"])
    if not cpu["online"]:
        state = "off"
    elif cpu["in_user"]:
        state = "user"
    else:
        state = "kernel" if thread else "idle"
    mark = "*" if int(cpu["id"]) == selected_cpu() else ""
    return [
        f"{int(cpu['id'])}{mark}",
        state,
        int(thread["id"]) if thread else "-",
        process,
        int(cpu["queue"]["n"]),
        time_text(int(cpu["armed"])),
    ]


def show_cpus():
    print_table(["CPU", "STATE", "THREAD", "PROCESS", "READY", "TIMER"], map(cpu_row, cpus()))


LEDGER = ["FRAMES", "OBJECTS", "CALLS", "TIMERS", "CAPS"]


def ledger_cells(ledger):
    kinds = [int(evaluate(f"(int)LEDGER_{kind}")) for kind in LEDGER]
    return [f"{int(ledger['used'][kind])}/{int(ledger['limits'][kind])}" for kind in kinds]


def session_text(session):
    if not session:
        return "-"
    return f"{int(session['id'])}" + ("" if session["live"] else " (ended)")


def process_row(process):
    return [
        int(process["id"]),
        text(process["name"]),
        word(process["state"]),
        session_text(process["session"]),
        int(process["n_threads"]),
    ] + ledger_cells(process["ledger"])


def show_processes():
    print_table(["ID", "NAME", "STATE", "SESSION", "THREADS"] + LEDGER, map(process_row, processes()))


def waiting_text(thread):
    """What cap_enter() waits for."""
    if word(thread["state"]) != "waiting":
        return "-"
    deadline = thread["deadline"]
    until = f" until {time_text(int(deadline['deadline']))}" if deadline["cpu"] else ""
    return f"{int(thread['min_complete'])} completions{until}"


def thread_row(thread):
    # While it runs in user mode its registers are the processor's.
    in_user = thread["cpu"] and thread["cpu"]["in_user"] and word(thread["state"]) == "running"
    return [
        int(thread["id"]),
        process_text(thread["process"]),
        word(thread["state"]),
        int(thread["cpu"]["id"]) if thread["cpu"] else "-",
        int(thread["priority"]),
        int(thread["ring"]["in_flight"]),
        waiting_text(thread),
        "-" if in_user else f"{int(thread['arch']['frame']['rip']):#x}",
    ]


def show_threads():
    rows = [thread_row(thread) for process in processes() for thread in threads_of(process)]
    print_table(["ID", "PROCESS", "STATE", "CPU", "PRIORITY", "IN FLIGHT", "WAITS FOR", "USER RIP"], rows)


def caps_in(table):
    """Handle and entry of each capability in a table."""
    per_chunk = FRAME_LEN // gdb.lookup_type("struct cap").sizeof
    for i in range(int(table["n_chunks"])):
        for k in range(per_chunk):
            cap = table["chunks"][i][k]
            if cap["object"]:
                yield int(cap["generation"]) << 32 | i * per_chunk + k, cap


def cap_row(handle, cap):
    thing, rights = cap["object"], cap["rights"]
    return [
        f"{handle:#x}",
        interface_name(int(rights["interface_id"])),
        word(gdb.Value(int(rights["facet"])).cast(gdb.lookup_type("enum facet"))),
        f"{int(rights['cookie']):#x}",
        thing["type"]["name"].string(),
        f"{int(thing):#x}",
        int(thing["refs"]),
    ]


def show_caps(argument):
    process = find_process(argument)
    gdb.write(f"process {process_text(process)}: {int(process['caps']['used'])} capabilities\n")
    rows = [cap_row(handle, cap) for handle, cap in caps_in(process["caps"])]
    print_table(["HANDLE", "INTERFACE", "FACET", "COOKIE", "OBJECT", "AT", "REFERENCES"], rows)


def between(head, tail, size):
    """The places from HEAD to TAIL; none when the indices lie."""
    n = (tail - head) & 0xFFFFFFFF
    return [(head + i) & 0xFFFFFFFF for i in range(n if n <= size else 0)], n > size


def queue_title(name, words, lie):
    gdb.write(f"{name}: {words}" + (", which is a lie" if lie else "") + "\n")


def submission_row(place, entry):
    return [
        place,
        enum_name("enum ring_opcode", int(entry["opcode"])),
        f"{int(entry['user_data']):#x}",
        f"{int(entry['cap']):#x}",
        interface_name(int(entry["interface_id"])) if int(entry["interface_id"]) else "-",
        int(entry["method"]),
    ]


def show_submissions(state):
    page = state["page"]
    size = page["sq"].type.range()[1] + 1
    head, tail = int(state["sq_head"]), int(page["sq_tail"])
    places, lie = between(head, tail, size)
    queue_title("submissions", f"{head} taken, {tail} written", lie)
    rows = [submission_row(place, page["sq"][place % size]) for place in places]
    print_table(["  PLACE", "OPERATION", "USER DATA", "CAP", "INTERFACE", "METHOD"], indent(rows))


def status_text(status):
    names = {0: "done", 1: "exception", 2: "exception, cut"}
    return names.get(status) or (error_name(-status) if status < 0 else str(status))


def completion_row(place, entry):
    return [
        place,
        enum_name("enum ring_opcode", int(entry["opcode"])),
        f"{int(entry['user_data']):#x}",
        status_text(int(entry["status"])),
        int(entry["result_len"]),
        f"{int(entry['value']):#x}",
        int(entry["n_caps"]),
    ]


def show_completions(state):
    page = state["page"]
    size = page["cq"].type.range()[1] + 1
    head, tail = int(page["cq_head"]), int(state["cq_tail"])
    places, lie = between(head, tail, size)
    queue_title("completions", f"{tail} written, {head} read", lie)
    rows = [completion_row(place, page["cq"][place % size]) for place in places]
    print_table(["  PLACE", "OPERATION", "USER DATA", "STATUS", "BYTES", "VALUE", "CAPS"], indent(rows))


def call_row(call):
    thing, deadline = call["object"], call["deadline"]
    return [
        enum_name("enum ring_opcode", int(call["opcode"])),
        f"{int(call['user_data']):#x}",
        thing["type"]["name"].string() if thing else "-",
        time_text(int(deadline["deadline"])) if deadline["cpu"] else "-",
    ]


def indent(rows):
    return [[f"  {row[0]}"] + list(row[1:]) for row in rows]


def show_calls(thread):
    calls = [call_row(call) for call in entries(thread["calls"], "struct call", "in_thread")]
    gdb.write(f"in flight: {int(thread['ring']['in_flight'])}\n")
    print_table(["  OPERATION", "USER DATA", "OBJECT", "DEADLINE"], indent(calls))


def show_ring(argument):
    thread = find_thread(argument)
    state = thread["ring"]
    if not thread["process"] or not state["page"]:
        raise gdb.GdbError(f"thread {int(thread['id'])} has no ring any more")
    gdb.write(
        f"thread {int(thread['id'])} of process {process_text(thread['process'])}: ring at "
        f"{int(state['address']):#x}, arena of {int(state['arena_len'])} bytes\n"
    )
    show_submissions(state)
    show_completions(state)
    show_calls(thread)


# --- commands -------------------------------------------------------------------------------------


class Group(gdb.Command):
    """Shows capOS from inside: its processors, processes, threads, capabilities and rings."""

    def __init__(self):
        super().__init__("capos", gdb.COMMAND_STATUS, gdb.COMPLETE_COMMAND, prefix=True)


class Show(gdb.Command):
    def __init__(self, name, help_text, show, takes_argument):
        self.__doc__ = help_text
        self.show, self.takes_argument = show, takes_argument
        super().__init__(f"capos {name}", gdb.COMMAND_STATUS, gdb.COMPLETE_NONE)

    def invoke(self, argument, _from_tty):
        if argument and not self.takes_argument:
            raise gdb.GdbError("this command takes no argument")
        if not gdb.selected_inferior().pid:
            raise gdb.GdbError("no machine is being debugged (target remote SOCKET)")
        try:
            self.show(*([argument] if self.takes_argument else []))
        except gdb.MemoryError as error:
            raise gdb.GdbError(f"{error}: the kernel has not mapped itself yet, or is broken") from None


Group()
Show("cpus", "The processors, what they run, and when their timers fire (seconds since boot).", show_cpus, False)
Show("processes", "The processes, and what of their budgets they use.", show_processes, False)
Show("threads", "The threads of all processes, and what they wait for.", show_threads, False)
Show("caps", "capos caps [PROCESS]: a process's capabilities, by number or name.", show_caps, True)
Show("ring", "capos ring [THREAD]: what is in a thread's ring, and in flight.", show_ring, True)

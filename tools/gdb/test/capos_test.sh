#!/bin/sh
# Tests gdb's commands for capOS on the real kernel, stopped at two places of the programs of scenarios/ring.
# SPDX-License-Identifier: Apache-2.0
# shellcheck disable=SC2016,SC2317 # gdb's variables; the tests are called by name
#
# BUILD names the build directory, which holds the kernel and that scenario's boot package.
set -u
export LC_ALL=C
here=$(dirname -- "$0")
build=${BUILD:-build}
kernel=$build/kernel/capos.elf
package=$build/scenarios/packages/ring.package
top=$(mktemp -d) || exit 1
qemu=
trap 'end' EXIT
trap 'exit 1' HUP INT TERM
failed=0

end() {
    [ -z "$qemu" ] || kill "$qemu" 2>/dev/null
    rm -rf "$top"
}

fail() {
    why=${why:-$*}
}

run() {
    why=
    "$1"
    if [ -z "$why" ]; then
        echo "ok $1"
    else
        sed 's/^/# /' "$top/said"
        echo "not ok $1: $why"
        failed=1
    fi
}

start_machine() {
    qemu-system-x86_64 -accel tcg -cpu max -m 128 -smp 2 -nodefaults -display none -no-reboot \
        -kernel "$kernel" -initrd "$package" -S \
        -chardev "socket,id=gdb,path=$top/gdb,server=on,wait=off" -gdb chardev:gdb >"$top/qemu" 2>&1 &
    qemu=$!
    tries=0
    while [ ! -S "$top/gdb" ] && [ "$tries" -lt 100 ]; do
        tries=$((tries + 1))
        sleep 0.1
    done
}

# One session for all tests; "== NAME" begins what a test looks at.
debug() {
    timeout 120 gdb -nx -batch "$kernel" -x "$here/../capos.py" \
        -ex 'echo == none\n' -ex 'capos cpus' \
        -ex "target remote $top/gdb" \
        -ex 'echo == unmapped\n' -ex 'capos cpus' \
        -ex 'hbreak call_begin if thread->ring.in_flight == 4' -ex 'continue' -ex 'delete' \
        -ex 'echo == cpus\n' -ex 'capos cpus' \
        -ex 'echo == processes\n' -ex 'capos processes' \
        -ex 'echo == caps\n' -ex 'capos caps' \
        -ex 'echo == ring\n' -ex 'capos ring' \
        -ex 'set var thread->ring.page->sq_tail += 100' \
        -ex 'echo == lie\n' -ex 'capos ring 1' \
        -ex 'set var thread->ring.page->sq_tail -= 100' \
        -ex 'hbreak process_end if process->id == 2' -ex 'continue' \
        -ex 'echo == two\n' -ex 'capos processes' -ex 'capos threads' -ex 'capos caps leaver' \
        -ex 'echo == wrong\n' -ex 'capos caps nobody' -ex 'capos ring 99' -ex 'capos threads 1' \
        -ex 'set var process->in_parent.prev->next = (struct list *)8' \
        -ex 'echo == broken\n' -ex 'capos processes' \
        -ex 'kill' </dev/null >"$top/all" 2>&1
}

# section NAME: what gdb said there.
section() {
    awk -v name="$1" '/^== / { inside = $2 == name; next } inside' "$top/all" >"$top/said"
}

# has REGEX: a whole line of the section.
has() {
    grep -qxE -- "$1" "$top/said" || fail "no line \"$1\""
}

wants_a_machine() {
    section none
    has 'no machine is being debugged .*'
    section unmapped
    has 'Cannot access memory at address 0x[0-9a-f]+: the kernel has not mapped itself yet, or is broken'
}

shows_processors() {
    section cpus
    has 'CPU +STATE +THREAD +PROCESS +READY +TIMER'
    has '[01]\* +kernel +1 +1 init +0 +[0-9.-]+'
    has '[01] +idle +- +- +0 +[0-9.-]+'
}

shows_processes() {
    section processes
    has 'ID +NAME +STATE +SESSION +THREADS +FRAMES +OBJECTS +CALLS +TIMERS +CAPS'
    has '1 +init +running +1 +1 +[0-9]+/[0-9]+ +[0-9]+/[0-9]+ +4/[0-9]+ +[0-9]+/[0-9]+ +[0-9]+/[0-9]+'
}

shows_capabilities() {
    section caps
    has 'process 1 init: [0-9]+ capabilities'
    has '0x100000000 +Console +object +0x0 +console +0xf[0-9a-f]+ +2'
    said=$(sed -n 's/.*init: \([0-9]*\) cap.*/\1/p' "$top/said")
    rows=$(grep -c '^0x' "$top/said")
    [ "$rows" = "$said" ] || fail "$rows rows for $said capabilities"
}

shows_a_ring() {
    section ring
    has 'thread 1 of process 1 init: ring at 0x7f[0-9a-f]+, arena of 65536 bytes'
    has 'submissions: ([0-9]+) taken, [0-9]+ written'
    has '  [0-9]+ +PARK +0x[0-9a-f]+ +0x[0-9a-f]+ +- +0'
    has 'in flight: 4'
    [ "$(grep -cE '^  PARK +0x[0-9a-f]+ +- +([0-9.]+|-)$' "$top/said")" = 4 ] || fail 'not 4 operations in flight'
    has '  PARK +0x0 +- +[0-9.]+'
    has '  PARK +0x3 +- +-'
    section lie
    has 'submissions: .* written, which is a lie'
}

shows_two_processes() {
    section two
    has '2 +leaver +running +1 +1 .*'
    has '1 +1 init +waiting +[01] +4 +1 +1 completions +0x[0-9a-f]+'
    has '2 +2 leaver +running +[01] +4 +0 +- +0x[0-9a-f]+'
    has 'process 2 leaver: 0 capabilities'
}

says_what_is_wrong() {
    section wrong
    has 'no process is "nobody" .*'
    has 'no thread is "99" .*'
    has 'this command takes no argument'
    section broken
    has 'Cannot access memory at address 0x[0-9a-f]+: .*'
    grep -q Traceback "$top/all" && fail 'a Python traceback'
}

for file in "$kernel" "$package"; do
    if [ ! -e "$file" ]; then
        echo "not ok capos_test: there is no $file: make scenario-programs NAME=ring builds it"
        exit 1
    fi
done
start_machine
debug
run wants_a_machine
run shows_processors
run shows_processes
run shows_capabilities
run shows_a_ring
run shows_two_processes
run says_what_is_wrong
[ "$failed" = 0 ] || sed 's/^/# qemu: /' "$top/qemu"
exit "$failed"

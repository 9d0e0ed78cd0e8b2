#!/bin/sh
# Tests the dissector of the ring tap: a trace as the kernel would write it, and what tshark says of it.
# SPDX-License-Identifier: Apache-2.0
# shellcheck disable=SC2317 # the tests are called by name
#
# list.txt and frames.txt are what is expected. ACCEPT=1 writes them anew; then read the difference.
set -u
here=$(dirname -- "$0")
root=$here/../../..
top=$(mktemp -d) || exit 1
trap 'rm -rf "$top"' EXIT
trap 'exit 1' HUP INT TERM
# Nobody's settings.
export LC_ALL=C HOME="$top" XDG_CONFIG_HOME="$top" WIRESHARK_CONFIG_DIR="$top"
unset DISPLAY WAYLAND_DISPLAY
failed=0

# ringtap OPTION...: what the trace looks like; what tshark has to complain about as well, but for its
# warning of root.
ringtap() {
    "$here/../ringtap.sh" "$top/${trace:-small}.pcapng" "$@" 2>&1 | grep -v '^Running as user'
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
        echo "not ok $1: $why"
        failed=1
    fi
}

# same FILE: what is in the file "got" is as that file says.
same() {
    [ -z "${ACCEPT:-}" ] || cp "$top/got" "$here/$1"
    diff -u "$here/$1" "$top/got" >"$top/diff" && return
    sed 's/^/# /' "$top/diff"
    fail "not as in $1"
}

# frames FILTER WANTED: the numbers of the frames that pass it.
frames() {
    got=$(ringtap -Y "$1" -T fields -e frame.number | paste -sd ' ' -)
    [ "$got" = "$2" ] || fail "$1: frames $got instead of $2"
}

lists_every_record() {
    ringtap -T fields -e frame.number -e _ws.col.Source -e _ws.col.Destination -e _ws.col.Protocol \
        -e _ws.col.Info >"$top/got"
    same list.txt
}

shows_every_field() {
    ringtap -O ringtap | grep -v '^Frame' >"$top/got"
    same frames.txt
}

filters_find() {
    frames 'ringtap.error == BAD_HANDLE' 28
    frames 'ringtap.interface == "Timer"' '3 48 49'
    frames 'ringtap.latency > 0.00005' '25'
    frames 'ringtap.flags.promised == 1 && ringtap.promised == 1' 48
    frames 'ringtap.request_in == 17' 25
    frames 'ringtap.response_in == 25' 17
    frames 'ringtap.thread == 5 && ringtap.request_in' 23
}

experts_warn() {
    frames 'ringtap.transport' '28 34 36 37 50'
    frames 'ringtap.ended_early' 25
    frames 'ringtap.refused' '30 32 52'
    frames 'ringtap.unasked' '37 38'
    frames 'ringtap.reserved' '35 49'
    frames 'ringtap.malformed' '38 39 40 41 42'
}

# The compiler and sed read the headers as well, each in its own way.
knows_all_names() {
    trace=names ringtap -T fields -e _ws.col.Info | sed 's/ \(0x\|of\|cap\|at\).*//; s/,.*//' >"$top/got"
    {
        sed -n '/^enum ring_opcode/,/RING_OPCODES/s/^ *RING_\([A-Z]*\),.*/\1/p' "$root/kernel/abi/ring.h"
        sed -n 's/^ *X(\([A-Z_]*\), .*/NOP: \1/p' "$root/kernel/abi/err.h"
    } | sed '/OPCODES/d; s/NOP: OK/NOP: done/' >"$top/wanted"
    diff "$top/wanted" "$top/got" >"$top/diff" || fail "$(paste -sd ' ' "$top/diff")"
}

says_that_it_must_stay() {
    mkdir -p "$top/a/b/c"
    cp "$here/../capos_ringtap.lua" "$top/a/b/c"
    said=$(tshark -X "lua_script:$top/a/b/c/capos_ringtap.lua" -r "$top/small.pcapng" 2>&1)
    case $said in
    *'reads names from its repository'*err.h*) ;;
    *) fail "said $said" ;;
    esac
}

# `make host-tests` has made the headers of the schemas.
gcc -std=gnu11 -Wall -Wextra -Werror -I"$root/kernel" -I"$root/userspace/lib" -I"${BUILD:-$root/build}/generated" \
    -o "$top/make_trace" "$here/make_trace.c" &&
    "$top/make_trace" >"$top/small.pcapng" && "$top/make_trace" names >"$top/names.pcapng" || exit 1
run lists_every_record
run shows_every_field
run filters_find
run experts_warn
run knows_all_names
run says_that_it_must_stay
exit "$failed"

# shellcheck shell=sh
# What setup.sh and source.sh share: messages, and waiting for one another.
# SPDX-License-Identifier: Apache-2.0

say() {
    printf 'setup: %s\n' "$*"
}

die() {
    printf 'setup: %s\n' "$*" >&2
    exit 1
}

# die_with_log MESSAGE LOG: the reason in one line, then the end of what the tool said.
die_with_log() {
    printf 'setup: %s; see %s:\n' "$1" "$2" >&2
    tail -n 5 "$2" | sed 's/^/    /' >&2
    exit 1
}

# hold_lock FILE: until this process ends. Children that may outlive it must close descriptor 9.
hold_lock() {
    touch "$1" 2>/dev/null || die "cannot write $1"
    exec 9>"$1"
    flock -n 9 && return
    say "waiting for another setup ($1)"
    flock -w 1800 9 || die "another setup has held $1 for half an hour"
}

#!/bin/sh
# Opens a ring tap in Wireshark, or lists it with tshark where there is no screen.
# SPDX-License-Identifier: Apache-2.0
#
#   ringtap.sh FILE [OPTION...]     options are those of wireshark or tshark, such as -Y 'ringtap.status < 0'
set -u
script=$(dirname -- "$0")/capos_ringtap.lua
if [ $# = 0 ]; then
    echo "usage: ringtap.sh FILE [OPTION...]" >&2
    exit 2
fi
file=$1
shift
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && command -v wireshark >/dev/null; then
    exec wireshark -X "lua_script:$script" "$@" -r "$file"
fi
# Twice over the file: only then a submission knows its completion.
exec tshark -2 -X "lua_script:$script" "$@" -r "$file"

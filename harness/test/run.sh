#!/bin/sh
# Runs host test programs, each of which prints "ok NAME" or "not ok NAME: why" per test, and sums up.
# SPDX-License-Identifier: Apache-2.0
#
# A program that prints no result, or ends badly without naming a failed test, counts as a failure: silence is
# not success. Exits 1 if anything failed.
set -u
passed=0 failed=0
log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT
trap 'exit 130' HUP INT TERM
for program in "$@"; do
    timeout 300 "$program" >"$log" 2>&1
    status=$?
    good=$(grep -c '^ok ' "$log")
    bad=$(grep -c '^not ok ' "$log")
    if [ "$bad" -eq 0 ] && { [ "$status" -ne 0 ] || [ "$good" -eq 0 ]; }; then
        echo "not ok ${program##*/}: ended with status $status after $good tests" >>"$log"
        bad=1
    fi
    passed=$((passed + good)) failed=$((failed + bad))
    [ "$bad" -eq 0 ] || { echo "--- $program"; grep -v '^ok ' "$log"; }
done
echo "host tests:"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]

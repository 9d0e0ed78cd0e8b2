#!/bin/sh
# Checks what a compiler does not: format, cppcheck, shell scripts, and rules of this repository.
# SPDX-License-Identifier: Apache-2.0
set -u
failed=0
fail() {
    echo "lint: $*"
    failed=1
}

sources=$(git ls-files -co --exclude-standard '*.c' '*.h')
scripts=$(git ls-files -co --exclude-standard '*.sh' .ci/run)

[ -n "$sources" ] || fail "no sources found: is this a checkout?"

# shellcheck disable=SC2086 # lists of paths without spaces
found=$(clang-format --dry-run -Werror $sources 2>&1) || {
    printf '%s\n' "$found" | head -20
    fail "run clang-format -i on these files"
}

# The step macros and json-c's loop are hidden: cppcheck takes them for code that it cannot follow. What tests a C
# library does on purpose what cppcheck warns of.
# shellcheck disable=SC2046
cppcheck --quiet --std=c11 --language=c --enable=warning,performance,portability --inline-suppr \
    --library=tools/lint/capos.cfg --suppress=missingIncludeSystem --error-exitcode=1 -j 2 \
    -I . -I kernel -D__x86_64__ -DSCENARIO_IMPLEMENTATION \
    $(git ls-files -co --exclude-standard '*.c' ':!scenarios/posix-conformance/*.posix.c') || fail "cppcheck found something"

# shellcheck disable=SC2086
shellcheck -x $scripts || fail "shellcheck found something"

for file in $sources $scripts $(git ls-files -co --exclude-standard '*.py' '*.S' '*.mk' Makefile); do
    head -6 "$file" | grep -q 'SPDX-License-Identifier: Apache-2.0' || fail "$file: no SPDX line"
done

# Nothing includes a header of the kernel other than kernel/abi/, and the kernel includes nothing of others.
# The kit of host tests is for all of them.
git grep --untracked -n -E '^ *#include "kernel/' -- harness userspace scenarios tools |
    grep -v -e 'kernel/abi/' -e '/test/.*"kernel/test/check.h"' && fail "only kernel/abi/ is for others"
git grep --untracked -n -E '^ *#include "(harness|userspace|scenarios|tools)/' -- kernel && fail "the kernel includes nothing of others"
git grep --untracked -n -E '^ *#include "(harness|tools)/' -- userspace scenarios ':!*/test/*' ':!*/fuzz/*' |
    grep -v -e '/scenario\.c:.*"harness/scenario.h"' && fail "programs include nothing of the host's"
git grep --untracked -n -E '^ *#include "scenarios/' -- harness kernel userspace tools && fail "nobody includes a scenario"

[ "$failed" -eq 0 ] && echo "lint: clean"
exit "$failed"

#!/bin/sh
# Compares generated code with capnp's own library, on random values of a rich schema and of random ones.
# SPDX-License-Identifier: Apache-2.0
# shellcheck disable=SC2317 # the tests are called by name
#
# capnp writes values and says what they are; a program of generated code must say the same of them, and capnp the
# same of its copies. SEED=7 SCHEMAS=20 VALUES=1000 ask for others and more.

set -u
export LC_ALL=C
root=$(cd "$(dirname -- "$0")/../../.." && pwd)
build=$(cd "${BUILD:-$root/build}" && pwd)
here=$root/tools/capnpc-capos/test
top=$(mktemp -d) || exit 1
trap 'rm -rf "$top"' EXIT
trap 'exit 1' HUP INT TERM
seed=${SEED:-1} schemas=${SCHEMAS:-4} values=${VALUES:-300}
failed=0

# make_program ROOT FILE…: builds $top/program, for messages of the struct that is ROOT in C, of schemas in $top.
make_program() {
    name=$1
    shift
    cd "$top" || exit 1
    PWD=$top capnp compile -o"$build/host/capnpc-capos" -I"$root/kernel" "$@" &&
        PWD=$top capnp compile -o- -I"$root/kernel" "$@" | ROOT=$name "$build/test/capnpc/typed" >program.c &&
        gcc -std=gnu11 -Wall -Wextra -Werror -O0 -g -fsanitize=address,undefined -fno-sanitize-recover=all \
            -I. -I"$here" -I"$root/userspace/lib" -I"$root/kernel" -o program program.c ./*.capnp.c \
            "$build/asan/libcapnp.a"
}

referee() {
    (cd "$root" && "$build/test/capnpc/referee" "$@")
}

# compare AS FILE TYPE: random messages of TYPE, which the program takes for those of AS.
compare() {
    referee random "$top/$2" "$3" "$seed" "$values" "$top/values" >"$top/wrote" || return 1
    referee print "$top/$2" "$1" "$top/values" >"$top/expected" || return 1
    "$top/program" "$top/copies" <"$top/values" >"$top/read" || return 1
    referee print "$top/$2" "$1" "$top/copies" >"$top/copied" || return 1
    [ "$1" != "$3" ] || cmp "$top/wrote" "$top/expected" || return 1
    [ "$(wc -l <"$top/expected")" = "$values" ] || return 1
    cmp "$top/expected" "$top/read" && cmp "$top/expected" "$top/copied"
}

# report TEST STATUS
report() {
    if [ "$2" -eq 0 ]; then
        echo "ok $1"
    else
        echo "not ok $1: seed $seed: capnp and the generated code differ, or one of them failed"
        failed=1
    fi
}

rich() {
    cp "$here/rich.capnp" "$here/other.capnp" "$top"
    make_program rich_root rich.capnp other.capnp
    report rich_program $?
    compare Root rich.capnp Root
    report rich_values $?
    make_program rich_newer rich.capnp other.capnp && compare Newer rich.capnp Older
    report newer_reads_older $?
    make_program rich_older rich.capnp other.capnp && compare Older rich.capnp Newer
    report older_reads_newer $?
}

# Schemas that capnp refuses are passed over: it does not compile some unions that an old version compiled wrongly.
random_schemas() {
    number=$seed done=0
    while [ "$done" -lt "$schemas" ]; do
        rm -f "$top"/*
        "$here/random_schema.py" "$number" >"$top/random.capnp"
        if (cd "$top" && capnp compile -o- -I"$root/kernel" random.capnp) >"$top/request" 2>"$top/said"; then
            make_program "random${number}_root" random.capnp && compare Root random.capnp Root
            report "random_schema_$number" $?
            done=$((done + 1))
        fi
        number=$((number + 1))
    done
}

rich
random_schemas
exit "$failed"

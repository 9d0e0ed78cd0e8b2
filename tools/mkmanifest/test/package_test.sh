#!/bin/sh
# Tests the packages that mkmanifest writes, and what it says to wrong arguments and files. One line per test: ok, or
# not ok and why.
# SPDX-License-Identifier: Apache-2.0
# shellcheck disable=SC2317 # the tests are called by name

set -u
export LC_ALL=C
root=$(cd "$(dirname -- "$0")/../../.." && pwd)
program=$(cd "$root" && realpath "${BUILD:-build}")/test/mkmanifest/mkmanifest
schema=$root/kernel/abi/package.capnp
top=$(mktemp -d) || exit 1
trap 'rm -rf "$top"' EXIT
trap 'exit 1' HUP INT TERM
failed=0

fail() {
    why=${why:-$*}
}

# run TEST: in an empty folder with two small images.
run() {
    why=
    rm -rf "$top/work"
    mkdir "$top/work"
    cd "$top/work" || exit 1
    printf 'first\0image' >one
    printf second >two
    "$1"
    [ -z "$(find . -name 'out.*')" ] || fail 'a temporary file is left'
    if [ -z "$why" ]; then
        echo "ok $1"
    else
        echo "not ok $1: $why"
        failed=1
    fi
}

# package ARGUMENTS: what it prints goes to the files said and err, its status to $status.
package() {
    "$program" "$@" >said 2>err
    status=$?
}

expect_success() {
    [ "$status" = 0 ] || fail "exit $status: $(cat err)"
    [ -z "$(cat said err)" ] || fail "said: $(cat said err)"
}

# expect_refusal STATUS SENTENCE: the last line it said is SENTENCE, and nothing is written.
expect_refusal() {
    [ "$status" = "$1" ] || fail "exit $status instead of $1"
    said=$(tail -n 1 err)
    [ "$1" = 1 ] || said=${said#mkmanifest: }
    [ "${said%; --help says more}" = "$2" ] || fail "said \"$said\", not \"$2\""
    [ ! -e out ] || fail 'it wrote a package'
}

# field EXPRESSION: what the json of the package has there.
field() {
    capnp convert --quiet --short flat:json "$schema" BootPackage <out >json || fail 'capnp cannot read it'
    /usr/bin/python3 -c "import json, sys; package = json.load(open('json')); print($1)"
}

it_has_what_it_was_given() {
    printf '{"a": 1}' >manifest
    package out --raw-manifest manifest init=one 'a "\ b=two'
    expect_success
    [ "$(field "bytes(package['manifest'])")" = "b'{\"a\": 1}'" ] || fail "manifest: $(cat json)"
    [ "$(field "[image['name'] for image in package['images']]")" = "['init', 'a \"\\\\ b']" ] ||
        fail "names: $(cat json)"
    [ "$(field "bytes(package['images'][0]['elf'])")" = "b'first\\x00image'" ] || fail "elf: $(cat json)"
    [ "$(field "bytes(package['images'][1]['sha256']).hex()")" = "$(sha256sum <two | cut -d ' ' -f 1)" ] ||
        fail "sha256: $(cat json)"
}

it_is_canonical() {
    package out init=one shell=two
    expect_success
    [ $(($(wc -c <out) % 8)) = 0 ] || fail 'its length is not a multiple of 8'
    capnp convert --quiet flat:canonical <out >canonical || fail 'capnp cannot read it'
    cmp -s out canonical || fail 'it is not'
}

it_is_deterministic() {
    package out init=one shell=two
    mv out first
    mkdir elsewhere
    cp two elsewhere/renamed
    touch -d 2001-01-01 one
    package out init=./one shell=elsewhere/renamed
    expect_success
    cmp -s out first || fail 'two runs differ'
}

large_images_fit() {
    head -c 20000001 /dev/urandom >large
    package out init=large shell=one
    expect_success
    differs=$(tail -c +121 out | cmp -n 20000001 - large 2>&1) || fail "$differs"
    [ "$(wc -c <out)" = 20000184 ] || fail "its length is $(wc -c <out)"
}

an_old_one_is_replaced() {
    echo old >out
    package out init=one
    expect_success
    [ "$(field "len(package['images'])")" = 1 ] || fail 'it is not'
}

a_failure_keeps_the_old_one() {
    echo old >out
    package out init=one shell=none
    [ "$status" = 1 ] || fail "exit $status"
    [ "$(cat out)" = old ] || fail 'it is gone'
}

limits_are_reached() {
    images=
    for i in $(seq 64); do
        images="$images $i=one"
    done
    # shellcheck disable=SC2086 # a list of words
    package out $images
    expect_success
    rm -f out
    # shellcheck disable=SC2086
    package out $images more=two
    expect_refusal 2 '"more" is one program too many: a package has at most 64'
    name=$(printf '%063d' 1)
    package out "$name=one"
    expect_success
    rm -f out
    package out "0$name=one"
    expect_refusal 2 "\"0$name\": a program's name has 1 to 63 characters"
}

wrong_arguments_are_told() {
    package
    expect_refusal 2 'OUT is missing'
    package out
    expect_refusal 2 'no program: NAME=PATH or --manifest is missing'
    package out one
    expect_refusal 2 '"one": not NAME=PATH'
    package out init=
    expect_refusal 2 '"init=": not NAME=PATH'
    package out =one
    expect_refusal 2 '"": a program'"'"'s name has 1 to 63 characters'
    package out init=one init=two
    expect_refusal 2 'two programs have the name "init": one and two'
    package out "$(printf 'a\001b')=one"
    expect_refusal 2 '"a\x01b": a program'"'"'s name consists of printable ASCII characters'
    package out --manifest one --raw-manifest two init=one
    expect_refusal 2 '--manifest and --raw-manifest exclude each other'
    package out --wrong init=one
    expect_refusal 2 'wrong arguments'
    package --convert one
    expect_refusal 2 'TYPE is missing'
    package --convert one two --from xml
    expect_refusal 2 'there is no format "xml"'
    package --help
    [ "$status" = 0 ] || fail '--help is no success'
}

# refuse_file PATH WHY: as a program.
refuse_file() {
    package out init="$1"
    expect_refusal 1 "program \"init\": cannot read $1: $2"
}

missing_files_are_told() {
    refuse_file none 'No such file or directory'
    refuse_file . 'Is a directory'
    true >empty
    refuse_file empty 'it is empty'
    mkfifo fifo
    refuse_file fifo 'not a regular file'
    truncate -s 536870912 huge
    refuse_file huge 'it is longer than 536870911 bytes'
    truncate -s 400M huge
    package out init=huge a=huge b=huge
    [ "$status" = 1 ] || fail "three huge files: exit $status"
    grep -qE '^the programs are [0-9]+ bytes together: a package has at most 1073741824$' err || fail "$(cat err)"
    package out --raw-manifest none init=one
    expect_refusal 1 'cannot read none: No such file or directory'
    package out --raw-manifest huge init=one
    expect_refusal 1 'cannot read huge: it is larger than 1048576 bytes'
    package nowhere/out init=one
    expect_refusal 1 'cannot write nowhere/out: No such file or directory'
}

# A limit of 64 KiB for files, which fails as a full disk does.
a_write_that_fails_is_told() {
    head -c 100000 /dev/zero >large
    echo old >out
    (trap '' XFSZ && ulimit -f 64 && "$program" out init=large >said 2>err)
    [ $? = 1 ] || fail 'no exit 1'
    [ "$(cat out)" = old ] || fail 'the old one is gone'
    [ "$(cat err)" = 'cannot write out: File too large' ] || fail "said: $(cat err)"
}

for test in it_has_what_it_was_given it_is_canonical it_is_deterministic large_images_fit an_old_one_is_replaced \
    a_failure_keeps_the_old_one limits_are_reached wrong_arguments_are_told missing_files_are_told \
    a_write_that_fails_is_told; do
    run "$test"
done
exit "$failed"

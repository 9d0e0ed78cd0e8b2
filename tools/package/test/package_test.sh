#!/bin/sh
# Tests package.py: what it writes, and what it says to wrong arguments. One line per test: ok, or not ok and why.
# SPDX-License-Identifier: Apache-2.0
# shellcheck disable=SC2317 # the tests are called by name

set -u
export LC_ALL=C
root=$(cd "$(dirname -- "$0")/../../.." && pwd)
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
    "$root/tools/package/package.py" "$@" >said 2>err
    status=$?
}

expect_success() {
    [ "$status" = 0 ] || fail "exit $status: $(cat err)"
    [ -z "$(cat said err)" ] || fail "said: $(cat said err)"
}

# expect_refusal STATUS SENTENCE: the last line it said ends with SENTENCE, and nothing is written.
expect_refusal() {
    [ "$status" = "$1" ] || fail "exit $status instead of $1"
    case $(tail -n 1 err) in
    *": $2") ;;
    *) fail "said \"$(tail -n 1 err)\", not \"$2\"" ;;
    esac
    ! grep -q Traceback err || fail "$(cat err)"
    [ ! -e out ] || fail 'it wrote a package'
}

# field EXPRESSION: what the json of the package has there.
field() {
    capnp convert --quiet --short flat:json "$schema" BootPackage <out >json || fail 'capnp cannot read it'
    /usr/bin/python3 -c "import json, sys; package = json.load(open('json')); print($1)"
}

it_has_what_it_was_given() {
    printf '{"a": 1}' >manifest
    package out --manifest manifest init=one 'a "\ b=two'
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
    expect_refusal 2 '65 images: a package has at most 64'
    name=$(printf '%063d' 1)
    package out "$name=one"
    expect_success
    rm -f out
    package out "0$name=one"
    expect_refusal 2 "\"0$name=one\": a name has 1 to 63 characters"
}

wrong_arguments_are_told() {
    package
    expect_refusal 2 'the following arguments are required: OUT, NAME=PATH'
    package out
    expect_refusal 2 'the following arguments are required: NAME=PATH'
    package out one
    expect_refusal 2 '"one" is not NAME=PATH'
    package out init=
    expect_refusal 2 '"init=" is not NAME=PATH'
    package out =one
    expect_refusal 2 '"=one": a name has 1 to 63 characters'
    package out init=one init=two
    expect_refusal 2 'two images have the name "init": one and two'
    package out "$(printf 'a\tb')=one"
    expect_refusal 2 "'a\\tb=one': a name consists of printable ASCII characters"
}

missing_files_are_told() {
    package out init=none
    expect_refusal 1 'image "init": cannot read none: No such file or directory'
    package out init=.
    expect_refusal 1 'image "init": cannot read .: Is a directory'
    package out --manifest none init=one
    expect_refusal 1 'manifest: cannot read none: No such file or directory'
    true >empty
    package out init=empty
    expect_refusal 1 'image "init": empty is empty'
    package nowhere/out init=one
    expect_refusal 1 'cannot write nowhere/out: No such file or directory'
}

a_missing_capnp_is_told() {
    mkdir bin
    PATH=$PWD/bin "$root/tools/package/package.py" out init=one >said 2>err
    status=$?
    expect_refusal 1 "capnp is not installed (Debian's package capnproto)"
}

a_failing_capnp_is_told() {
    mkdir bin
    printf '#!/bin/sh\necho broken >&2\nexit 3\n' >bin/capnp
    chmod 755 bin/capnp
    head -c 1000000 /dev/zero >large
    for image in one large; do
        PATH=$PWD/bin:$PATH "$root/tools/package/package.py" out init="$image" >said 2>err
        status=$?
        [ "$status" = 1 ] || fail "exit $status"
        grep -qE '^package: capnp (failed \(3\)|ended early): broken$' err || fail "said: $(cat err)"
        [ ! -e out ] || fail 'it wrote a package'
    done
}

for test in it_has_what_it_was_given it_is_canonical it_is_deterministic large_images_fit an_old_one_is_replaced \
    a_failure_keeps_the_old_one limits_are_reached wrong_arguments_are_told missing_files_are_told \
    a_missing_capnp_is_told a_failing_capnp_is_told; do
    run "$test"
done
exit "$failed"

#!/bin/sh
# Tests the generator as `capnp compile` runs it: what it writes, and what it refuses. One line per test.
# SPDX-License-Identifier: Apache-2.0
# shellcheck disable=SC2317 # the tests are called by name

set -u
export LC_ALL=C
root=$(cd "$(dirname -- "$0")/../../.." && pwd)
build=$(cd "${BUILD:-$root/build}" && pwd)
plugin=$build/host/capnpc-capos
top=$(mktemp -d) || exit 1
trap 'rm -rf "$top"' EXIT
trap 'exit 1' HUP INT TERM
failed=0

fail() {
    why=${why:-$*}
}

# run TEST: in an empty folder.
run() {
    why=
    rm -rf "$top/work"
    mkdir -p "$top/work/out"
    cd "$top/work" || exit 1
    "$1"
    if [ -z "$why" ]; then
        echo "ok $1"
    else
        echo "not ok $1: $why"
        failed=1
    fi
}

# compile FILE…: its outputs go to out/, what is said to the file said.
compile() {
    PWD=$top/work capnp compile -o"$plugin:out" -I"$root/kernel" "$@" >said 2>&1
}

# schema NAME: from the standard input, with an id and the annotations as C.
schema() {
    { echo "@0xd0a4c5a8b1c2d3f0; using C = import \"/abi/c.capnp\";"; cat; } >"$1"
}

# refused SENTENCE: what the schema bad.capnp is refused with; and nothing is written.
refused() {
    schema bad.capnp
    compile bad.capnp && fail "compiled, but should say: $1"
    grep -qF -e "$1" said || fail "said '$(head -1 said)', not '$1'"
    [ -z "$(ls out)" ] || fail "left $(ls out) although it refused: $1"
}

code_for_people() {
    cp "$root"/tools/capnpc-capos/test/sample.* .
    compile sample.capnp || fail "$(cat said)"
    for file in sample.capnp.h sample.capnp.c sample.calls.h sample.calls.c; do
        cmp -s "$file" "out/$file" || fail "$file is not what the generator writes: diff it, take it if it is right"
    done
}

only_interfaces_have_calls() {
    echo 'struct A { a @0 :Bool; }' | schema a.capnp
    compile a.capnp || fail "$(cat said)"
    [ "$(echo out/*)" = 'out/a.capnp.c out/a.capnp.d out/a.capnp.h' ] || fail "wrote $(echo out/*)"
}

imports_are_included_and_known_to_make() {
    mkdir sub
    echo '@0xd0a4c5a8b1c2d3f1; struct B { b @0 :Bool; }' >sub/b.capnp
    echo 'struct A { b @0 :import "sub/b.capnp".B; }' | schema a.capnp
    compile a.capnp || fail "$(cat said)"
    grep -q '^#include "sub/b.capnp.h"$' out/a.capnp.h || fail 'no #include of the imported schema'
    ! grep -q 'abi/c.capnp' out/a.capnp.h || fail 'an #include of annotations alone'
    # shellcheck disable=SC2016 # it is for make
    grep -qF '$(call capnp_schema,sub/b.capnp)' out/a.capnp.d || fail 'make does not know of the import'
    echo '@0xd0a4c5a8b1c2d3f2; using B = import "sub/b.capnp";' >alias.capnp
    echo 'struct A { b @0 :List(import "alias.capnp".B.B); }' | schema a.capnp
    compile a.capnp || fail "$(cat said)"
    [ "$(grep '^#include "' out/a.capnp.h | tail -n +2)" = '#include "sub/b.capnp.h"' ] ||
        fail "$(grep '^#include' out/a.capnp.h)"
}

large_schemas_are_taken() {
    awk 'BEGIN {
        print "struct A {"
        for (i = 0; i < 2000; i++)
            printf " a%d @%d :UInt64; # a number\n", i, i
        print "}"
    }' | schema a.capnp
    compile a.capnp || fail "$(head -1 said)"
    grep -q '^static inline uint64_t a_a1999(' out/a.capnp.h || fail 'no accessor of the last field'
}

comments_stay_comments() {
    printf 'struct A {\n# ends */ begins /* one\n a @0 :Bool; }\n' | schema a.capnp
    compile a.capnp || fail "$(cat said)"
    grep -q '^/\* ends \* / begins / \* one \*/$' out/a.capnp.h || fail "$(grep ends out/a.capnp.h)"
}

generics_are_refused() {
    refused 'bad.capnp: G: generic struct is not supported' <<end
struct G(T) { t @0 :T; }
end
    echo '@0xd0a4c5a8b1c2d3f1; struct G(T) { t @0 :T; }' >g.capnp
    refused 'bad.capnp: A.g: generic type with parameters is not supported' <<end
struct A { g @0 :import "g.capnp".G(Text); }
end
    refused 'bad.capnp: I.m: generic method is not supported' <<end
interface I { m @0 [T] (t :T); }
end
    refused 'bad.capnp: I: generic interface is not supported' <<end
interface I(T) { m @0 (); }
end
}

interfaces_without_a_meaning_here_are_refused() {
    refused 'bad.capnp: B: an interface that extends others is not supported' <<end
interface A {} interface B extends(A) {}
end
    refused 'bad.capnp: A.m: a stream as results is not supported' <<end
interface A { m @0 () -> stream; }
end
}

names_that_collide_are_refused() {
    refused 'bad.capnp: A.B.c: its name in C, a_b_c, is taken by bad.capnp:A.bC; ' <<end
struct A { bC @0 :Bool; struct B { c @0 :Bool; } }
end
    refused 'bad.capnp: A.setB: its name in C, a_set_b, is taken by bad.capnp:A.b' <<end
struct A { b @0 :Bool; setB @1 :Bool; }
end
    refused 'bad.capnp: E.ab: its name in C, E_AB, is taken by bad.capnp:eAb' <<end
const eAb :Bool = true; enum E { ab @0; }
end
    refused 'bad.capnp: A.b: its name in C, a_b, is taken by bad.capnp:A.a' <<end
struct A { a @0 :Bool \$C.name("b"); b @1 :Bool; }
end
    refused 'bad.capnp: Int: its name in C is a keyword, int' <<end
enum Int { a @0; }
end
}

names_that_c_cannot_have_are_refused() {
    refused 'bad.capnp: A: its name is none for C' <<end
struct A \$C.name("Upper") { a @0 :Bool; }
end
    refused 'bad.capnp: A.a: its name is none for C' <<end
struct A { a @0 :Bool \$C.name("x-y"); }
end
    refused 'bad.capnp: its prefix is no name in lower case' <<end
\$C.prefix("no prefix"); struct A { a @0 :Bool; }
end
    refused 'longer than 127 characters' <<end
struct A$(printf '%0200d' 0) { a @0 :Bool; }
end
}

requests_that_are_none_are_refused() {
    for input in /dev/null "$root/README.md" "$plugin"; do
        (cd out && "$plugin" <"$input") >said 2>&1 && fail "took $input"
        grep -q '^capnpc-capos: ' said || fail "said nothing of $input"
    done
    [ -z "$(ls out)" ] || fail "wrote $(ls out)"
}

# lie SENTENCE FIELDS [MORE]: a file with a struct A of one word and one pointer that has those FIELDS, and the nodes
# MORE, as a request that no compiler makes.
lie() {
    cat >request.txt <<end
( requestedFiles = [(id = 1, filename = "f.capnp")], nodes = [
  (id = 1, displayName = "f.capnp", file = void, nestedNodes = [(name = "A", id = 2)]),
  (id = 2, displayName = "f.capnp:A", displayNamePrefixLength = 8, scopeId = 1,
   struct = (dataWordCount = 1, pointerCount = 1, $2))${3+, }${3-} ] )
end
    capnp encode /usr/include/capnp/schema.capnp CodeGeneratorRequest <request.txt >request 2>said || fail "$(cat said)"
    (cd out && "$plugin" <../request) >said 2>&1 && fail "taken, but should say: $1"
    grep -qF -e "$1" said || fail "said '$(head -1 said)', not '$1'"
    [ -z "$(ls out)" ] || fail "left $(ls out)"
}

# field NAME OFFSET TYPE VALUE
field() {
    echo "(name = \"$1\", slot = (offset = $2, type = ($3 = void), defaultValue = ($4)))"
}

requests_that_lie_are_refused() {
    lie 'f.capnp: A.a: lies outside the struct' "fields = [$(field a 2 uint32 'uint32 = 0')]"
    lie 'f.capnp: A.a: lies outside the struct' "fields = [$(field a 64 bool 'bool = false')]"
    lie 'f.capnp: A.a: lies outside the struct' "fields = [$(field a 4294967295 uint64 'uint64 = 0')]"
    lie 'f.capnp: A.a: its pointer lies outside the struct' "fields = [$(field a 1 text 'text = ""')]"
    lie 'f.capnp: A.a: its value is of another type' "fields = [$(field a 0 uint32 'text = "x"')]"
    lie "f.capnp: A.a: its value is of another type" \
        'fields = [(name = "a", slot = (type = (text = void), defaultValue = (data = "x"), hadExplicitDefault = true))]'
    lie 'f.capnp: A.*/: its name is none for C' "fields = [$(field '*/' 0 bool 'bool = false')]"
    lie 'f.capnp: A.?[31m: its name is none for C' "fields = [$(field '\x1b[31m' 0 bool 'bool = false')]"
    lie 'f.capnp: A.a: its type @0x9 is not declared in any file' \
        'fields = [(name = "a", slot = (type = (struct = (typeId = 9))))]'
    lie 'f.capnp: A: its union has no member 1' \
        "discriminantCount = 2, fields = [(name = \"a\", discriminantValue = 0, slot = (type = (void = void)))]"
    lie "f.capnp: A.a: its discriminant is none of the union's" \
        "discriminantCount = 1, fields = [(name = \"a\", discriminantValue = 1, slot = (type = (void = void)))]"
    lie "f.capnp: A.a: its union's discriminant lies outside the struct" \
        "discriminantCount = 1, discriminantOffset = 4, fields = [
         (name = \"a\", discriminantValue = 0, slot = (type = (void = void)))]"
    lie 'f.capnp: A.a: its group is not there' 'fields = [(name = "a", group = (typeId = 9))]'
    lie 'f.capnp: A.a: its group has another size than the struct' 'fields = [(name = "a", group = (typeId = 3))]' \
        '(id = 3, displayName = "f.capnp:A.a", struct = (dataWordCount = 2, isGroup = true))'
    lie 'f.capnp: A.a: is declared in two places' \
        'fields = [(name = "a", group = (typeId = 3)), (name = "b", group = (typeId = 3))]' \
        '(id = 3, displayName = "f.capnp:A.a", struct = (dataWordCount = 1, pointerCount = 1, isGroup = true))'
    lie 'f.capnp: A: is declared in two places' 'fields = [(name = "a", group = (typeId = 2))]'
    nodes='' id=3
    while [ "$id" -lt 30 ]; do
        nodes="$nodes(id = $id, displayName = \"f.capnp:N$id\", struct = (),
                nestedNodes = [(name = \"N\", id = $((id + 1)))]), "
        id=$((id + 1))
    done
    lie 'more than 16 declarations around it' 'fields = [(name = "n", group = (typeId = 3))]' "${nodes%, }"
    lie 'f.capnp: B: two declarations have the id @0x3' '' \
        '(id = 3, displayName = "f.capnp:B"), (id = 3, displayName = "f.capnp:B")'
    lie 'g.capnp: the request lacks this file' '' '], requestedFiles = [(id = 9, filename = "g.capnp")], sourceInfo = ['
}

files_elsewhere_are_refused() {
    echo 'struct A { a @0 :Bool; }' | schema a.capnp
    capnp compile -o- -I"$root/kernel" a.capnp | sed 's/a\.capnp/..\/capn/g' >request
    (cd out && "$plugin" <../request) >said 2>&1 && fail 'wrote outside'
    grep -q 'is no path for an output' said || fail "said $(cat said)"
}

failing_writes_leave_nothing() {
    echo 'interface A { a @0 (); }' | schema a.capnp
    mkdir out/a.calls.h.new
    compile a.capnp && fail 'compiled'
    grep -q 'a.calls.h' said || fail "said $(cat said)"
    [ "$(ls out)" = a.calls.h.new ] || fail "left $(echo out/*)"
}

for test in code_for_people only_interfaces_have_calls imports_are_included_and_known_to_make \
    large_schemas_are_taken comments_stay_comments generics_are_refused interfaces_without_a_meaning_here_are_refused names_that_collide_are_refused \
    names_that_c_cannot_have_are_refused requests_that_are_none_are_refused requests_that_lie_are_refused files_elsewhere_are_refused \
    failing_writes_leave_nothing; do
    run "$test"
done
exit "$failed"

#!/bin/sh
# Proves setup.sh and source.sh without a network: on a copy with lists of its own, a source
# package built here, and a repository in a folder. One line per test: ok, or not ok and why.
# SPDX-License-Identifier: Apache-2.0
# shellcheck disable=SC2317 # the tests are called by name

set -u
export LC_ALL=C
origin=$(cd "$(dirname -- "$0")/.." && pwd)
top=$(mktemp -d) || exit 1
trap 'rm -rf "$top"' EXIT
trap 'exit 1' HUP INT TERM
chmod 755 "$top"
unset APT_CONFIG CAPOS_DEB_SRC
failed=0

# --- what the tests are made of -------------------------------------------------------------

fail() {
    why=${why:-$*}
}

# run TEST: in a fresh project folder with its own tools/setup and build.
run() {
    why=
    rm -rf "$top/project"
    mkdir -p "$top/project/tools/setup"
    cd "$top/project" || exit 1
    cp "$origin"/*.sh tools/setup/
    export BUILD=build CAPOS_DEB_SRC="deb-src [trusted=yes] file:$top/mirror ./"
    "$1"
    if [ -z "$why" ]; then
        echo "ok $1"
    else
        echo "not ok $1: $why"
        failed=1
    fi
}

# setup ARGUMENTS: what it prints goes to the files out and err, its status to $status.
setup() {
    PATH="${shims:+$shims:}$PATH" sh tools/setup/setup.sh "$@" >out 2>err
    status=$?
}

expect_success() {
    [ "$status" = 0 ] || fail "exit $status: $(tail -n 1 err)"
}

expect_silence() {
    expect_success
    [ -z "$(cat out err)" ] || fail "said: $(cat out err)"
}

# expect_error REGEX: exactly one line that matches, and exit 1.
expect_error() {
    [ "$status" = 1 ] || fail "exit $status instead of 1"
    [ "$(wc -l <err)" = 1 ] || fail "$(wc -l <err) lines instead of one: $(cat err)"
    grep -qE "^setup: $1\$" err || fail "said \"$(cat err)\", not \"$1\""
}

# As expect_error, with lines of a log after it.
expect_error_and_log() {
    sed -i '/^    /d' err
    expect_error "$1"
}

expect_nothing_unpacked() {
    [ -z "$(find build/sources -name 'tiny-*')" ] || fail 'a tree is left'
    [ ! -e build/sources/.work ] || fail 'the work folder is left'
    [ -z "$(ls -A build/sources/downloads)" ] || fail 'refused files are kept'
}

# Commands that must not run: each says so and fails.
forbid() {
    shims=$top/shims
    rm -rf "$shims"
    mkdir "$shims"
    for command in "$@"; do
        printf '#!/bin/sh\necho "%s was called" >&2\nexit 99\n' "$command" >"$shims/$command"
        chmod 755 "$shims/$command"
    done
}

allow_all() {
    shims=
}

# make_package REVISION: a source package tiny, with a patch that changes its only file.
make_package() {
    mkdir -p "$top/make/tiny-1.0/debian/source" "$top/make/tiny-1.0/debian/patches" "$top/mirror"
    (
        cd "$top/make" || exit 1
        echo 'as upstream wrote it' >tiny-1.0/file
        [ -e tiny_1.0.orig.tar.gz ] ||
            tar -czf tiny_1.0.orig.tar.gz --exclude=debian tiny-1.0
        cd tiny-1.0/debian || exit 1
        echo '3.0 (quilt)' >source/format
        printf 'Source: tiny\nMaintainer: Nobody <nobody@example.org>\n\nPackage: tiny\nArchitecture: all\nDescription: tiny\n' >control
        printf 'tiny (1.0-%s) unstable; urgency=low\n\n  * Test.\n\n -- Nobody <nobody@example.org>  Mon, 01 Jan 2024 00:00:00 +0000\n' "$1" >changelog
        echo change >patches/series
        printf -- '--- a/file\n+++ b/file\n@@ -1 +1 @@\n-as upstream wrote it\n+as Debian %s patched it\n' "$1" >patches/change
        cd ../.. || exit 1
        dpkg-source -b tiny-1.0 && mv ./*.dsc ./*.debian.tar.xz "$top/mirror/" &&
            cp tiny_1.0.orig.tar.gz "$top/mirror/"
    ) >"$top/make.log" 2>&1 || { cat "$top/make.log"; exit 1; }
    rm -rf "$top/make/tiny-1.0"
}

list_mirror() {
    (cd "$top/mirror" && dpkg-scansources . >Sources 2>/dev/null)
}

# fresh_mirror REVISION...: exactly these.
fresh_mirror() {
    rm -rf "$top/mirror"
    for revision in "$@"; do
        make_package "$revision"
    done
    list_mirror
}

dsc_sum() {
    sum=$(sha256sum "$top/mirror/tiny_1.0-$1.dsc")
    echo "${sum%% *}"
}

pin() {
    printf '# A comment.\n\ntiny 1.0-%s %s # the only one\n' "$1" "$2" >tools/setup/sources
}

# The packages tests must neither touch the machine's package lists nor wait for its locks.
# isolated_apt SOURCES-LIST-LINE
isolated_apt() {
    mkdir -p "$top/apt/lists/partial" "$top/apt/cache/archives/partial" "$top/apt/none"
    echo "$1" >"$top/apt/sources.list"
    cat >"$top/apt/conf" <<CONF
Dir::Etc::Main "/dev/null";
Dir::Etc::Parts "$top/apt/none";
Dir::Etc::SourceList "$top/apt/sources.list";
Dir::Etc::SourceParts "$top/apt/none";
Dir::State::Lists "$top/apt/lists";
Dir::Cache "$top/apt/cache";
Debug::NoLocking "true";
Acquire::Retries::Delay "false";
CONF
    export APT_CONFIG="$top/apt/conf"
}

# as_nobody ARGUMENTS: setup without root's rights.
as_nobody() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid=65534 --regid=65534 --clear-groups \
            sh tools/setup/setup.sh "$@" >out 2>err
        status=$?
    else
        setup "$@"
    fi
}

# --- sources --------------------------------------------------------------------------------

source_is_unpacked_with_patches() {
    fresh_mirror 1
    pin 1 "$(dsc_sum 1)"
    setup source tiny
    expect_success
    [ "$(cat build/sources/tiny-1.0/file)" = 'as Debian 1 patched it' ] || fail 'no patched file'
    [ "$(cat build/sources/tiny-1.0/.verified)" = "$(dsc_sum 1)" ] || fail 'wrong stamp'
    [ ! -e build/sources/.work ] || fail 'the work folder is left'
    [ -z "$(find build/sources/downloads -type l)" ] || fail 'downloads are links'
}

second_run_does_nothing() {
    fresh_mirror 1
    pin 1 "$(dsc_sum 1)"
    setup sources
    rm -rf "$top/mirror" build/sources/downloads
    forbid apt-get apt-cache dpkg-source flock
    setup sources
    expect_silence
}

tree_is_unpacked_again_offline() {
    fresh_mirror 1
    pin 1 "$(dsc_sum 1)"
    setup sources
    rm -rf "$top/mirror" build/sources/tiny-1.0
    forbid apt-get apt-cache
    setup sources
    expect_silence
    [ -e build/sources/tiny-1.0/.verified ] || fail 'not unpacked'
}

changed_pin_replaces_the_tree() {
    fresh_mirror 1 2
    pin 1 "$(dsc_sum 1)"
    setup sources
    pin 2 "$(dsc_sum 2)"
    setup sources
    expect_success
    [ "$(cat build/sources/tiny-1.0/file)" = 'as Debian 2 patched it' ] || fail 'the old tree is left'
}

wrong_dsc_checksum_is_refused() {
    fresh_mirror 1
    zeros=$(printf '%064d' 0)
    pin 1 "$zeros"
    setup source tiny
    expect_error "tiny_1.0-1.dsc: SHA-256 is $(dsc_sum 1), tools/setup/sources says $zeros: refusing to unpack"
    expect_nothing_unpacked
}

# Same length, so that only a checksum can tell.
tamper() {
    printf 'X' | dd of="$1" bs=1 seek=20 conv=notrunc 2>/dev/null
}

tampered_tarball_is_refused_by_the_list() {
    fresh_mirror 1
    pin 1 "$(dsc_sum 1)"
    tamper "$top/mirror/tiny_1.0.orig.tar.gz"
    setup source tiny
    expect_error "tiny 1.0-1: the mirror's files are not those of its own list: refusing to unpack; see .*"
    expect_nothing_unpacked
}

tampered_tarball_is_refused_by_the_dsc() {
    fresh_mirror 1
    pin 1 "$(dsc_sum 1)"
    tar=$top/mirror/tiny_1.0.orig.tar.gz
    before=$(sha256sum <"$tar")
    script=
    for tool in md5sum sha1sum sha256sum; do
        sum=$($tool <"$tar")
        script="$script;s/${sum%% *}/$tool/"
    done
    tamper "$tar"
    for tool in md5sum sha1sum sha256sum; do
        sum=$($tool <"$tar")
        script="$script;s/$tool/${sum%% *}/"
    done
    sed -i "${script#;}" "$top/mirror/Sources"
    setup source tiny
    expect_error "tiny_1.0.orig.tar.gz: SHA-256 is ${sum%% *}, tiny_1.0-1.dsc says ${before%% *}: refusing to unpack"
    expect_nothing_unpacked
}

tampered_download_is_fetched_again() {
    fresh_mirror 1
    pin 1 "$(dsc_sum 1)"
    setup sources
    rm -rf build/sources/tiny-1.0
    tamper build/sources/downloads/tiny_1.0.orig.tar.gz
    setup sources
    expect_success
    cmp -s build/sources/downloads/tiny_1.0.orig.tar.gz "$top/mirror/tiny_1.0.orig.tar.gz" ||
        fail 'the tampered file is kept'
}

missing_version_names_what_is_there() {
    fresh_mirror 2 3
    pin 1 "$(printf '%064d' 0)"
    setup source tiny
    expect_error "tiny 1.0-1 is not on the mirror; pin what is there in tools/setup/sources \(tiny 1.0-2 $(dsc_sum 2); tiny 1.0-3 $(dsc_sum 3)\), or .*CAPOS_DEB_SRC"
    expect_nothing_unpacked
}

missing_package_is_named() {
    fresh_mirror 1
    echo "other 1-1 $(dsc_sum 1)" >tools/setup/sources
    setup sources
    expect_error 'other: there is no such source package at .*mirror.*'
}

unreachable_mirror_is_named() {
    fresh_mirror 1
    pin 1 "$(dsc_sum 1)"
    rm -rf "$top/mirror"
    setup source tiny
    expect_error_and_log "tiny: no package list from .*mirror.*offline.*"
    expect_nothing_unpacked
}

unknown_name_is_refused() {
    printf 'one 1-1 %064d\ntwo 1-1 %064d\n' 0 0 >tools/setup/sources
    setup source three
    expect_error 'tools/setup/sources has no "three", only: one two'
}

malformed_pins_are_located() {
    printf '# comment\none 1-1 %064d\ntwo 1-1\n' 0 >tools/setup/sources
    setup source one
    expect_error 'tools/setup/sources:3: want: name version sha256-of-dsc'
    printf 'one 1-1 %063d\n' 0 >tools/setup/sources
    setup source one
    expect_error 'tools/setup/sources:1: want: name version sha256-of-dsc'
    printf 'one ../1 %064d\n' 0 >tools/setup/sources
    setup source one
    expect_error 'tools/setup/sources:1: want: name version sha256-of-dsc'
    printf 'one 1-1 %064d\none 1-2 %064d\n' 0 0 >tools/setup/sources
    setup source one
    expect_error 'tools/setup/sources:2: one stands here twice'
}

two_at_once_share_the_work() {
    fresh_mirror 1
    pin 1 "$(dsc_sum 1)"
    sh tools/setup/setup.sh sources >first 2>&1 &
    setup sources
    wait $! || fail "the first: $(cat first)"
    expect_success
    [ "$(cat out first | grep -c fetching)" = 1 ] || fail 'both fetched'
}

machine_mirror_is_found() {
    mkdir -p etc/sources.list.d
    cat >etc/sources.list <<'LIST'
# deb http://commented.example bookworm main
deb cdrom:[Debian 12]/ bookworm main
deb http://other.example trixie main
deb [ arch=amd64 signed-by=/k.gpg ] http://list.example/debian bookworm main contrib
LIST
    cat >etc/sources.list.d/a.sources <<'LIST'
Types: deb
URIs: http://off.example/debian
Suites: bookworm
Enabled: no

# comment
Types: deb deb-src
URIs: http://deb822.example/debian
 http://second.example
Suites: bookworm-updates bookworm
Signed-By: /k.gpg
LIST
    # shellcheck source=/dev/null
    . tools/setup/mirror.sh
    found=$(first_mirror etc)
    [ "$found" = 'deb-src [ arch=amd64 signed-by=/k.gpg ] http://list.example/debian bookworm' ] ||
        fail "in sources.list: $found"
    rm etc/sources.list
    found=$(first_mirror etc)
    [ "$found" = 'deb-src [signed-by=/k.gpg] http://deb822.example/debian bookworm' ] ||
        fail "in a.sources: $found"
    rm -r etc/sources.list.d
    [ -z "$(first_mirror etc)" ] || fail 'in nothing'
}

# --- packages -------------------------------------------------------------------------------

present_packages_are_silent() {
    printf '# comment\ndpkg apt # another\n\ncoreutils\n' >tools/setup/packages
    forbid apt-get pkg-config flock
    setup packages
    expect_silence
    [ ! -e build ] || fail 'it made the build folder'
}

without_root_the_command_is_told() {
    printf 'dpkg capos-no-such-b\ncapos-no-such-a\n' >tools/setup/packages
    as_nobody packages
    expect_error 'packages are missing; run: sudo apt-get install -y --no-install-recommends capos-no-such-b capos-no-such-a'
}

developer_adds_its_list() {
    echo 'dpkg capos-no-such-a' >tools/setup/packages
    echo 'apt capos-no-such-b' >tools/setup/packages-developer
    as_nobody developer
    expect_error '.* capos-no-such-a capos-no-such-b'
}

malformed_package_names_are_located() {
    printf 'dpkg\napt Bad_Name\n' >tools/setup/packages
    setup packages
    expect_error 'tools/setup/packages:2: "Bad_Name" is not a package name'
}

not_debian_is_told() {
    echo dpkg >tools/setup/packages
    mkdir bin
    for tool in sh dirname id awk; do
        ln -s "$(command -v "$tool")" bin/
    done
    # setup.sh adds sbin to the path, never bin.
    env PATH="$PWD/bin" sh tools/setup/setup.sh packages >out 2>err
    status=$?
    expect_error 'this is not a Debian system: capOS wants Debian 12 .*'
}

unknown_package_is_told() {
    echo 'dpkg capos-no-such-package' >tools/setup/packages
    isolated_apt ''
    setup packages
    unset APT_CONFIG
    grep -qx 'setup: installing 1 packages: capos-no-such-package' out || fail "said: $(cat out)"
    expect_error_and_log "cannot install capos-no-such-package: apt does not know capos-no-such-package: .*; see build/setup.log:"
}

offline_is_told() {
    echo capos-no-such-package >tools/setup/packages
    isolated_apt 'deb [trusted=yes] http://127.0.0.1:9/debian bookworm main'
    setup packages
    unset APT_CONFIG
    expect_error_and_log 'cannot install .*: the package server cannot be reached \(offline\?\); see build/setup.log:'
}

installation_leaves_no_policy() {
    before=$(ls /usr/sbin/policy-rc.d 2>&1)
    echo capos-no-such-package >tools/setup/packages
    isolated_apt ''
    setup packages
    unset APT_CONFIG
    [ "$(ls /usr/sbin/policy-rc.d 2>&1)" = "$before" ] || fail 'policy-rc.d came or went'
}

mk_writes_a_fragment() {
    echo dpkg >tools/setup/packages
    forbid apt-get pkg-config
    # shellcheck disable=SC2016 # the shim's own words
    printf '#!/bin/sh\necho "answer $*"\n' >"$shims/pkg-config"
    setup mk build/setup.mk
    expect_silence
    cat >expected <<'MK'
# Written by tools/setup/setup.sh.
HARNESS_PKG_CFLAGS := answer --cflags libvirt libvirt-qemu libpcap json-c libpcre2-8
HARNESS_PKG_LIBS := answer --libs libvirt libvirt-qemu libpcap json-c libpcre2-8
MK
    cmp -s expected build/setup.mk || fail "wrote: $(cat build/setup.mk)"
    touch -d 2001-01-01 build/setup.mk
    setup mk build/setup.mk
    [ -n "$(find build/setup.mk -newer expected)" ] || fail 'its time is not renewed'
    forbid pkg-config
    setup mk build/setup.mk
    [ "$status" = 1 ] || fail 'a failing pkg-config is ignored'
    cmp -s expected build/setup.mk || fail 'a failure changed it'
}

shipped_lists_are_well_formed() {
    cp "$origin/packages" "$origin/packages-developer" "$origin/sources" tools/setup/
    forbid apt-get dpkg-query
    printf '#!/bin/sh\n' >"$shims/dpkg-query"
    PATH="$shims:$PATH" as_nobody developer
    expect_error 'packages are missing; run: .* gcc .* clang .*'
    setup source capos-no-such-source
    expect_error '.*has no "capos-no-such-source", only: musl .*'
}

for test in \
    source_is_unpacked_with_patches second_run_does_nothing tree_is_unpacked_again_offline \
    changed_pin_replaces_the_tree wrong_dsc_checksum_is_refused \
    tampered_tarball_is_refused_by_the_list tampered_tarball_is_refused_by_the_dsc \
    tampered_download_is_fetched_again missing_version_names_what_is_there \
    missing_package_is_named unreachable_mirror_is_named unknown_name_is_refused \
    malformed_pins_are_located two_at_once_share_the_work machine_mirror_is_found \
    present_packages_are_silent without_root_the_command_is_told developer_adds_its_list \
    malformed_package_names_are_located not_debian_is_told mk_writes_a_fragment \
    shipped_lists_are_well_formed; do
    allow_all
    run "$test"
done

# Only root gets as far as apt-get install.
if [ "$(id -u)" = 0 ]; then
    for test in unknown_package_is_told offline_is_told installation_leaves_no_policy; do
        allow_all
        run "$test"
    done
fi
exit "$failed"

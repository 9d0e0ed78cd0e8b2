#!/bin/sh
# Gets a Debian 12 machine ready to build capOS: its packages, and pinned third-party sources.
# SPDX-License-Identifier: Apache-2.0
#
#   setup.sh packages      install what the list "packages" names and is missing
#   setup.sh developer     the same with "packages-developer" added
#   setup.sh mk FILE       packages, then write pkg-config's answers to FILE for make
#   setup.sh source NAME   fetch, verify and unpack one of the list "sources"
#   setup.sh sources       all of them
#
# BUILD names the build directory (default: build). Says nothing when there is nothing to do.

set -u
umask 022
here=$(dirname -- "$0")
build=${BUILD:-build}
# Messages are searched below, dpkg wants sbin, and a postinst must not join make's jobs.
export LC_ALL=C PATH="$PATH:/usr/sbin:/sbin"
unset MAKEFLAGS MFLAGS MAKELEVEL

# shellcheck source=/dev/null
. "$here/common.sh"

# names LIST...: the package names in the lists, on one line.
names() {
    awk '{ sub(/#.*/, "")
           for (i = 1; i <= NF; i++)
               if ($i ~ /^[a-z0-9][a-z0-9+.-]+$/)
                   printf "%s ", $i
               else {
                   printf "setup: %s:%d: \"%s\" is not a package name\n",
                          FILENAME, FNR, $i > "/dev/stderr"
                   exit 1
               } }' "$@"
}

# missing NAMES: those that are not installed completely, on one line. A held package counts.
missing() {
    # shellcheck disable=SC2086 # a list of words
    dpkg-query -W -f '${Package} ${Status}\n' $1 2>/dev/null | awk -v wanted="$1" '
        / (install|hold) ok installed$/ { installed[$1] = 1 }
        END { n = split(wanted, name)
              for (i = 1; i <= n; i++)
                  if (!(name[i] in installed)) { printf "%s%s", space, name[i]; space = " " } }'
}

# run_apt ARGUMENTS: apt-get without questions, into the log. It waits for dpkg's lock itself, but
# not for that of the package lists, which another apt-get update holds for a moment.
run_apt() {
    tries=0
    while :; do
        start=$(($(wc -l <"$log") + 1))
        DEBIAN_FRONTEND=noninteractive apt-get -q \
            -o Acquire::Retries=3 -o Acquire::http::Timeout=30 -o Acquire::https::Timeout=30 \
            -o DPkg::Lock::Timeout=300 \
            -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold \
            "$@" </dev/null >>"$log" 2>&1 9>&- && return
        tail -n "+$start" "$log" | grep -q 'Could not get lock .*/lists/lock' || return
        tries=$((tries + 1))
        [ "$tries" -le 150 ] || return
        sleep 2
    done
}

# Why apt-get failed, as far as its log tells.
apt_failure() {
    if grep -qE 'Could not resolve|Temporary failure|[Cc]ould not connect|Unable to connect|Cannot initiate|[Cc]onnection (timed out|failed)|Network is unreachable' "$log"; then
        echo 'the package server cannot be reached (offline?)'
    elif grep -qE 'Unable to locate package|has no installation candidate' "$log"; then
        echo "apt does not know $(sed -nE "s/^E: (Unable to locate package |Package '?)([^ ']+).*/\2/p" "$log" |
            sort -u | paste -sd ' ' -): its sources must have Debian 12's main archive"
    elif grep -qE "No space left|You don't have enough free space" "$log"; then
        echo 'the disk is full'
    elif grep -q 'dpkg was interrupted' "$log"; then
        echo 'an earlier installation was interrupted (dpkg --configure -a finishes it)'
    elif grep -q 'Could not get lock' "$log"; then
        echo 'another package manager has been running for 5 minutes'
    else
        echo 'apt-get failed'
    fi
}

# Without systemd (a container, a chroot) postinst scripts would start daemons that outlive us.
# Forbid it the way Debian provides for, unless the machine has a policy of its own.
policy=/usr/sbin/policy-rc.d
no_daemons() {
    [ -d /run/systemd/system ] && return
    if [ -e "$policy" ] && ! grep -q 'set-up of capOS' "$policy"; then
        return
    fi
    trap 'rm -f "$policy"' EXIT
    trap 'exit 1' HUP INT TERM
    printf '#!/bin/sh\n# From the set-up of capOS, while it installs.\nexit 101\n' >"$policy"
    chmod 755 "$policy"
}

# packages LIST...: installs what is missing of them.
packages() {
    command -v dpkg-query >/dev/null ||
        die "this is not a Debian system: capOS wants Debian 12 with the packages in $*"
    wanted=$(names "$@") || exit 1
    lack=$(missing "$wanted")
    [ -n "$lack" ] || return 0

    # shellcheck source=/dev/null
    system=$(. /etc/os-release && echo "$ID ${VERSION_ID:-}")
    [ "$system" = 'debian 12' ] || say "this is $system: capOS is tested on Debian 12 only"
    [ "$(id -u)" = 0 ] ||
        die "packages are missing; run: sudo apt-get install -y --no-install-recommends $lack"

    mkdir -p "$build" || die "cannot create $build"
    hold_lock "$build/setup.lock"
    lack=$(missing "$wanted")
    [ -n "$lack" ] || return 0
    log=$build/setup.log
    true >"$log" || die "cannot write $log"
    # shellcheck disable=SC2086 # a list of words
    set -- $lack
    say "installing $# packages: $*"
    no_daemons
    # A source that cannot be read matters only if the installation then fails.
    run_apt update
    run_apt install -y --no-install-recommends "$@" ||
        die_with_log "cannot install $*: $(apt_failure)" "$log"
    lack=$(missing "$wanted")
    [ -z "$lack" ] || die_with_log "apt-get succeeded, yet these are not installed: $lack" "$log"
}

# mk FILE: what make needs to know of the host libraries. FILE is replaced whole or not at all.
mk() {
    modules='libvirt libvirt-qemu libpcap json-c libpcre2-8'
    # shellcheck disable=SC2086 # a list of words
    if ! cflags=$(pkg-config --cflags $modules) || ! libs=$(pkg-config --libs $modules); then
        die "pkg-config does not find all of: $modules"
    fi
    mkdir -p "$(dirname -- "$1")" || exit 1
    printf '# Written by tools/setup/setup.sh.\n%s := %s\n%s := %s\n' \
        HARNESS_PKG_CFLAGS "$cflags" HARNESS_PKG_LIBS "$libs" >"$1.$$" || exit 1
    mv -f "$1.$$" "$1"
}

# pins: the list of sources without comments, checked.
pins() {
    awk -v valid_sha="^$(printf '%064d' 0 | sed 's/0/[0-9a-f]/g')\$" '
        function bad(why) {
            printf "setup: %s:%d: %s\n", FILENAME, FNR, why > "/dev/stderr"
            exit 1
        }
        { sub(/#.*/, "") }
        NF == 0 { next }
        NF != 3 || $1 !~ /^[a-z0-9][a-z0-9+.-]+$/ || $2 !~ /^[0-9][A-Za-z0-9.+:~-]*$/ ||
            $3 !~ valid_sha { bad("want: name version sha256-of-dsc") }
        $1 in seen { bad($1 " stands here twice") }
        { seen[$1] = 1; print $1, $2, $3 }' "$here/sources"
}

# sources [NAME]: unpacks one, or all.
sources() {
    pinned=$(pins) || exit 1
    found=
    while read -r name version sha; do
        if [ -z "$name" ] || [ "${1:-$name}" != "$name" ]; then
            continue
        fi
        found=1
        sh "$here/source.sh" "$name" "$version" "$sha" </dev/null || exit 1
    done <<PINS
$pinned
PINS
    [ -n "$found" ] || [ $# = 0 ] ||
        die "$here/sources has no \"$1\", only: $(printf '%s\n' "$pinned" | sed 's/ .*//' | paste -sd ' ' -)"
}

case "${1:-} $#" in
'packages 1') packages "$here/packages" ;;
'developer 1') packages "$here/packages" "$here/packages-developer" ;;
'mk 2') packages "$here/packages" && mk "$2" ;;
'source 2') sources "$2" ;;
'sources 1') sources ;;
*) die 'usage: setup.sh packages | developer | mk FILE | source NAME | sources' ;;
esac

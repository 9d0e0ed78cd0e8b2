#!/bin/sh
# Unpacks one pinned Debian source package, patches applied, to $BUILD/sources/NAME-UPSTREAMVERSION.
# SPDX-License-Identifier: Apache-2.0
#
#   source.sh NAME VERSION SHA256-OF-DSC      (called by setup.sh, which reads the pins)
#
# The .dsc must have the pinned SHA-256 and every file the SHA-256 that the .dsc gives: apt's word
# is not taken for it. Files that passed stay in sources/downloads, so a second unpacking needs no
# network. All work happens in sources/.work; the result is renamed into place with the pin in its
# file .verified, and where that is the current pin there is nothing to do.
#
# apt gets a configuration, package lists and cache of its own, so the machine's stay as they are
# and no privilege is needed. CAPOS_DEB_SRC, a deb-src line, names another repository than the
# machine's own mirror.

set -u
umask 022
here=$(dirname -- "$0")
export LC_ALL=C

# shellcheck source=/dev/null
. "$here/common.sh"
# shellcheck source=/dev/null
. "$here/mirror.sh"

name=$1 version=$2 pin=$3
file_version=${version#*:} # the epoch is not in file names
dsc=${name}_$file_version.dsc
root=${BUILD:-build}/sources
tree=$root/$name-${file_version%-*}
log=$root/$name.log

unpacked() {
    [ "$(cat "$tree/.verified" 2>/dev/null)" = "$pin" ]
}

# private_apt: makes apt's own world; the machine's way to the network (proxies, limits) is kept.
private_apt() {
    apt=$(cd "$root" && pwd)/apt
    mkdir -p "$apt/none" "$apt/lists/partial" "$apt/cache/archives/partial" || exit 1
    apt-config dump | grep '^Acquire::' >"$apt/conf.new"
    cat >>"$apt/conf.new" <<CONF
Acquire::Retries "3";
Acquire::http::Timeout "30";
Acquire::https::Timeout "30";
APT::Sandbox::User "";
APT::Update::Error-Mode "any";
Dir::Etc::Main "/dev/null";
Dir::Etc::Parts "$apt/none";
Dir::Etc::SourceList "$apt/sources.list";
Dir::Etc::SourceParts "$apt/none";
Dir::State::Lists "$apt/lists";
Dir::Cache "$apt/cache";
CONF
    mv -f "$apt/conf.new" "$apt/conf"
    deb_src >"$apt/sources.list"
    export APT_CONFIG="$apt/conf"
}

# checksums DSC: "SHA256 FILE" for each file that it names.
checksums() {
    awk '/^Checksums-Sha256:/ { inside = 1; next }
         /^[^ ]/ { inside = 0 }
         inside { print $1, $3 }' "$1"
}

# mismatch FOLDER: what first fails in the files of the package there; nothing if all is right.
mismatch() {
    differs "$1/$dsc" "$pin" "$here/sources" && return
    checksums "$1/$dsc" | while read -r sha file; do
        differs "$1/$file" "$sha" "$dsc" && break
    done
    [ -n "$(checksums "$1/$dsc")" ] || echo "$dsc: has no section Checksums-Sha256"
}

# differs FILE SHA256 WITNESS: says how, or fails.
differs() {
    sum=$(sha256sum 2>/dev/null <"$1") || sum=missing
    sum=${sum%% *}
    [ "$sum" != "$2" ] && echo "${1##*/}: SHA-256 is $sum, $3 says $2"
}

# fetch: from the mirror to downloads, by way of .work so that only what passed gets there.
fetch() {
    say "fetching source package $name $version"
    private_apt
    apt-get -q update >>"$log" 2>&1 </dev/null ||
        die_with_log "$name: no package list from \"$(cat "$apt/sources.list")\" (offline?)" "$log"
    index=$(apt-cache showsrc "$name" 2>/dev/null | awk -v name="$name" '
        $1 == "Package:" { ours = $2 == name }
        ours && $1 == "Version:" { version = $2 }
        ours && $3 ~ /\.dsc$/ && length($1) == 64 { print name, version, $1 }' | sort -u)
    case "
$index" in
    *"
$name $version "*) ;;
    *) no_version ;;
    esac

    mkdir "$work/fetched" "$work/checked" || exit 1
    (cd "$work/fetched" && apt-get -q source --download-only "$name=$version") \
        >>"$log" 2>&1 </dev/null ||
        if grep -q 'Hash Sum mismatch' "$log"; then
            die "$name $version: the mirror's files are not those of its own list: refusing to unpack; see $log"
        else
            die_with_log "$name $version: cannot be fetched" "$log"
        fi
    # From a local repository apt only makes links; what is checked must be what is kept.
    cp -L "$work/fetched/"* "$work/checked/" || exit 1
    why=$(mismatch "$work/checked")
    [ -z "$why" ] || die "$why: refusing to unpack"
    mv -f "$work/checked/"* "$root/downloads/"
}

# A point release of Debian replaces versions: name what there is, ready to be pinned.
no_version() {
    [ -n "$index" ] || die "$name: there is no such source package at \"$(cat "$apt/sources.list")\""
    die "$name $version is not on the mirror; pin what is there in $here/sources ($(
        echo "$index" | paste -sd ';' - | sed 's/;/; /g')), or name a mirror that keeps $version in CAPOS_DEB_SRC"
}

unpacked && exit 0
if ! command -v apt-get >/dev/null || ! command -v dpkg-source >/dev/null; then
    die "$name: unpacking Debian sources takes apt-get and dpkg-source (setup.sh packages)"
fi
mkdir -p "$root/downloads" || exit 1
hold_lock "$root/.lock"
unpacked && exit 0

true >"$log" || exit 1
work=$root/.work
rm -rf "$work"
mkdir "$work" || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

[ -z "$(mismatch "$root/downloads")" ] || fetch
dpkg-source --no-copy -x "$root/downloads/$dsc" "$work/tree" >>"$log" 2>&1 </dev/null ||
    die_with_log "$dsc: cannot be unpacked" "$log"
echo "$pin" >"$work/tree/.verified"
[ ! -e "$tree" ] || mv -T "$tree" "$work/old" || exit 1
mv -T "$work/tree" "$tree"

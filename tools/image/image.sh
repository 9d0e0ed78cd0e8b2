#!/bin/sh
# Writes an ISO file from which BIOS and UEFI machines boot the kernel, by GRUB and Multiboot2.
# SPDX-License-Identifier: Apache-2.0
#
#   image.sh [--package FILE] OUTPUT KERNEL [WORD...]
#
# The words are the kernel's command line; FILE is the boot package, the kernel's only module. OUTPUT
# is replaced whole or not at all.

set -u
grub=/usr/lib/grub

die() {
    echo "image: $*" >&2
    exit 1
}

# needs PACKAGE FILE: notes the package when the file is not there.
needs() {
    [ -e "$2" ] || missing="$missing $1"
}

check_host() {
    missing=
    needs grub-common "$(command -v grub-mkrescue || echo none)"
    needs grub-pc-bin $grub/i386-pc/moddep.lst
    needs grub-efi-amd64-bin $grub/x86_64-efi/moddep.lst
    needs xorriso "$(command -v xorriso || echo none)"
    needs mtools "$(command -v mformat || echo none)"
    [ -z "$missing" ] || die "packages are missing:$missing (make setup installs them)"
}

# GRUB's script and its way of handing words on both have quotes of their own: a word with such a
# character would arrive as another.
check_words() {
    for word; do
        case $word in
        '' | *[!A-Za-z0-9_.,:=/+@%^~-]*)
            die "\"$word\" cannot pass through GRUB; expected letters, digits and _.,:=/+@%^~-" ;;
        esac
    done
}

check_files() {
    [ -r "$kernel" ] || die "cannot read the kernel $kernel (make kernel builds it)"
    [ -z "$package" ] || [ -r "$package" ] || die "cannot read the boot package $package"
    grub-file --is-x86-multiboot2 "$kernel" ||
        die "$kernel has no Multiboot2 header in its first 32 KiB"
}

# A machine without a serial port boots, too.
print_config() {
    cat <<CONFIG
set timeout=0
if serial --unit=0 --speed=115200; then
    terminal_input serial console
    terminal_output serial console
fi
menuentry capOS {
    multiboot2 /boot/capos.elf $*
    ${package:+module2 /boot/package package}
}
CONFIG
}

# What the script above uses, and all kinds of partitions: GRUB's first stage asks for them by name.
modules() {
    printf 'normal multiboot2 serial terminal iso9660'
    for module in "$grub"/x86_64-efi/part_*.mod; do
        printf ' %s' "$(basename "$module" .mod)"
    done
}

# The kernel goes without its symbols, which GRUB would put into memory, too.
make_image() {
    mkdir -p "$work/root/boot/grub" || return
    strip -o "$work/root/boot/capos.elf" "$kernel" || return
    if [ -n "$package" ]; then
        cp "$package" "$work/root/boot/package" || return
    fi
    print_config "$@" >"$work/root/boot/grub/grub.cfg" || return
    grub-mkrescue --install-modules="$(modules)" --fonts= --locales= --themes= \
        -o "$work/image.iso" "$work/root" >"$work/log" 2>&1
}

package=
if [ "${1-}" = --package ]; then
    [ $# -ge 2 ] || die '--package wants a file'
    package=$2
    shift 2
fi
[ $# -ge 2 ] || die 'usage: image.sh [--package FILE] OUTPUT KERNEL [WORD...]'
output=$1 kernel=$2
shift 2

check_host
check_words "$@"
check_files
mkdir -p "$(dirname "$output")" || die "cannot write to $output"
work=$(mktemp -d "$output.XXXXXX") || die "cannot write to $output"
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
if ! make_image "$@"; then
    [ ! -e "$work/log" ] || cat "$work/log" >&2
    die "cannot make $output"
fi
mv -f "$work/image.iso" "$output"

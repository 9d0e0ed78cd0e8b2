# shellcheck shell=sh
# Where Debian 12's source packages come from: the mirror that the machine already uses.
# SPDX-License-Identifier: Apache-2.0

# first_mirror APT_ETC: the first mirror of Debian 12 in that folder (/etc/apt), as a deb-src line
# without components; nothing if there is none. An embedded signing key is not carried over.
first_mirror() {
    {
        cat "$1/sources.list" "$1/sources.list.d/"*.list 2>/dev/null | awk '
            $1 == "deb" {
                at = 2
                options = ""
                if ($2 ~ /^\[/)
                    do options = options $at " "; while ($(at++) !~ /\]$/ && at <= NF)
                if ($at !~ /^cdrom:/ && $(at + 1) == "bookworm")
                    print "deb-src " options $at " bookworm"
            }'
        for file in "$1/sources.list.d/"*.sources; do
            [ ! -r "$file" ] || awk '
                function flush(    uri, key) {
                    split(field["uris"], uri)
                    key = field["signed-by"]
                    key = key ~ /^ *\// ? "[signed-by=" substr(key, match(key, /\//)) "] " : ""
                    if (uri[1] != "" && (field["types"] " ") ~ / deb / &&
                        (field["suites"] " ") ~ / bookworm / && field["enabled"] !~ /no|false/)
                        print "deb-src " key uri[1] " bookworm"
                    split("", field)
                }
                /^#/ { next }
                /^[ \t]*$/ { flush(); next }
                /^[^ \t]/ {
                    name = tolower(substr($0, 1, index($0, ":") - 1))
                    sub(/^[^:]*:/, "")
                }
                { $1 = $1; field[name] = field[name] " " $0 }
                END { flush() }' "$file"
        done
    } | head -n 1
}

# deb_src: the line for sources.list; CAPOS_DEB_SRC overrides it.
deb_src() {
    if [ -n "${CAPOS_DEB_SRC:-}" ]; then
        echo "$CAPOS_DEB_SRC"
        return
    fi
    keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    mirror=$(first_mirror /etc/apt)
    echo "${mirror:-deb-src [signed-by=$keyring] http://deb.debian.org/debian bookworm} main"
}

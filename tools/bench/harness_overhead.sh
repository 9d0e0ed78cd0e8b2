#!/bin/sh
# What the harness adds to plain QEMU: the same kernel, booted until it powers off, both ways in turn.
# SPDX-License-Identifier: Apache-2.0
#
#   harness_overhead.sh [RUNS]     writes $BUILD/bench/bench.json and prints the same as a table
#
# "Plain" is QEMU started directly with the kernel. "Harness" is `make scenario NAME=boot` with everything built.
# Both are wall time, as a person waits for it: medians of RUNS pairs after one pair that is not counted.
set -eu
build=${BUILD:-build}
runs=${1:-15}
mkdir -p "$build/bench"

milliseconds() {
    start=$(date +%s%N)
    "$@" >"$build/bench/last.log" 2>&1 || { cat "$build/bench/last.log"; exit 1; }
    end=$(date +%s%N)
    echo $(((end - start) / 1000000))
}
plain() {
    qemu-system-x86_64 -machine q35 -accel tcg -cpu max -m 64 -nodefaults -display none -no-reboot \
        -serial "file:$build/bench/serial.log" -kernel "$build/kernel/capos.elf"
}
harness() {
    make --no-print-directory scenario NAME=boot
}

milliseconds plain >"$build/bench/plain"
milliseconds harness >"$build/bench/harness"
: >"$build/bench/plain"
: >"$build/bench/harness"
i=0
while [ "$i" -lt "$runs" ]; do
    milliseconds plain >>"$build/bench/plain"
    milliseconds harness >>"$build/bench/harness"
    i=$((i + 1))
done

awk -v runs="$runs" '
    function middle(v, n) { return n % 2 ? v[(n + 1) / 2] : (v[n / 2] + v[n / 2 + 1]) / 2 }
    function sort(v, n,   i, j, t) {
        for (i = 2; i <= n; i++) for (j = i; j > 1 && v[j - 1] > v[j]; j--) { t = v[j]; v[j] = v[j - 1]; v[j - 1] = t }
    }
    FNR == NR { plain[++n] = $1; next }
    { harness[++m] = $1 }
    END {
        sort(plain, n); sort(harness, m)
        p = middle(plain, n); h = middle(harness, m)
        target = 1500 # milliseconds: a scenario must be quick enough to be run without thinking
        printf "boot until power-off, median of %d runs (min to max)\n", runs > "/dev/stderr"
        printf "  plain QEMU          %5d ms  (%d to %d)\n", p, plain[1], plain[n] > "/dev/stderr"
        printf "  make scenario       %5d ms  (%d to %d)\n", h, harness[1], harness[m] > "/dev/stderr"
        printf "  ratio %.2f; target %d ms: %s\n", h / p, target, h <= target ? "met" : "MISSED" > "/dev/stderr"
        printf "[{\"id\": \"harness/boot\", \"unit\": \"ms\", \"value\": %d, \"linux\": null, \"ratio\": %.2f,", h, h / p
        printf " \"target\": %d, \"met\": %s, \"notes\": \"ratio to plain QEMU, %d ms, same run\"}]\n", target,
            h <= target ? "true" : "false", p
    }' "$build/bench/plain" "$build/bench/harness" >"$build/bench/bench.json"

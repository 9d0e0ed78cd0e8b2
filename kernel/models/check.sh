#!/bin/sh
# Checks the models: the protocols as they are hold, and each mutant is found.
# SPDX-License-Identifier: Apache-2.0
#
# Prints "ok NAME" or "not ok NAME: why" for each model and mutant. Builds the verifiers in $BUILD/models.
set -u
here=$(cd "$(dirname "$0")" && pwd)
build=${BUILD:-build}/models
failed=0

# verify MODEL FLAG...: what the verifier says of it, in $build/report; 2 when it could not look at all states.
verify() {
    model=$1
    shift
    folder=$build/$model$(printf '%s' "$*" | tr -d ' ')
    rm -rf "$folder"
    mkdir -p "$folder"
    # shellcheck disable=SC2086 # each flag is a word
    (cd "$folder" && spin -a "$@" "$here/$model.pml" && gcc -O1 -w -DSAFETY -DMEMLIM=1024 -DVECTORSZ=2048 -o pan pan.c &&
        timeout 60 ./pan -m1000000) >"$folder/report" 2>&1 || return 2
    grep -q 'error: max search depth\|MEMLIM bound\|Search not completed' "$folder/report" && return 2
    grep -q 'errors: 0' "$folder/report"
}

# holds MODEL FLAG...
holds() {
    verify "$@"
    case $? in
    0) echo "ok $*" ;;
    *)
        echo "not ok $*: $(grep -m1 'pan:\|errors:\|rror' "$folder/report")"
        failed=1
        ;;
    esac
}

# finds MODEL FLAG...: an assertion that fails, or a state without a way on.
finds() {
    verify "$@"
    if grep -q 'pan:[0-9]*: \(assertion violated\|invalid end state\)' "$folder/report"; then
        echo "ok $* is found"
    else
        echo "not ok $*: not found: $(tail -n 1 "$folder/report")"
        failed=1
    fi
}

holds ring
finds ring -DNO_CREDIT
finds ring -DTAIL_FIRST
finds ring -DNO_WAKE
finds ring -DCHECK_UNLOCKED
holds ring -DLYING
finds ring -DLYING -DLIE_AS_CREDIT
finds ring -DLYING -DNO_TAIL_CHECK

holds park
finds park -DCOMPARE_UNLOCKED
holds park -DTIMED
finds park -DTIMED -DNO_WITHDRAW
finds park -DTIMED -DNO_TIMER_STOP

holds channel
finds channel -DNO_LOOK
finds channel -DLOOK_FIRST
finds channel -DINDEX_LATE
finds channel -DBELL_LATE
finds channel -DWAKE_FIRST
finds channel -DSILENT_CLOSE
finds channel -DINDEX_EARLY
finds channel -DCLOSED_LATE

holds flush
holds flush -DCPUS=3 -DENTRIES=1
finds flush -DNO_WAIT
finds flush -DNO_INTERRUPT
finds flush -DNO_SETTLE
finds flush -DONLY_THIS_PAGE
finds flush -DLATE_FLAG
finds flush -DNO_RESIDENT
finds flush -DNO_CURRENT
finds flush -DALWAYS_ALONE

holds switch
finds switch -DNO_WAIT
finds switch -DNO_END_WAIT
finds switch -DMARK_FIRST

holds call
finds call -DNO_DETACH
finds call -DNO_DROP
finds call -DNO_RECHECK
finds call -DKEEP_RESERVED
finds call -DANSWER_AGAIN
finds call -DADMIT_CLOSED

holds transfer
finds transfer -DNO_ROLLBACK
finds transfer -DUSE_RESERVED
finds transfer -DDOUBLE
finds transfer -DTRUST_ARRAY
finds transfer -DCOMMIT_EACH
finds transfer -DNO_UNRESERVE
exit $failed

#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# tactus model check as a person uses it: a sound body, one that loses something, one with an impossible number.
set -uo pipefail
tactus=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
fail() { echo "model: $1" >&2; failed=1; }
expect() { # code text command...
  local want=$1 text=$2 code=0
  shift 2
  "$@" >"$work/said" 2>&1 || code=$?
  [ "$code" = "$want" ] || fail "exit $code instead of $want: $* said $(cat "$work/said")"
  grep -qF -- "$text" "$work/said" || fail "'$text' is not in what '$*' said: $(cat "$work/said")"
}

expect 0 "holds" "$tactus" model check --days 3
expect 0 "nothing drifts" "$tactus" model check --days 3
[ "$(awk '{ if (length($0) > n) n = length($0) } END { print (n <= 80) }' "$work/said")" = 1 ] || fail "wider than 80 columns"
expect 0 '"sound": true' "$tactus" model check --days 2 --json

# the files give what is built in
cp -r models "$work/models"
expect 0 "holds" "$tactus" model check "$work/models/body.ant" --days 3

# a body whose flows do not add up is found out
sed -i 's/- cardiac_output;/- 1.01*cardiac_output;/' "$work/models/circulation.ant"
expect 1 "FAILS" "$tactus" model check "$work/models/body.ant" --days 3
cp models/circulation.ant "$work/models/"

# a number that cannot be, a unit that does not fit, a file that is not there
sed -i 's/^circulation.share_muscle\t0.17\t/circulation.share_muscle\t1.7\t/' "$work/models/parameters.tsv"
expect 1 "the value must lie within low and high" "$tactus" model check "$work/models/body.ant" --days 3
awk -F'\t' -v OFS='\t' '$1 == "circulation.share_muscle" { $5 = 2 } 1' "$work/models/parameters.tsv" > "$work/models/new" && mv "$work/models/new" "$work/models/parameters.tsv"
expect 1 "the value of 'circulation.share_muscle' cannot be 1.7: at least 0 and at most 1 is possible (a share)" \
  "$tactus" model check "$work/models/body.ant" --days 3
cp models/parameters.tsv "$work/models/"
sed -i 's/  return_head := (muscle_head.flow/  return_head := (muscle_head.conductance/' "$work/models/circulation.ant"
expect 1 "circulation.ant:" "$tactus" model check "$work/models/body.ant" --days 3
cp models/circulation.ant "$work/models/"
printf 'nothing\tfluid.no_such\tL\t1e-9\t\n' >> "$work/models/balances.tsv"
expect 1 "balances.tsv:6:9: the body has no variable 'fluid.no_such'" "$tactus" model check "$work/models/body.ant" --days 3
expect 1 "none.ant" "$tactus" model check "$work/none.ant"

expect 2 "a whole number from 2 to 3660 is wanted" "$tactus" model check --days 1
expect 2 "one model at a time" "$tactus" model check a.ant b.ant
expect 2 "'model chec' is nothing; there is: check" "$tactus" model chec
expect 2 "usage: tactus model WHAT" "$tactus" model
exit $failed

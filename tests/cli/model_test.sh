#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# tactus model check as a person uses it: a sound body, one that loses something, one with an impossible number.
. "$(dirname "$0")/support.sh"

expect 0 "holds" "$tactus" model check --days 3
counted() { # column: how many rows of the table have something in it
  awk -F'\t' -v k="$1" '!/^#/ && $1 != "id" && NF > 5 && $k != ""' models/parameters.tsv | wc -l
}
expect 0 "nothing drifts" "$tactus" model check --days 3
is "80 columns" narrow "$work/said.txt"
is "it says how many numbers have a range" has "$work/said.txt" "$(counted 4) of them have a range"
is "and how many name a publication" has "$work/said.txt" "$(counted 8) name a publication"
expect 0 '"sound": true' "$tactus" model check --days 2 --json

# the files give what is built in
cp -r models "$work/models"
expect 0 "holds" "$tactus" model check "$work/models/body.ant" --days 3

# names that stand for nothing, of a body from its files
sed -i 's/^  var contact has dimensionless;/  var nobody_asks has kPa;\n&/' "$work/models/touch.ant"
printf 'touch.nobody_asks\t1\tkPa\t\t\t\tassumed\t\ta test\n' >> "$work/models/parameters.tsv"
expect 0 "touch.nobody_asks" "$tactus" model check "$work/models/body.ant" --days 2
expect 0 '"name": "touch.nobody_asks"' "$tactus" model check "$work/models/body.ant" --days 2 --json
cp models/touch.ant models/parameters.tsv "$work/models/"

# every number with its unit, range, basis and source, without a simulation
expect 0 "touch.p50_calm " "$tactus" model check --parameters
grep -Eq '^touch\.p50_calm +5 kPa +1\.7 +15 assumed +case' "$work/said.txt" || fail "a row is not in line: $(grep p50_calm "$work/said.txt")"
[ "$(wc -l < "$work/said.txt")" -gt 500 ] || fail "parameters are missing"
expect 2 "--parameters prints a table" "$tactus" model check --parameters --json

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
expect 1 "balances.tsv:7:9: the body has no variable 'fluid.no_such'" "$tactus" model check "$work/models/body.ant" --days 3
cp models/balances.tsv "$work/models/"
sed -i 's/^water\tfluid.water_balance\tL\t/water\tfluid.water_balance\tmL\t/' "$work/models/balances.tsv"
expect 1 "balances.tsv:3:27: 'fluid.water_balance' is in L, not in mL" "$tactus" model check "$work/models/body.ant" --days 3
expect 1 "none.ant" "$tactus" model check "$work/none.ant"

expect 2 "a whole number from 2 to 3660 is wanted" "$tactus" model check --days 1
expect 2 "one model at a time" "$tactus" model check a.ant b.ant
expect 2 "'model chec' is nothing; there is: check" "$tactus" model chec
expect 2 "usage: tactus model WHAT" "$tactus" model
closing

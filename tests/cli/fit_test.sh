#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# tactus fit, as a person uses it: studies in, parameters out; what cannot be done is refused with what would be right.
. "$(dirname "$0")/support.sh"

mkdir "$work/studies"
cat >"$work/studies/MADE.yaml" <<'YAML'
id: MADE
title: Made up, hands and calm
citation: nobody
design: within person
quality: D
family: MADE
claims: []
people: {n: 40, sex: male, age: 30}
clock: "10:00"
arms:
  hands: {events: [{massage: stroking, region: back, from: 0 min, for: 20 min}]}
  rest: {events: [{rest: true, posture: seated, from: 0 min, for: 20 min}]}
findings:
  - {what: relaxation, of: hands, versus: rest, change: false, at: during, as: difference, value: 0.35, se: 0.02, read: word}
YAML
fit=("$tactus" fit --evidence "$work/studies" --people 16 --repeat 20)
two=(--free stress.relax_ct --free lymph.memory_gain)

is "a made-up study is fitted" exits 0 "${fit[@]}" "${two[@]}" --jobs 1 --out "$work/a"
is "how many parameters and studies" has "$work/out.txt" "2 parameters free, 1 study"
is "80 columns" narrow "$work/out.txt"
is "what nothing depends on is said" has "$work/out.txt" "lymph.memory_gain: nothing in these studies depends on it"
is "two threads, into the body: not what the ledger cannot mark" exits 2 "${fit[@]}" "${two[@]}" --jobs 2 --json --write --out "$work/b"
is "with the reason" has "$work/err.txt" "no key in models/families.tsv"
is "after the fit as JSON" has "$work/out.txt" '"judgement"'
is "with the same bytes" diff <(grep -v '"seconds"' "$work/a/fit.json") <(grep -v '"seconds"' "$work/b/fit.json")
is "also of the table" cmp "$work/a/parameters.tsv" "$work/b/parameters.tsv"
is "fit.json has everything" node --input-type=commonjs - "$work/a/fit.json" <<'JS'
const assert = require("node:assert");
const fit = JSON.parse(require("node:fs").readFileSync(process.argv[2], "utf8"));
const [gain, memory] = fit.parameters;
assert.equal(gain.id, "stress.relax_ct");
assert(gain.fitted.value > gain.prior.value + 0.02, "the gain did not follow the study");
assert(gain.share < 0.9 && gain.changes && gain.profile.length === 4);
assert(gain.profile.every((point) => point.rise > 0.3), JSON.stringify(gain.profile));
assert.equal(memory.fitted.value, memory.prior.value);
assert(!memory.changes && memory.share === 1 && memory.profile.length === 0);
const [finding] = fit.findings;
assert(Math.abs(finding["misfit after"]) < Math.abs(finding["misfit before"]));
assert(Math.abs(finding.after - finding.value) < Math.abs(finding.before - finding.value));
assert.deepEqual(fit.studies, [{ study: "MADE", family: "MADE", key: null, used: 1, findings: 1 }]);
assert(fit["objective after"] < fit["objective before"] && fit.tau >= 0);
JS
is "one line of the table is changed" test "$(diff models/parameters.tsv "$work/a/parameters.tsv" | grep -c '^>')" = 1
is "and says so" has "$work/a/parameters.tsv" "fitted to MADE; before 0.25 (-0.1 to 0.6)"
is "its basis is fitted" test "$(awk -F'\t' '$1 == "stress.relax_ct" { print $7 }' "$work/a/parameters.tsv")" = fitted

is "no such parameter" exits 2 "${fit[@]}" --free stress.relax_cd --out "$work/d"
is "gets the right name" has "$work/err.txt" "did you mean 'stress.relax_ct'"
is "too many are free" exits 2 "${fit[@]}" --free 'stress.*' --out "$work/d"
is "which ones" has "$work/err.txt" "24 at most are"
is "a part of a family" exits 2 "$tactus" fit --evidence evidence --free stress.relax_ct --family RAP10-IMM --out "$work/d"
is "gets the whole" has "$work/err.txt" "--family RAP10 is all of it (RAP10-IMM, RAP10-HPA)"
is "half a family's folder" exits 2 "$tactus" fit --evidence evidence/stress --free stress.relax_ct --family RAP10 --out "$work/d"
is "is refused" has "$work/err.txt" "RAP10-IMM is not below this folder"
is "no such family" exits 2 "${fit[@]}" --free stress.relax_ct --family MAD --out "$work/d"
is "is said too" has "$work/err.txt" "no family of these studies is called 'MAD'; "
is "nothing is free" exits 2 "$tactus" fit --evidence evidence
is "nothing was written" test ! -e "$work/d"
closing

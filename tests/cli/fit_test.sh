#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# tactus fit, as a person uses it: studies in, parameters out; what cannot be done is refused with what would be right.
set -uo pipefail
tactus=$1
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
fails=0

check() { # check NAME COMMAND...
  local name=$1
  shift
  if "$@" >"$out/check.log" 2>&1; then
    echo "ok    $name"
  else
    echo "FAIL  $name"
    sed 's/^/      /' "$out/check.log"
    fails=$((fails + 1))
  fi
}
has() { grep -qF -- "$2" "$1" || { echo "'$2' is not in $1:" && cat "$1" && return 1; }; }
ends_with() { # ends_with CODE COMMAND...
  local want=$1 got
  shift
  "$@" >"$out/stdout" 2>"$out/stderr"
  got=$?
  [ "$got" = "$want" ] || { echo "exit $got, not $want" && cat "$out/stdout" "$out/stderr" && return 1; }
}

mkdir "$out/studies"
cat >"$out/studies/MADE.yaml" <<'YAML'
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
fit=("$tactus" fit --evidence "$out/studies" --people 16 --repeat 20)
two=(--free stress.relax_ct --free lymph.memory_gain)

check "a made-up study is fitted" ends_with 0 "${fit[@]}" "${two[@]}" --jobs 1 --out "$out/a"
check "80 columns" awk 'length($0) > 80 { print; bad = 1 } END { exit bad }' "$out/stdout"
check "what nothing depends on is said" has "$out/stdout" "lymph.memory_gain: nothing in these studies depends on it"
check "two threads, into the body: not what the ledger cannot mark" ends_with 2 "${fit[@]}" "${two[@]}" --jobs 2 --json --write --out "$out/b"
check "with the reason" has "$out/stderr" "no key in models/families.tsv"
check "after the fit as JSON" has "$out/stdout" '"judgement"'
check "with the same bytes" diff <(grep -v '"seconds"' "$out/a/fit.json") <(grep -v '"seconds"' "$out/b/fit.json")
check "also of the table" cmp "$out/a/parameters.tsv" "$out/b/parameters.tsv"
check "fit.json has everything" node --input-type=commonjs - "$out/a/fit.json" <<'JS'
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
check "one line of the table is changed" test "$(diff models/parameters.tsv "$out/a/parameters.tsv" | grep -c '^>')" = 1
check "and says so" has "$out/a/parameters.tsv" "fitted to MADE; before 0.25 (-0.1 to 0.6)"
check "its basis is fitted" test "$(awk -F'\t' '$1 == "stress.relax_ct" { print $7 }' "$out/a/parameters.tsv")" = fitted

check "no such parameter" ends_with 2 "${fit[@]}" --free stress.relax_cd --out "$out/d"
check "gets the right name" has "$out/stderr" "did you mean 'stress.relax_ct'"
check "too many are free" ends_with 2 "${fit[@]}" --free 'stress.*' --out "$out/d"
check "which ones" has "$out/stderr" "24 at most are"
check "a part of a family" ends_with 2 "$tactus" fit --evidence evidence --free stress.relax_ct --family RAP10-IMM --out "$out/d"
check "gets the whole" has "$out/stderr" "--family RAP10 is all of it (RAP10-IMM, RAP10-HPA)"
check "half a family's folder" ends_with 2 "$tactus" fit --evidence evidence/stress --free stress.relax_ct --family RAP10 --out "$out/d"
check "is refused" has "$out/stderr" "RAP10-IMM is not below this folder"
check "no such family" ends_with 2 "${fit[@]}" --free stress.relax_ct --family MAD --out "$out/d"
check "is said too" has "$out/stderr" "no family of these studies is called 'MAD'"
check "nothing is free" ends_with 2 "$tactus" fit --evidence evidence
check "nothing was written" test ! -e "$out/d"
exit $((fails > 0))

#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# tactus validate, as a person uses it: studies in, verdicts out; the numbers do not depend on the threads.
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
lacks() { ! grep -qF -- "$2" "$1"; }
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
title: Made up, to be wrong
citation: nobody
design: within person
quality: D
family: MADE
claims: [C4]
people: {n: 12, sex: male, age: 30}
arms:
  calm: {events: [{rest: true, posture: supine, from: 0 min, for: 30 min}]}
  dog: {people: {species: dog}, events: [{injury: toxin}]}
findings:
  - {what: cortisol, of: calm, at: 10 min, as: mean, value: 5000, se: 10, read: table}
  - {what: heart_rate, of: calm, at: during, as: mean, value: 66, sd: 9, read: table}
  - {what: cortisol, of: dog, at: 10 min, as: mean, value: 100, read: table}
  - {what: other, of: calm, note: nobody knows}
YAML
cat >"$out/studies/TOUCH.yaml" <<'YAML'
id: TOUCH
title: Made up, with a massage
citation: nobody
design: within person
quality: D
family: TOUCH
claims: [C10, C15]
people: {sex: male, age: 30}
clock: "10:00"
arms:
  hands: {events: [{massage: swedish, region: back, pressure: moderate, from: 0 min, for: 20 min}]}
findings:
  - {what: relaxation, of: hands, versus: baseline, at: during, as: direction, value: up, read: word}
  - {what: satellite_cells, of: hands, versus: baseline, at: end, as: direction, value: none, read: word}
YAML
cat >"$out/studies/FITTED.yaml" <<'YAML'
id: FITTED
title: Made up, of a family that a parameter of the body is fitted to
citation: nobody
design: within person
quality: D
family: NOS02
claims: []
people: {n: 12, sex: male, age: 30}
clock: "10:00"
arms:
  calm: {events: [{rest: true, posture: supine, from: 0 min, for: 10 min}]}
findings:
  - {what: heart_rate, of: calm, at: during, as: mean, value: 66, sd: 9, read: table}
YAML
small="--people 16 --repeat 50"

check "studies are simulated" ends_with 0 "$tactus" validate "$out/studies" $small --rows --jobs 2 --out "$out/a"
cp "$out/stdout" "$out/table"
check "the table is narrow" awk 'length($0) > 80 { print; bad = 1 } END { exit bad }' "$out/table"
check "a row that disagrees is shown" has "$out/table" "MADE/0 cortisol mean, calm"
check "ledger.json has every finding" node --input-type=commonjs - "$out/a/ledger.json" <<'JS'
const assert = require("node:assert");
const ledger = JSON.parse(require("node:fs").readFileSync(process.argv[2], "utf8"));
const rows = ledger.findings;
const keys = ["study", "index", "what", "as", "claims", "quality", "verdict", "published", "predicted", "marks", "reason"];
rows.forEach((row) => keys.forEach((key) => assert(key in row, `${key} in ${JSON.stringify(row)}`)));
const made = rows.filter((row) => row.study === "MADE");
assert.deepEqual(made.map((row) => row.verdict), ["disagrees", "agrees", "not simulated", "not simulated"]);
assert.match(made[2].reason, /no mechanism/);
assert.match(made[3].reason, /nobody knows/);
assert(Math.abs(made[0].published.ci95[0] - (5000 - 19.59964)) < 1e-4);
const sum = (counts) => Object.values(counts).reduce((a, b) => a + b, 0);
assert.deepEqual(Object.keys(ledger.counts), ["agrees", "close", "disagrees", "cannot tell", "not simulated", "animals", "not independent"]);
assert.equal(sum(ledger.counts), rows.length);
assert.deepEqual(Object.keys(ledger["null models"]), ["massage does nothing", "nothing changes"]);
assert.equal(sum(ledger["null models"]["nothing changes"]), rows.length);
assert(ledger["null models"]["nothing changes"].agrees < ledger.counts.agrees, "nothing changes scores as well as the model");
assert(rows.find((row) => row.study === "FITTED").marks.includes("not independent"));
assert.equal(ledger.counts["not independent"], 1);
const [calm, cells] = rows.filter((row) => row.study === "TOUCH");
assert.deepEqual([calm.n, calm.marks], [10, ["number of persons not said"]]);
assert(cells.marks.includes("nothing in the model links them"), cells.marks);
assert(ledger.calibration.in50 <= ledger.calibration.in95 && ledger.calibration.in95 <= 1);
JS
check "the page is whole" has "$out/a/ledger.html" '"kind":"ledger"'
check "one thread" ends_with 0 "$tactus" validate "$out/studies" $small --quiet --only MADE --jobs 1 --out "$out/b"
check "one study alone" has "$out/b/ledger.json" '"studies": 1'
findings() { node --input-type=commonjs -e 'JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8")).findings.filter((row) => row.study === "MADE").forEach((row) => console.log(JSON.stringify(row)))' "$1"; }
check "has the numbers of two threads and two studies" diff <(findings "$out/a/ledger.json") <(findings "$out/b/ledger.json")
check "and there are some" test "$(findings "$out/b/ledger.json" | wc -l)" = 4
check "another seed" ends_with 0 "$tactus" validate "$out/studies" $small --quiet --only MADE --seed 2 --out "$out/c"
check "gives other numbers" node --input-type=commonjs - "$out/b/ledger.json" "$out/c/ledger.json" <<'JS'
const assert = require("node:assert");
const predicted = (path) => JSON.parse(require("node:fs").readFileSync(path, "utf8")).findings[1].predicted.value;
const [one, two] = process.argv.slice(2, 4).map(predicted);
assert(Number.isFinite(one) && Number.isFinite(two) && one !== two, `${one} and ${two}`);
JS

sed -i 's/cortisol, of: calm/cortisole, of: calm/' "$out/studies/MADE.yaml"
check "a wrong word ends it" ends_with 2 "$tactus" validate "$out/studies" --out "$out/d"
check "with its place" has "$out/stderr" "MADE.yaml:13:12: no observable 'cortisole'; did you mean 'cortisol'"
check "nothing is written" test ! -e "$out/d"
check "no such study" ends_with 2 "$tactus" validate evidence --only NOBODY99 --out "$out/d"
check "is said" has "$out/stderr" "no study is called 'NOBODY99'"
mkdir "$out/empty"
check "an empty folder" ends_with 1 "$tactus" validate "$out/empty"
check "17 people" ends_with 2 "$tactus" validate evidence --people 17
exit $((fails > 0))

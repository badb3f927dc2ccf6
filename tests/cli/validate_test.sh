#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# tactus validate, as a person uses it: studies in, verdicts out; the numbers do not depend on the threads.
. "$(dirname "$0")/support.sh"

mkdir "$work/studies"
cat >"$work/studies/MADE.yaml" <<'YAML'
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
cat >"$work/studies/TOUCH.yaml" <<'YAML'
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
cat >"$work/studies/FITTED.yaml" <<'YAML'
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
sed 's/FITTED/BASE/; s/NOS02/JAN16/; s/fitted to/taken from through a base model/' "$work/studies/FITTED.yaml" >"$work/studies/BASE.yaml"
sed 's/FITTED/READ/; s/NOS02/CAS21/; s/fitted to/read off by eye/' "$work/studies/FITTED.yaml" >"$work/studies/READ.yaml"
small="--people 16 --repeat 50"

is "studies are simulated" exits 0 "$tactus" validate "$work/studies" $small --rows --jobs 2 --out "$work/a"
cp "$work/out.txt" "$work/table"
is "the table is narrow" narrow "$work/table"
is "a row that disagrees is shown" has "$work/table" "MADE/0 cortisol mean, calm"
is "ledger.json has every finding" node --input-type=commonjs - "$work/a/ledger.json" <<'JS'
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
for (const study of ["FITTED", "BASE", "READ"]) {
  assert(rows.find((row) => row.study === study).marks.includes("not independent"), study);
}
assert.equal(ledger.counts["not independent"], 3);
const [calm, cells] = rows.filter((row) => row.study === "TOUCH");
assert.deepEqual([calm.n, calm.marks], [10, ["number of persons not said"]]);
assert(cells.marks.includes("nothing in the model links them"), cells.marks);
assert.deepEqual(Object.keys(ledger["interval scores"]), ["massage does nothing", "nothing changes", "intervals ten times as wide"]);
assert(Object.values(ledger["interval scores"]).every((score) => score.n > 0 && score.times > 0));
assert(ledger.calibration.in50 <= ledger.calibration.in95 && ledger.calibration.in95 <= 1);
JS
is "the page is whole" has "$work/a/ledger.html" '"kind":"ledger"'
is "no row without findings" bash -c "! grep -q '^C1  ' '$work/table'"
is "no line ends in spaces" bash -c "! grep -q ' $' '$work/table'"
is "one thread" exits 0 "$tactus" validate "$work/studies" $small --quiet --only MADE,FITTED --jobs 1 --out "$work/b"
is "two studies alone" has "$work/b/ledger.json" '"studies": 2'
findings() { node --input-type=commonjs -e 'JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8")).findings.filter((row) => row.study === "MADE").forEach((row) => console.log(JSON.stringify(row)))' "$1"; }
is "has the numbers of two threads and two studies" diff <(findings "$work/a/ledger.json") <(findings "$work/b/ledger.json")
is "and there are some" test "$(findings "$work/b/ledger.json" | wc -l)" = 4
is "another seed" exits 0 "$tactus" validate "$work/studies" $small --quiet --only MADE --seed 2 --out "$work/c"
is "gives other numbers" node --input-type=commonjs - "$work/b/ledger.json" "$work/c/ledger.json" <<'JS'
const assert = require("node:assert");
const predicted = (path) => JSON.parse(require("node:fs").readFileSync(path, "utf8")).findings[1].predicted.value;
const [one, two] = process.argv.slice(2, 4).map(predicted);
assert(Number.isFinite(one) && Number.isFinite(two) && one !== two, `${one} and ${two}`);
JS

sed -i 's/cortisol, of: calm/cortisole, of: calm/' "$work/studies/MADE.yaml"
is "a wrong word ends it" exits 2 "$tactus" validate "$work/studies" --out "$work/d"
is "with its place" has "$work/err.txt" "MADE.yaml:13:12: no observable 'cortisole'; did you mean 'cortisol'"
is "nothing is written" test ! -e "$work/d"
is "no such study" exits 2 "$tactus" validate evidence --only NOBODY99 --out "$work/d"
is "is said" has "$work/err.txt" "no study is called 'NOBODY99'"
is "one of two is no study" says 2 "no study is called 'RAP10-HPX'; did you mean 'RAP10-HPA'?" "$tactus" validate evidence --only HIN04,RAP10-HPX --out "$work/d"
mkdir "$work/empty"
is "an empty folder" exits 1 "$tactus" validate "$work/empty"
is "17 people" exits 2 "$tactus" validate evidence --people 17
closing

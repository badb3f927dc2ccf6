#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# tactus claims, as a person uses it: every claim with a sentence, with and without a ledger.
set -uo pipefail
tactus=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
fail() { echo "claims: $1" >&2; failed=1; }

cat >"$work/ledger.json" <<'JSON'
{"findings": [
  {"study": "AAA01", "claims": ["C4", "C13"], "verdict": "agrees", "marks": []},
  {"study": "AAA01", "claims": ["C4", "C13"], "verdict": "disagrees", "marks": ["not independent"]},
  {"study": "BBB02", "claims": ["C8"], "verdict": "not simulated", "marks": []}]}
JSON
cd "$work"
"$tactus" claims --members 2 --json --ledger ledger.json >with.json 2>err.txt || fail "it said $(cat err.txt)"
node --input-type=commonjs - <<'JS' || fail "claims as JSON"
const assert = require("node:assert");
const claims = JSON.parse(require("node:fs").readFileSync("with.json", "utf8"));
assert.deepEqual(claims.map((c) => c.id), [...Array(19)].map((_, i) => `C${i + 1}`));
claims.forEach((c) => ["claim", "grade", "size", "ci95", "unit", "sentence", "studies"].forEach((key) => assert(key in c, key)));
claims.forEach((c) => assert(c.sentence.length > 20 && "ABCD".includes(c.grade)));
const c4 = claims[3];
assert.deepEqual(c4.studies, [{ study: "AAA01", agrees: 1, disagrees: 1, independent: false }]);
assert.equal(c4.observable, "cortisol");
assert(c4.ci95[0] <= c4.size && c4.size <= c4.ci95[1]);
assert.match(claims[7].programme, /lymph drainage/);
assert.deepEqual(claims[0].studies, []);
JS
"$tactus" claims --members 2 >without.txt 2>err.txt || fail "without a ledger it said $(cat err.txt)"
grep -qF "no ledger yet" err.txt || fail "it does not say that there is no ledger"
grep -qF "C4   Massage lowers cortisol" without.txt || fail "no line of C4 in $(cat without.txt)"
awk 'length($0) > 80 { bad = 1 } END { exit bad }' without.txt || fail "wider than 80 columns"
echo '{"rows": []}' >other.json
"$tactus" claims --members 2 --ledger other.json >/dev/null 2>err.txt && fail "a file that is no ledger is taken"
grep -qF "not what tactus validate writes" err.txt || fail "it said $(cat err.txt)"
"$tactus" claims --ledger nowhere.json >/dev/null 2>err.txt && fail "a file that is not there is taken"
exit $failed

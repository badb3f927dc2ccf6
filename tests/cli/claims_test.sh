#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# tactus claims, as a person uses it: every claim with a sentence, with and without a ledger.
. "$(dirname "$0")/support.sh"
cd "$work"

cat >ledger.json <<'JSON'
{"findings": [
  {"study": "AAA01", "claims": ["C4", "C13"], "verdict": "agrees", "marks": []},
  {"study": "AAA01", "claims": ["C4", "C13"], "verdict": "disagrees", "marks": ["not independent"]},
  {"study": "BBB02", "claims": ["C8"], "verdict": "not simulated", "marks": []}]}
JSON
is "claims are joined to a ledger" exits 0 "$tactus" claims --members 2 --json --ledger ledger.json
is "claims as JSON" node --input-type=commonjs - <<'JS'
const assert = require("node:assert");
const claims = JSON.parse(require("node:fs").readFileSync("out.txt", "utf8"));
assert.deepEqual(claims.map((c) => c.id), [...Array(19)].map((_, i) => `C${i + 1}`));
claims.forEach((c) => ["claim", "grade", "size", "ci95", "unit", "sentence", "studies"].forEach((key) => assert(key in c, key)));
claims.forEach((c) => assert(c.sentence.length > 20 && "ABCD".includes(c.grade)));
const c4 = claims[3];
assert.deepEqual(c4.studies, [{ study: "AAA01", agrees: 1, disagrees: 1, independent: false }]);
assert.equal(c4.observable, "cortisol");
assert(c4.ci95[0] <= c4.size && c4.size <= c4.ci95[1]);
assert.match(claims[7].programme, /lymph drainage/);
// Lying down must not pass for an effect of hands; weekly is held against daily, and a good life with massage against one without.
claims.filter((c) => c.programme && c.programme !== "weeks of strain").forEach((c) => assert.notEqual(c.against, "without", c.id));
assert.equal(c4.against, "rest (weekly Swedish massage)");
assert.deepEqual([claims[15].against, claims[17].against], ["weekly Swedish massage", "healthy living"]);
// What one study did not find is not shown to be absent; what was seen without a sham says so.
[claims[9], claims[14]].forEach((c) => assert.match(c.sentence, /has not been shown/));
assert.match(claims[7].sentence, /right after .* without a sham/);
assert.equal(claims[18].programme, "lymph drainage after hard cycling");
assert.deepEqual(claims[0].studies, []);
JS
is "without a ledger it says that there is none" says 0 "no ledger yet" "$tactus" claims --members 2
is "each claim has its line" has out.txt "C4   Massage lowers cortisol"
is "with the size of a typical programme, in digits that can be read" bash -c "tr -s '\n ' ' ' <out.txt | grep -q 'weekly Swedish massage, against rest: cortisol, 24-h mean: [-+0-9.]* % ([^)]*…[^)]*)' && ! grep -q 'e[-+]0' out.txt"
is "what is sore is massaged after hard training" bash -c "tr -s '\n ' ' ' <out.txt | grep -q 'sports massage after hard training, against rest: soreness, highest, 0 to 10: [-+][1-9.0]'"
is "a claim that is not of massage has no size" has out.txt "no programme of the model shows it"
is "80 columns" narrow out.txt
echo '{"rows": []}' >other.json
is "a file that is no ledger" says 2 "not what tactus validate writes" "$tactus" claims --members 2 --ledger other.json
is "a file that is not there" says 1 "nowhere.json" "$tactus" claims --ledger nowhere.json
closing

#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What a person types and gets.
. "$(dirname "$0")/support.sh"
cd "$work"

cat >days.yaml <<'YAML'
title: Two days
person: {sex: female, age: 42, height: 168 cm, weight: 71 kg}
start: "2026-09-07 00:00"
duration: 2 d
life:
  - {work: desk, from: "09:00", for: 8 h, days: weekdays, load: high}
programme:
  - {massage: swedish, at: "18:00", for: 60 min, days: [tue]}
report: [cortisol, heart_rate]
YAML

# ---- the main job ----
is "a run prints a table and leaves four files" \
  bash -c "'$tactus' run days.yaml --members 4 --jobs 3 --out one >table.txt && ls one | tr '\n' ' ' | grep -q '^report.html run.json summary.json trajectories.csv $'"
is "the table fits into 80 columns" narrow table.txt
is "no two empty lines follow one another in it" bash -c "sed 's/heart_rate/rmssd/; s/cortisol, //' days.yaml >bare.yaml; '$tactus' run bare.yaml --members 2 --out bare | tee bare.txt | grep -q RMSSD && ! grep -Pzq '\n\n\n' bare.txt"
is "the page stands for itself: no address that a browser would load" \
  bash -c "! grep -qE '(src|href)=\"https?:' one/report.html"
is "the data has time first and units in the second line" \
  bash -c "sed -n 1p one/trajectories.csv | grep -q '^time,programme.cortisol,programme.cortisol.low,programme.cortisol.high,' && sed -n 2p one/trajectories.csv | grep -q '^h,nmol/L,nmol/L,nmol/L,1/min'"
is "the data has a row each ten minutes at least" \
  bash -c "[ \$(wc -l <one/trajectories.csv) -ge 291 ]"
is "the summary is JSON with the keys of docs/results.md" node -e "
  const s = JSON.parse(require('fs').readFileSync('one/summary.json'));
  const want = ['arm','observable','unit','what','without','with','change','ci95','change_percent','change_percent_ci95','claim','grade'];
  if (s.rows.length !== 2 || s.members !== 4 || s.seed !== 1 || s.arms.join() !== 'programme,without') process.exit(1);
  for (const row of s.rows) for (const key of want) if (!(key in row)) process.exit(1);
  if (s.rows[0].ci95[0] > s.rows[0].ci95[1] || s.rows[0].claim !== 'C4') process.exit(1);"
sed 's/report: .*/report: [anxiety, {skin_temperature: back}]/' days.yaml >scores.yaml
is "a score in SD and degrees Celsius have no zero, and no per cent" bash -c "'$tactus' run scores.yaml --members 2 --out scores --quiet && [ \$(grep -c '\"change_percent\": null' scores/summary.json) = 2 ]"
is "a session is called by its title on the page" bash -c "grep -q '\"label\":\"Swedish massage\"' scores/report.html"
is "provenance holds version, hash, seed, command, tolerance and counts" node -e "
  const r = JSON.parse(require('fs').readFileSync('one/run.json'));
  for (const key of ['version','model_hash','scenario','seed','command','rel_tol','n_step','n_rhs']) if (!(key in r)) process.exit(1);
  if (!/^tactus run days.yaml --members 4 --jobs 3 --out one\$/.test(r.command)) process.exit(1);"
is "--json prints what summary.json holds, whatever the number of threads" \
  bash -c "'$tactus' run days.yaml --members 4 --jobs 1 --out two --json >json.txt && diff <(grep -v seconds json.txt) <(grep -v seconds one/summary.json)"
is "the bytes do not depend on the number of threads" cmp one/trajectories.csv two/trajectories.csv
is "--quiet prints nothing" bash -c "[ -z \"\$('$tactus' run days.yaml --members 2 --out three --quiet 2>&1)\" ]"
is "another seed gives other numbers" \
  bash -c "'$tactus' run days.yaml --members 4 --seed 2 --out s2 -q && ! cmp -s one/trajectories.csv s2/trajectories.csv"

# ---- one lymph vessel beside the body ----
sed 's/^duration: .*/duration: 1 d/; s/at: "18:00", for: 60 min, days: .tue./region: left lower leg, at: "18:00", for: 10 min/' days.yaml >vessel.yaml
echo 'detail: lymphangion-chain' >>vessel.yaml
is "a scenario that asks for a lymph vessel has a section of it" says 0 "one lymph vessel under the hand: left lower leg, 10 min of" "$tactus" run vessel.yaml --members 2 --jobs 1 --out vessel
is "its table fits into 80 columns" narrow out.txt
is "the volume of the vessel is kept" bash -c "tr '\\n' ' ' <out.txt | tr -s ' ' | grep -qE 'kept to [0-9]e-1[0-9] of'"
is "chain.csv has names, units and a row each quarter of a second" bash -c "
  sed -n 1p vessel/chain.csv | grep -qx 'time,hand,with.pressure,with.outflow,with.pumped,alone.pressure,alone.outflow,alone.pumped' &&
  sed -n 2p vessel/chain.csv | grep -qx 's,mmHg,mmHg,uL/min,uL,mmHg,uL/min,uL' && [ \$(wc -l <vessel/chain.csv) = 2403 ]"
is "the summary holds the vessel with the keys of docs/results.md" node -e "
  const v = JSON.parse(require('fs').readFileSync('vessel/summary.json')).lymph_vessel;
  for (const key of ['site','massage','arm','minutes','rows','hand','imbalance','model_hash']) if (!(key in v)) process.exit(1);
  const flow = v.rows.find((r) => r.id === 'outflow');
  if (!(flow.alone > 0 && flow.with > flow.alone && flow.ci95[0] <= flow.change && flow.change <= flow.ci95[1])) process.exit(1);
  if (!(v.imbalance < 1e-9) || v.minutes !== 10) process.exit(1);"
is "the page shows it" bash -c "grep -q '\"lymph_vessel\":{\"site\":\"left lower leg\"' vessel/report.html"
is "its bytes do not depend on the number of threads" bash -c "'$tactus' run vessel.yaml --members 2 --jobs 3 --out vessel3 -q && cmp vessel/chain.csv vessel3/chain.csv && diff <(grep -v seconds vessel/summary.json) <(grep -v seconds vessel3/summary.json)"
is "without it there is no chain.csv and the summary says null" bash -c "[ ! -e one/chain.csv ] && grep -q '\"lymph_vessel\": null' one/summary.json"
is "the example of it runs" says 0 "one lymph vessel under the hand: left lower leg, 30 min of lymph drainage" "$tactus" run "$root/scenarios/lymph-massage.yaml" --members 2 --out example
sed "s/^detail: .*/detail: {lymphangion-chain: left arm}/" vessel.yaml >nohand.yaml
is "a vessel where no hand is has its place and the parts that hands touch" says 2 "nohand.yaml:10:9: detail: no massage of a programme touches the left arm; they touch left lower leg" "$tactus" run nohand.yaml

# ---- what a person can get wrong ----
is "no verb is wrong usage" says 2 "usage: tactus VERB" "$tactus"
is "an unknown verb names those that are there" says 2 "there are: run cohort" "$tactus" rum
is "run without a scenario says what is wanted" says 2 "a scenario file is wanted" "$tactus" run
is "two scenarios are one too many" says 2 "one scenario at a time" "$tactus" run days.yaml days.yaml
is "a file that is not there" says 1 "No such file or directory" "$tactus" run nowhere.yaml
is "a directory" says 1 "is a directory, a file is needed" "$tactus" run .
is "one member has no interval" says 2 "a whole number from 2 to" "$tactus" run days.yaml --members 1
is "members that are no number" says 2 "a whole number from 2 to" "$tactus" run days.yaml --members many
is "a tolerance out of range" says 2 "1e-10 to 1e-2" "$tactus" run days.yaml --tolerance 1
is "an unknown option" exits 2 "$tactus" run days.yaml --membres 4
(printf '\357\273\277' && sed 's/$/\r/' days.yaml) >'from windows.yaml'
is "a byte order mark, line ends of Windows and spaces in names are no mistake" exits 0 "$tactus" run 'from windows.yaml' --members 2 -q
is "and its folder is called like it" bash -c "cmp <(sed 1d 'out/from windows/trajectories.csv') <('$tactus' run days.yaml --members 2 -q --out plain && sed 1d plain/trajectories.csv) && rm -r out"
: >empty.yaml
is "an empty file" says 2 "the file is empty" "$tactus" run empty.yaml
head -c 4096 /dev/zero | tr '\0' '\377' >binary.yaml
is "a binary file" says 2 "binary.yaml:1:1" "$tactus" run binary.yaml
sed 's/swedish/swedsh/' days.yaml >wrong.yaml
is "a wrong word has its place and the right one" says 2 "wrong.yaml:8:15: no technique 'swedsh'; did you mean 'swedish'?" "$tactus" run wrong.yaml
is "nothing is written for a wrong scenario" bash -c "[ ! -e out ]"
: >occupied
is "a file in the way of the folder" says 1 "a file is in its way" "$tactus" run days.yaml --members 2 --out occupied
is "which is said before a year is simulated" bash -c "sed 's/2 d/52 weeks/' days.yaml >long.yaml; timeout 5 '$tactus' run long.yaml --members 2000 --out occupied/deep 2>err.txt; [ \$? = 1 ] && grep -q 'a file is in its way' err.txt"
is "a file that may not grow so large is an error that leaves no part behind" \
  bash -c "ulimit -f 20; '$tactus' run days.yaml --members 2 --out small -q 2>err.txt; [ \$? = 1 ] && ! ls small | grep -q part"
mkdir blocked && mkdir blocked/summary.json
is "a folder in the way of a file leaves no part behind" \
  bash -c "! '$tactus' run days.yaml --members 2 --out blocked -q 2>/dev/null && ! ls blocked | grep -q part"
for words in --help --version sources 'model show models/body.ant' 'model export models/lymphangion-chain.ant'; do
  is "a full disk behind 'tactus $words' is an error" bash -c "cd '$root'; '$tactus' $words >/dev/full 2>/dev/null; [ \$? = 1 ]"
done
is "a full disk at standard output is an error" bash -c "'$tactus' run days.yaml --members 2 --out full >/dev/full 2>/dev/null; [ \$? = 1 ]"

# ---- stopped on the way ----
sed 's/2 d/52 weeks/' days.yaml >year.yaml
is "an interrupt ends the run with 1 and leaves no file" bash -c "
  '$tactus' run year.yaml --members 200 --out stopped 2>err.txt & pid=\$!
  sleep 1; kill -INT \$pid; wait \$pid; [ \$? = 1 ] && grep -q 'stopped after' err.txt && [ ! -e stopped ]"
is "a killed run leaves no file" bash -c "
  '$tactus' run year.yaml --members 200 --out killed & pid=\$!
  sleep 1; kill -KILL \$pid; wait \$pid 2>/dev/null; [ ! -e killed ]"

# ---- help and sources ----
for verb in "" run sources; do
  is "help of '$verb' fits into 80 columns" bash -c "'$tactus' $verb --help >help.txt"
  is "help of '$verb' is at most 80 wide" narrow help.txt
done
is "help shows an example that works" bash -c "'$tactus' run --help | grep -q 'scenarios/office-worker.yaml' && [ -e '$root/scenarios/office-worker.yaml' ]"
is "sources prints value, unit, range, basis and reference" \
  bash -c "'$tactus' sources touch.p50_calm | tr '\n' ' ' | grep -q 'value    5 kPa   range    1.7 to 15 kPa .* basis    assumed   source   Case, L. K.'"
is "sources of a pattern prints all that match" bash -c "[ \$('$tactus' sources 'touch.*' | grep -c '^touch') -ge 10 ]"
is "sources knows the numbers of one lymph vessel" says 0 "basis    derived" "$tactus" sources lymphangion-chain.viscosity
is "sources of a variable says that it is computed" says 1 "it is a variable" "$tactus" sources stress.cortisol_total
is "sources of an unknown name" says 1 "no parameter 'nothing'" "$tactus" sources nothing
is "sources of a misspelt name names the right one" says 1 "perhaps stress.relax_ct" "$tactus" sources stres.relax_ct
is "sources of nothing names a dozen at most" bash -c "'$tactus' sources '' 2>&1 | wc -l | grep -qx 2"
is "sources without a name lists all" bash -c "[ \$('$tactus' sources | wc -l) -ge 200 ]"
is "the version is printed" says 0 "tactus 0." "$tactus" --version

closing

#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Many people from the command line: files, any number of threads, killed and resumed.
. "$(dirname "$0")/support.sh"
cd "$work"

cohort() { # name arguments...
  local name=$1
  shift
  "$tactus" cohort day.yaml --people 6 --out "$name" "$@"
}
same() { # two folders with the same people and summary, to the byte
  cmp "$1/people.csv" "$2/people.csv" && cmp "$1/people.nc" "$2/people.nc" && cmp "$1/summary.json" "$2/summary.json"
}
killed() { # name: a cohort that is killed when two people have lived
  "$tactus" cohort day.yaml --people 6 --jobs 1 --quiet --out "$1" &
  local child=$! size
  for _ in $(seq 3000); do
    size=$(stat -c %s "$1/cohort.journal" 2>/dev/null || echo 0)
    [ "$size" -gt 4400 ] && break
    sleep 0.02
  done
  kill -9 "$child"
  wait "$child" 2>/dev/null
  [ $? = 137 ] && [ -e "$1/cohort.journal" ] && [ ! -e "$1/people.csv" ]
}

cat >day.yaml <<'YAML'
title: A day with a massage
person: {sex: mixed, age: [25, 60]}
start: "2026-09-07 00:00"
duration: 1 day
programme:
  - {massage: swedish, at: "18:00", for: 60 min}
report: [cortisol, heart_rate]
YAML

is "six people live a day" bash -c "'$tactus' cohort day.yaml --people 6 --jobs 2 --out two >table.txt"
is "the table fits into 80 columns" bash -c "[ \$(LC_ALL=C.UTF-8 wc -L <table.txt) -le 80 ]"
is "the table says who they are and in how many something changes" \
  bash -c "grep -q '^people, 25-60 y · 1 day' table.txt && grep -q '^age  *year ' table.txt && grep -q 'heart rate . / ' table.txt"
is "people.csv has names, units, and a row for each person and arm" \
  bash -c "sed -n 1p two/people.csv | grep -q '^person,arm,sex,age,.*,cortisol,cortisol.without,heart_rate,heart_rate.without$' && sed -n 2p two/people.csv | grep -q '^,,1,year,m,kg,' && [ \$(wc -l <two/people.csv) = 14 ]"
is "every cell of a row is there" bash -c "! tail -n +3 two/people.csv | grep -q ',,\|,$'"
is "people.nc is netCDF-4 with units and the scenario inside" \
  bash -c "head -c 8 two/people.nc | od -An -c | grep -q 'H   D   F' && grep -qa 'mL/kg/min' two/people.nc && grep -qa 'title: A day with a massage' two/people.nc"
is "the summary is JSON with the keys of docs/cohorts.md" node -e "
  const s = JSON.parse(require('fs').readFileSync('two/summary.json'));
  const want = ['without','with','change','ci95','without_range95','with_range95','median_ci95','share_rises','share_falls','sd_between'];
  if (s.people !== 6 || s.unsolved.people !== 0 || s.population !== 'volunteers' || s.rows.length !== 2) process.exit(1);
  for (const row of s.rows) for (const key of want) if (!(key in row)) process.exit(1);
  const age = s.attributes.find(a => a.id === 'age');
  if (!(age.range95[0] >= 25 && age.range95[1] <= 60 && age.unit === 'year')) process.exit(1);"
is "no journal is left" bash -c "[ ! -e two/cohort.journal ]"

# ---- the same numbers, however they came about ----
is "one thread gives the same bytes" bash -c "'$tactus' cohort day.yaml --people 6 --jobs 1 --out one --quiet && $(declare -f same); same one two"
is "a cohort is killed in the middle" killed dead
is "a journal is not written over" says 2 "--resume goes on with it" cohort dead
is "another seed does not go on with it" says 2 "begun with 'seed: 1', now it is 'seed: 2'" cohort dead --resume --seed 2
is "another scenario does not go on with it" bash -c "sed 's/18:00/19:00/' day.yaml >other.yaml; '$tactus' cohort other.yaml --people 6 --out dead --resume 2>err.txt; [ \$? = 2 ] && grep -q \"begun with 'scenario: \" err.txt"
truncate -s -5 dead/cohort.journal # the last row is no longer whole
is "it is resumed" exits 0 "$tactus" cohort day.yaml --people 6 --resume --jobs 1 --quiet --out dead
is "and ends with the same bytes" same dead two
is "and without its journal" bash -c "[ ! -e dead/cohort.journal ]"
is "resuming what was never begun begins" exits 0 "$tactus" cohort day.yaml --people 6 --resume --quiet --out fresh
is "with the same bytes too" same fresh two
is "another seed gives other people" bash -c "'$tactus' cohort day.yaml --people 2 --seed 2 --out other --quiet && ! cmp -s <(sed -n 3p other/people.csv) <(sed -n 3p two/people.csv)"
is "more people do not change those before" bash -c "'$tactus' cohort day.yaml --people 2 --out few --quiet && cmp few/people.csv <(head -6 two/people.csv)"

# ---- what is wrong says so ----
is "one person is no cohort" says 2 "--people 1: a whole number from 2" cohort x --people 1
is "a population that is not there" says 2 "no population 'genral'; did you mean 'general'" cohort x --population genral
is "and leaves no journal behind" bash -c "[ ! -e x/cohort.journal ]"
is "a scenario is wanted" says 2 "a scenario file is wanted" "$tactus" cohort
is "a folder that cannot be made" bash -c "touch file; '$tactus' cohort day.yaml --people 2 --out file 2>err.txt; [ \$? = 1 ] && grep -q 'a file is in its way' err.txt"
sed 's/age: \[25, 60\]/age: [60, 25]/' day.yaml >wrong.yaml
is "a range runs upwards" says 2 "wrong.yaml:2:27: a range begins with the smaller number" "$tactus" cohort wrong.yaml
sed 's/, age: .*}/, health: [elderly, hypertensiv]}/' day.yaml >wrong.yaml
is "a state of health that is not there" says 2 "no state of health 'hypertensiv'; did you mean 'hypertensive'" "$tactus" cohort wrong.yaml
is "one person is not of a range" says 2 "people of a range are drawn by 'tactus cohort'" "$tactus" run day.yaml
sed 's/, age: .*}/, health: [elderly, hypertensive]}/' day.yaml >old.yaml
is "states are joined" says 0 "people, elderly, hypertensive" "$tactus" cohort old.yaml --people 2 --out old
sed 's/\[cortisol, heart_rate\]/[heart_rate, soreness]/' day.yaml >calm.yaml
is "what nobody feels rises in nobody" says 0 "heart rate 0 / 100, soreness 0 / 0" "$tactus" cohort calm.yaml --people 4 --out calm
is "help names the options" says 0 "--population=NAME" "$tactus" cohort --help

closing

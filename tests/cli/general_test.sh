#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# tactus run with a model, and tactus model export, as a person uses them.
. "$(dirname "$0")/support.sh"
last() { tail -n 1 "$work/$1/trajectories.csv"; }

# x = 2 exp(-k t), k = 0.5/h: 2 e^-1 = 0.7357589 after two hours, however they are said
printf 'x = 2; k = 0.5; x'"'"' = -k*x; y := 3*x\n' > "$work/decay.ant"
expect 0 "trajectories.csv" "$tactus" run "$work/decay.ant" --for 2h --tolerance 1e-10 --samples 4 --out "$work/a"
[ "$(last a)" = "2,0.7357589,2.207277" ] || fail "2 h end with $(last a)"
[ "$(head -n 1 "$work/a/trajectories.csv")" = "time,x,y" ] || fail "header $(head -n 1 "$work/a/trajectories.csv")"
[ "$(wc -l < "$work/a/trajectories.csv")" = 7 ] || fail "not two headers and five rows"
grep -q '"duration": 2,' "$work/a/run.json" || fail "run.json says $(cat "$work/a/run.json")"
expect 0 "" "$tactus" run "$work/decay.ant" --for "120 min" --tolerance 1e-10 --samples 1 --out "$work/b" --quiet
[ "$(last b)" = "$(last a)" ] || fail "120 min are not 2 h: $(last b)"
expect 0 "" "$tactus" run "$work/decay.ant" --for 2 --set k=0 --set x=5 --samples 1 --out "$work/c"
[ "$(last c)" = "2,5,15" ] || fail "with k = 0 and x = 5 it ends with $(last c)"

# compiled, interpreted, and without a compiler: the same bytes
expect 0 "" "$tactus" run "$work/decay.ant" --for 2h --tolerance 1e-10 --samples 4 --out "$work/compiled" --compile
grep -q '"functions": "compiled"' "$work/compiled/run.json" || fail "not compiled: $(cat "$work/said.txt" "$work/compiled/run.json")"
expect 0 "" "$tactus" run "$work/decay.ant" --for 2h --tolerance 1e-10 --samples 4 --out "$work/plain" --no-compile
grep -q '"functions": "interpreted"' "$work/plain/run.json" || fail "compiled with --no-compile"
expect 0 "the equations are interpreted: there is no C compiler 'nothing'" \
  env CC=nothing "$tactus" run "$work/decay.ant" --for 2h --tolerance 1e-10 --samples 4 --out "$work/without" --compile
for how in compiled plain without; do
  cmp -s "$work/a/trajectories.csv" "$work/$how/trajectories.csv" || fail "$how gives $(last $how)"
done

# whoever ends the program ends the compiler too, and what that has started
cat > "$work/slow" <<END
#!/bin/sh
[ "\$1" = --version ] && { echo slow 1.0; exit; }
sleep 300 &
echo \$! > $work/pid.new
mv $work/pid.new $work/pid
wait
END
chmod +x "$work/slow"
is_alive() { [ -d "/proc/$1" ] && ! grep -q '^State:[[:space:]]*Z' "/proc/$1/status" 2>/dev/null; }
for signal in INT TERM KILL; do
  rm -f "$work/pid"
  env --default-signal=INT CC="$work/slow" "$tactus" run "$work/decay.ant" --for 2h --out "$work/slow_$signal" --compile >/dev/null 2>&1 &
  tactus_pid=$!
  for _ in $(seq 300); do [ -f "$work/pid" ] && break; sleep 0.1; done
  [ -f "$work/pid" ] || { fail "the compiler was not started"; break; }
  kill -s "$signal" "$tactus_pid"
  wait "$tactus_pid" 2>/dev/null
  for _ in $(seq 300); do is_alive "$(cat "$work/pid")" || break; sleep 0.1; done
  is_alive "$(cat "$work/pid")" && { fail "what the compiler started goes on after SIG$signal"; kill "$(cat "$work/pid")"; }
done

# written as SBML it gives the same
expect 0 "" "$tactus" model export "$work/decay.ant" --out "$work/decay.xml"
expect 0 "" "$tactus" run "$work/decay.xml" --for 2h --tolerance 1e-10 --samples 4 --out "$work/d"
cmp -s "$work/a/trajectories.csv" "$work/d/trajectories.csv" || fail "SBML gives $(last d)"
expect 0 '<parameter id="x" value="2" constant="false"/>' "$tactus" model export "$work/decay.ant"

# and back, in either language; the ending or --to says which
expect 0 "" "$tactus" model import "$work/decay.xml" --out "$work/again.ant"
grep -qF "x' = -k*x;" "$work/again.ant" || fail "again.ant says $(cat "$work/again.ant")"
expect 0 "" "$tactus" run "$work/again.ant" --for 2h --tolerance 1e-10 --samples 4 --out "$work/again"
cmp -s "$work/a/trajectories.csv" "$work/again/trajectories.csv" || fail "text from SBML gives $(last again)"
expect 0 "x' = -k*x;" "$tactus" model import "$work/decay.xml"
expect 0 "x' = -k*x;" "$tactus" model export "$work/decay.xml" --to antimony
expect 0 "<rateRule variable=" "$tactus" model export "$work/again.ant" --to sbml --check-units
expect 0 "" "$tactus" model export "$work/decay.ant" --out "$work/b.ant"
cmp -s "$work/again.ant" "$work/b.ant" || fail "a text is not written as it comes back from SBML"
expect 2 "'$work/b.doc' does not say its format" "$tactus" model export "$work/decay.ant" --out "$work/b.doc"
expect 2 "'pdf' is no format; there are: sbml antimony" "$tactus" model export "$work/decay.ant" --to pdf

expect 0 "libSBML 0 errors, 11 warnings (general 0, identifiers 0, units 8, MathML 0, SBO 0, overdetermined 0, practice 3)" \
  "$tactus" model export "$work/decay.ant" --check-units --out "$work/checked.xml"
printf 'a = 3; T = 2*a; T'"'"' = -T; x = 1; x'"'"' = 1; y := x^T\n' > "$work/endless.ant"
expect 2 "an exponent follows from a state that starts by a formula" \
  "$tactus" model export "$work/endless.ant" --check-units --to sbml

# the body too: numbers come from parameters.tsv
expect 0 "" "$tactus" model export models/body.ant --out "$work/body.xml"
expect 0 "" "$tactus" run models/body.ant --for 1h --samples 1 --out "$work/e"
expect 0 "" "$tactus" run "$work/body.xml" --for 1h --samples 1 --out "$work/f"
[ "$(last e | tr ',' '\n' | sort -g | md5sum)" = "$(last f | tr ',' '\n' | sort -g | md5sum)" ] \
  || fail "body.xml does not run to the numbers of body.ant"
expect 0 "" "$tactus" model import "$work/body.xml" --out "$work/body.ant"
expect 0 "" "$tactus" model export models/body.ant --out "$work/flat.ant"
cmp -s "$work/flat.ant" "$work/body.ant" || fail "the body is not the same text after SBML: $(diff "$work/flat.ant" "$work/body.ant" | head -n 4)"
expect 0 "" "$tactus" run "$work/body.ant" --for 1h --samples 1 --out "$work/i"
awk -F, 'NR == FNR { for (i = 1; i <= NF; i++) want[i] = $i; next }
  { for (i = 1; i <= NF; i++) { d = $i - want[i]; if (d < 0) d = -d; m = want[i] < 0 ? -want[i] : want[i]; if (d > 1e-9 + 1e-9*m) bad = 1 } }
  END { exit bad }' <(last f) <(last i) || fail "body.ant from body.xml does not run to the same numbers"
expect 0 "" "$tactus" model export models/lymphangion-chain.ant --out "$work/chain.xml"
expect 0 "" "$tactus" run models/lymphangion-chain.ant --for 3s --samples 1 --out "$work/j"
expect 0 "" "$tactus" run "$work/chain.xml" --for 3s --samples 1 --out "$work/k"
[ "$(last j | tr ',' '\n' | sort -g | md5sum)" = "$(last k | tr ',' '\n' | sort -g | md5sum)" ] \
  || fail "chain.xml does not run to the numbers of the chain"

# a scenario: a person, and a calendar of events
expect 0 "" "$tactus" model export models/body.ant --scenario scenarios/exam-cold.yaml --out "$work/exam.xml"
grep -q '<event id="day_1_.* begins' "$work/exam.xml" || fail "exam.xml has no event of the first day: $(grep -m 1 '<event' "$work/exam.xml")"
expect 2 "the scenario has no arm 'dayly'; there are: 'weekly', 'daily', 'quiet rest'" \
  "$tactus" model export models/body.ant --scenario scenarios/older-couple.yaml --arm dayly
expect 2 "the scenario has several arms, and --arm says which is meant: 'weekly'" \
  "$tactus" model export models/body.ant --scenario scenarios/older-couple.yaml
expect 2 "--scenario FILE is wanted too" "$tactus" model export models/body.ant --arm weekly

# a model in seconds; one that does not say
sed 's/multiplier="3600"/multiplier="1"/' "$work/decay.xml" > "$work/seconds.xml"
expect 0 "" "$tactus" run "$work/seconds.xml" --for 1min --samples 1 --out "$work/g"
case "$(last g)" in 60,*) ;; *) fail "one minute is not 60 s: $(last g)" ;; esac
sed 's/ timeUnits="time_unit"//' "$work/decay.xml" > "$work/silent.xml"
expect 2 "the model does not say what its time is measured in" "$tactus" run "$work/silent.xml" --for 2h --out "$work/h"
expect 0 "" "$tactus" run "$work/silent.xml" --for 2 --out "$work/h"

# timed changes, chosen columns, the page
printf -- '- {at: 1 h, set: {k: 0}}\n- {at: 90 min, add: {x: 1}}\n' > "$work/doses.yaml"
expect 0 "report  $work/i/report.html" "$tactus" run "$work/decay.ant" --for 2h --tolerance 1e-10 --abs-tolerance 1e-12 \
  --steps 4 --events "$work/doses.yaml" --report "y, k" --out "$work/i"
[ "$(head -n 1 "$work/i/trajectories.csv")" = "time,y,k" ] || fail "--report gives $(head -n 1 "$work/i/trajectories.csv")"
[ "$(last i)" = "2,6.639184,0" ] || fail "with a dose it ends with $(last i)" # 3 (2 e^-0.5 + 1)
grep -q '"kind":"course"' "$work/i/report.html" || fail "the page has no course"
printf -- '- {at: 1 h, set: {kk: 0}}\n' > "$work/doses.yaml"
expect 2 "doses.yaml:1:19: the model has no 'kk'; did you mean 'k'?" \
  "$tactus" run "$work/decay.ant" --for 2h --events "$work/doses.yaml"

# mistakes
expect 2 "a model and --for are wanted" "$tactus" run "$work/decay.ant"
expect 2 "'long' is no duration" "$tactus" run "$work/decay.ant" --for long
expect 2 "'kg' is no unit of time" "$tactus" run "$work/decay.ant" --for 2kg
expect 2 "'k' sets nothing; 'k=3' would" "$tactus" run "$work/decay.ant" --for 2 --set k
expect 2 "the model has no 'kk'; did you mean 'k'?" "$tactus" run "$work/decay.ant" --for 2 --set kk=1
expect 2 "'y' follows from others and cannot be set" "$tactus" run "$work/decay.ant" --for 2 --set y=1
expect 2 "a number from 1e-12 to 0.01 is wanted" "$tactus" run "$work/decay.ant" --for 2 --tolerance 1
expect 1 "nowhere.xml" "$tactus" run "$work/nowhere.xml" --for 2
head -c 700 "$work/decay.xml" > "$work/half.xml"
expect 2 "half.xml:" "$tactus" run "$work/half.xml" --for 2
printf '<html></html>' > "$work/page.xml"
expect 2 "page.xml:1" "$tactus" run "$work/page.xml" --for 2
expect 2 "a model is wanted" "$tactus" model export
closing

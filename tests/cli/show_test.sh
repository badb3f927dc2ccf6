#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# tactus model show and diff as a person uses them.
. "$(dirname "$0")/support.sh"

# the body: its systems, one of them, one name; equations with words, values, sources
expect 0 "stress " "$tactus" model show models/body.ant
[ "$(head -n 1 "$work/said.txt" | tr -s ' ')" = "system states variables numbers" ] || fail "no list of systems"
expect 0 "acth' = acth_release*person.acth_scale*pituitary_mass*(crh + crh_injected)/(1 +" "$tactus" model show models/body.ant stress
grep -qF "crh = 0.91 pg/mL: corticotropin-releasing hormone, portal blood; derived" "$work/said.txt" || fail "no value with unit, words and basis"
grep -qF "Debono, M. and others." "$work/said.txt" || fail "no source"
is "show of a system fits into 80 columns" narrow "$work/said.txt"
expect 0 "skin_{r}.volume' = skin_{r}.filtration - lymph.vessel_{r}.flow_skin" "$tactus" model show models/body.ant fluid lymph circulation muscle clearance leukocytes
is "show of six systems too" narrow "$work/said.txt"
expect 0 "stress.crh' = stress.crh_basal" "$tactus" model show models/body.ant stress.crh
expect 2 "the model has no system and no name 'stres'; did you mean 'stress'?" "$tactus" model show models/body.ant stres
expect 2 "a model is wanted" "$tactus" model show

# a page that loads nothing, with MathML
expect 0 "" "$tactus" model show models/body.ant --html "$work/body.html"
grep -q "<mfrac>" "$work/body.html" && grep -q "default-src 'none'" "$work/body.html" || fail "no formulae or no policy"
grep -Eq '(src|href)="https?:' "$work/body.html" && fail "the page loads something"
grep -q '<a href="#ref-debono2009">' "$work/body.html" && grep -q '<li id="ref-debono2009">' "$work/body.html" || fail "sources are not linked"

# reactions and events, from SBML too
cat > "$work/a.ant" <<'END'
compartment c = 2; species A in c; A = 3; k = 0.1; x = 1; x' = -k*x + k*2
J: 2 A -> ; k*A*c; y := piecewise(1, x < 0.5, k*(x + 1)); at x > 1.5, priority = 1: x = 0
END
expect 0 "2 A ->" "$tactus" model show "$work/a.ant"
expect 0 "at x > 1.5" "$tactus" model show "$work/a.ant"
expect 0 "" "$tactus" model export "$work/a.ant" --out "$work/a.xml"
expect 0 "J = k*A*c" "$tactus" model show "$work/a.xml"
printf 'a = 1; b := a/(1 + a)^2' > "$work/p.ant"
expect 0 "" "$tactus" model show "$work/p.ant" --html "$work/p.html"
grep -qF '<mo>(</mo>' "$work/p.html" || fail "a sum under a power without brackets"

# the same model, otherwise written, in another language
cat > "$work/b.ant" <<'END'
compartment c = 2; species A in c; A = 3; k = 0.1; x = 1; x' = k*(2 - x)
J: 2 A -> ; c*A*k; y := piecewise(k + x*k, !(0.5 > x), 1); E: at 1.5 < x, priority = 1: x = 0
END
expect 0 "the same: 5 names, 1 reaction, 1 event" "$tactus" model diff "$work/a.ant" "$work/b.ant"
expect 0 "the same" "$tactus" model diff "$work/b.ant" "$work/a.xml"
expect 0 "" "$tactus" model export models/body.ant --out "$work/body.xml"
expect 0 "the same" "$tactus" model diff models/body.ant "$work/body.xml"

# each kind of difference has its words; exit status as diff's
differ() { # edit words
  sed "$1" "$work/b.ant" > "$work/c.ant"
  expect 1 "$2" "$tactus" model diff "$work/a.ant" "$work/c.ant"
}
differ 's/k = 0.1/k = 0.2/' "k has another value"
differ 's/x = 1;/x = 2;/' "x starts elsewhere"
differ 's/0.5 > x/0.6 > x/' "y has another rule"
differ 's/(2 - x)/(2 - x^1.1)/' "x has another rate of change"
differ 's/2 A/3 A/' "J turns other things into each other"
differ 's/c\*A\*k/c*A*k*1.001/' "J has another rate"
differ 's/1.5 < x/1.6 < x/' "only in the first, an event"
differ 's/E: at 1.5 < x/_E0: at 1.6 < x/' "_E0 has another trigger"
differ 's/E: at/_E0: at 2 after/' "_E0 has another delay"
differ 's/: x = 0/: x = 1/; s/E: at/_E0: at/' "_E0 sets other values"
differ 's/species A in c/substanceOnly species A in c/' "A means another thing"
differ 's/species A in c/species $A in c/' "A is a boundary species in one of them"
differ 's/ in c;/;/' "A is in another compartment"
differ 's/y := /y2 := /' "y only in the first, a parameter"
differ 's/y := piecewise/y2 := piecewise/' "y2 only in the second, a parameter"
differ 's/y := .*, 1); E/y = 1; E/' "y gets its value in another way"
differ '1 s/^/unit time_unit = second; /' "time is measured in another unit"
printf 'var x has mL; x = 1' > "$work/u.ant"
printf 'var x has L; x = 1' > "$work/v.ant"
expect 1 "x is in another unit" "$tactus" model diff "$work/u.ant" "$work/v.ant"
expect 1 "" "$tactus" model diff --quiet "$work/u.ant" "$work/v.ant"
[ -s "$work/said.txt" ] && fail "--quiet said $(head -c 600 "$work/said.txt")"
printf 'x = 1' > "$work/w.ant"
expect 0 "units were not compared" "$tactus" model diff "$work/u.ant" "$work/w.ant"
expect 2 "two models are wanted" "$tactus" model diff "$work/u.ant"
expect 2 "nowhere.ant" "$tactus" model diff "$work/u.ant" "$work/nowhere.ant"
printf 'a = 3; T = 2*a; T'"'"' = -T; x = 1; x'"'"' = 1; y := x^T\n' > "$work/endless.ant"
expect 2 "libSBML cannot check the units" "$tactus" model export "$work/endless.ant" --check-units --out "$work/never.xml"
[ -e "$work/never.xml" ] && fail "a file in spite of an error"

# the check of a general model: units as far as they are given, unused names, constants that only show together
cat > "$work/u.xml" <<'END'
<?xml version='1.0' encoding='UTF-8'?>
<sbml xmlns='http://www.sbml.org/sbml/level3/version2/core' level='3' version='2'><model id='m' timeUnits='second'>
<listOfUnitDefinitions><unitDefinition id='per_s'><listOfUnits><unit kind='second' exponent='-1' scale='0' multiplier='1'/></listOfUnits></unitDefinition></listOfUnitDefinitions>
<listOfParameters><parameter id='x' value='1' units='mole' constant='false'/><parameter id='k' value='2' units='per_s' constant='true'/>
<parameter id='f' value='2' constant='true'/><parameter id='idle' value='2' units='mole' constant='true'/></listOfParameters>
<listOfRules><rateRule variable='x'><math xmlns='http://www.w3.org/1998/Math/MathML'><apply><times/><cn>-1</cn><ci>k</ci><ci>f</ci><ci>x</ci></apply></math></rateRule></listOfRules>
</model></sbml>
END
expect 0 "units agree as far as they are given; 1 of 4 names have none" "$tactus" model check "$work/u.xml"
grep -qF "no equation uses: idle" "$work/said.txt" || fail "an unused name is missing"
grep -qF "only this shows: k*f" "$work/said.txt" || fail "a pair is missing: $(cat "$work/said.txt")"
expect 0 '"pair": "k*f"' "$tactus" model check "$work/u.xml" --json
sed "s/value='2' units='per_s'/value='2' units='second'/; s/id='f' value='2'/id='f' value='2' units='dimensionless'/" "$work/u.xml" > "$work/bad.xml"
expect 1 "bad.xml:6:" "$tactus" model check "$work/bad.xml"
grep -qF "'x'' is in kat, the right side in s mol" "$work/said.txt" || fail "what disagrees is not said: $(cat "$work/said.txt")"
expect 0 "" "$tactus" run "$work/bad.xml" --for 1s --samples 1 --out "$work/run" # units do not stop a run
printf 'a = 2; b = 3; c = 1; d = 4; e = 1; f = 2; x = 1; x'"'"' = -a*x*b + tanh(c*x)/d; y := x + e - f; z := d*x' > "$work/pairs.ant"
expect 0 "only these show: a*b, e - f" "$tactus" model check "$work/pairs.ant"
grep -qF "the model gives no units" "$work/said.txt" || fail "units out of nothing"
expect 1 "nowhere.xml" "$tactus" model check "$work/nowhere.xml"
closing

#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The compiler of the body as the build calls it: same bytes every time, clear refusals, no half files.
set -euo pipefail
compile_body=$(dirname "$1")/compile_body
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "compile_body: $1" >&2; exit 1; }

cat > "$work/pool.ant" <<'END'
unit per_h = 1/(3600 second);
model pool()
  var x has nmol;
  k has per_h;
  x' = -k*x;
end
END
printf 'id\tvalue\tunit\tlow\thigh\tspread\tbasis\tsource\tnote\n' > "$work/table.tsv"
printf 'x\t2\tnmol\t\t\t\tassumed\t\tstart\n' >> "$work/table.tsv"
cp "$work/table.tsv" "$work/short.tsv"
printf 'k\t0.5\t1/h\t\t\t\tassumed\t\tloss\n' >> "$work/table.tsv"

printf 'parameters\tlow\thigh\twhy\n*\t0\t\tamounts and rates\n' > "$work/possible.tsv"

"$compile_body" "$work/pool.ant" "$work/table.tsv" "$work/possible.tsv" "$work/one.c"
"$compile_body" "$work/pool.ant" "$work/table.tsv" "$work/possible.tsv" "$work/two.c"
cmp "$work/one.c" "$work/two.c" || fail "two runs differ"
grep -q 'const tac_image tac_image_body = {' "$work/one.c" || fail "no image in the text"

"$compile_body" "$work/pool.ant" "$work/table.tsv" "$work/possible.tsv" "$work/two.c" other
grep -q 'const tac_image tac_image_other = {' "$work/two.c" || fail "the image does not have the name that was asked for"

"$compile_body" "$work/pool.ant" "$work/table.tsv" "$work/possible.tsv" --check > "$work/said"
grep -q '^pool: 1 states, 1 parameters, 0 inputs' "$work/said" || fail "--check says $(cat "$work/said")"

# a missing value is named, nothing is written, and the exit code is 1
code=0
"$compile_body" "$work/pool.ant" "$work/short.tsv" "$work/possible.tsv" "$work/three.c" 2> "$work/said" || code=$?
[ "$code" -eq 1 ] || fail "exit $code where a value is missing"
grep -q "'k' has no value" "$work/said" || fail "the missing value is not named"
[ ! -e "$work/three.c" ] || fail "a file was written in spite of an error"

code=0
"$compile_body" "$work/none.ant" "$work/table.tsv" "$work/possible.tsv" "$work/three.c" 2> "$work/said" || code=$?
[ "$code" -eq 1 ] || fail "exit $code where the model is not there"
grep -q "none.ant" "$work/said" || fail "the missing file is not named"

code=0
"$compile_body" 2> "$work/said" || code=$?
[ "$code" -eq 2 ] || fail "exit $code without arguments"
grep -q '^usage: ' "$work/said" || fail "no usage without arguments"

# a number that cannot be is named with its place
code=0
printf 'parameters\tlow\thigh\twhy\nk\t>1\t\tit is fast\n' > "$work/possible.tsv"
"$compile_body" "$work/pool.ant" "$work/table.tsv" "$work/possible.tsv" "$work/three.c" 2> "$work/said" || code=$?
[ "$code" -eq 1 ] || fail "exit $code where a number is impossible"
grep -q "table.tsv:3:3: the value of 'k' cannot be 0.5: above 1 is possible (it is fast)" "$work/said" || fail "said $(cat "$work/said")"

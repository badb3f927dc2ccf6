#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# tools/check_sources stops every row of parameters.tsv that lacks a unit, a range in order, a basis or a known source.
. "$(dirname "$0")/support.sh"
mkdir "$tree/models"
printf '@article{miller1999,\n  year = {1999},\n}\n' >"$tree/models/references.bib"
check() { "$root/tools/check_sources" "$tree"; }
rows() {
  printf 'id\tvalue\tunit\tlow\thigh\tspread\tbasis\tsource\tnote\n# a system\n' >"$tree/models/parameters.tsv"
  printf "$1\n" >>"$tree/models/parameters.tsv"
}

rows 'a.k\t0.5\t1/h\t0.1\t2\t0.3\tmeasured\tmiller1999\t\na.g\t1e-3\tnmol/L\t\t\t\tassumed\t\ta guess'
passes "a measured and an assumed number" check
rows 'a.k\t0.5\t\t0.1\t2\t\tmeasured\tmiller1999\t'
fails "no unit" "parameters.tsv:3: a.k: no unit" check
rows 'a.k\tfive\t1/h\t0.1\t2\t\tmeasured\tmiller1999\t'
fails "no number" 'the value "five" is not a number' check
rows 'a.k\t3\t1/h\t0.1\t2\t\tmeasured\tmiller1999\t'
fails "a value above its range" "low <= value <= high is wanted" check
rows 'a.k\t10\t1/h\t9\t100\t\tmeasured\tmiller1999\t'
passes "numbers, not letters, are compared" check
rows 'a.k\t1\t1/h\t0.1\t\t\tmeasured\tmiller1999\t'
fails "half a range" "low and high belong together" check
rows 'a.k\t1\t1/h\t0.1\t2\t-0.2\tmeasured\tmiller1999\t'
fails "a negative spread" "is not a number from 0" check
rows 'a.k\t1\t1/h\t0.1\t2\t\tguessed\tmiller1999\t'
fails "another basis" 'basis "guessed"' check
rows 'a.k\t1\t1/h\t0.1\t2\t\tmeasured\t\tsaid by all'
fails "measured by nobody" "no source" check
rows 'a.k\t1\t1/h\t0.1\t2\t\tassumed\t\t'
fails "assumed without a word" "needs a note" check
rows 'a.k\t1\t1/h\t0.1\t2\t\tmeasured\tmiller1999, smith2001\t'
fails "a source that is not there" 'the source "smith2001" is not in models/references.bib' check
rows 'a.k\t1\t1/h\t0.1\t2\t\tmeasured\tmiller1999\t\na.k\t2\t1/h\t1\t3\t\tmeasured\tmiller1999\t'
fails "one number twice" "parameters.tsv:4: a.k: stands already in line 3" check
rows 'a.k\t1\t1/h\t0.1\t2\tmeasured\tmiller1999\t'
fails "a column is missing" "9 columns are wanted, here are 8" check
rows '# nothing'
fails "an empty table" "no parameters" check
closing

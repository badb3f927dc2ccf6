#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# tools/check_sources stops every row of parameters.tsv that lacks a unit, a range in order, a basis or a known source, and every row of
# assays.tsv and health.tsv without a basis or a known source.
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

# The noise of measurements and the states of health, beside a table of parameters that is whole.
rows 'a.k\t1\t1/h\t0.1\t2\t\tmeasured\tmiller1999\t'
assay() {
  printf '# noise\nobservable\tcv\twithin\tsd\tbetween\tlimit\tbasis\tsource\tnote\n' >"$tree/models/assays.tsv"
  printf "crp\t0.05\t0.4\t0\t0.1\t0.1\t$1\n" >>"$tree/models/assays.tsv"
}
assay 'measured\tmiller1999\twithin 42 %%'
passes "noise with a source" check
assay 'assumed\t\tas others'
passes "noise that is assumed, and why" check
assay 'measured\t\tsaid by all'
fails "noise measured by nobody" "assays.tsv:3: crp: no source" check
assay 'derived\tmiller1999,smith2001\t'
fails "noise of a source that is not there" 'assays.tsv:3: crp: the source "smith2001" is not in models/references.bib' check
assay 'assumed\t\t'
fails "noise assumed without a word" "needs a note" check
assay 'known\tmiller1999\t'
fails "noise of another basis" 'basis "known"' check
assay 'assumed\tas others'
fails "noise without the column of sources" "9 columns are wanted, here are 8" check
printf 'observable\tcv\tbasis\tnote\n' >"$tree/models/assays.tsv"
fails "a table without the column of sources" "the columns basis, source and note are wanted" check
rm "$tree/models/assays.tsv"
health() {
  printf 'state\tparameter\thow\tvalue\tunit\tspread\tbasis\tsource\tnote\n' >"$tree/models/health.tsv"
  printf "trained\ta.k\ttimes\t2\t1\t\t$1\ntrained\ta.k\tleast\t1\t1/h\t\tassumed\t\ta guess\n" >>"$tree/models/health.tsv"
}
health 'fitted\tmiller1999\t'
passes "a state of health with a source, and two rows of one name" check
health 'derived\t\tsaid by all'
fails "a state of health derived from nothing" "health.tsv:2: trained: no source" check
health 'fitted\tsmith2001\t'
fails "a state of health from a source that is not there" 'health.tsv:2: trained: the source "smith2001"' check
rm "$tree/models/health.tsv"

rows '# nothing'
fails "an empty table" "no parameters" check
closing

#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# tools/check_symbols stops a library that exports a name without tac_, or none at all.
. "$(dirname "$0")/support.sh"
library() {
  printf '%s\n' "$1" >"$tree/a.c"
  "${CC:-cc}" -shared -fPIC -fvisibility=hidden -o "$tree/liba.so" "$tree/a.c"
}
check() { "$root/tools/check_symbols" "$tree/liba.so"; }
seen='__attribute__((visibility("default")))'

library "int inner(void); int inner(void) { return 1; } $seen int tac_a(void); int tac_a(void) { return inner(); }"
passes "one name of ours, one hidden" check
library "$seen int tac_a(void); int tac_a(void) { return 1; } $seen int helper(void); int helper(void) { return 2; }"
fails "a function of another name" "exported without tac_: helper" check
library "$seen int tac_a(void); int tac_a(void) { return 1; } $seen int counter = 3;"
fails "a variable of another name" "exported without tac_: counter" check
library 'int tac_a(void) { return 1; }'
fails "nothing is exported" "the library exports nothing" check
closing

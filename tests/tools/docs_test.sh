#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# tools/check_docs wants a comment with a sentence before each public function, and what can fail to say how.
. "$(dirname "$0")/support.sh"
mkdir -p "$tree/include/tactus"
check() { "$root/tools/check_docs" "$tree"; }
header() { printf '%s\n' "$@" >"$tree/include/tactus/a.h"; }
can_fail='TAC_API TAC_MUST_CHECK tac_status tac_a_read(tac_ctx *ctx);'

header '/** Free a thing; NULL is accepted. */' 'TAC_API void tac_a_free(tac_a *a);' '' '/**' ' * Read a thing.' ' *' \
  ' * Errors  TAC_E_FILE  it cannot be read' ' */' "$can_fail"
passes "two functions with all they need" check
header 'TAC_API void tac_a_free(tac_a *a);'
fails "no comment" "a.h:1: a public function without a comment" check
header '/** Free a thing. */' 'TAC_API void tac_a_free(tac_a *a);' 'TAC_API void tac_b_free(tac_b *b);'
fails "one comment for two functions" "a.h:3: a public function without a comment" check
header '/** Free a thing. */' 'typedef int tac_a;' 'TAC_API void tac_a_free(tac_a *a);'
fails "a comment that belongs to something else" "a.h:3: a public function without a comment" check
header '/** tbd */' 'TAC_API void tac_a_free(tac_a *a);'
fails "a comment that is no sentence" "does not begin with a sentence" check
header '/** Read a thing. */' "$can_fail"
fails "errors unsaid" "has no line \"Errors\"" check
header '/** Read a thing. */' 'void tac_a_read(void);'
fails "a function that is not exported" "without TAC_API" check
header '/** Nothing here. */'
fails "an empty interface" "no public functions" check
closing

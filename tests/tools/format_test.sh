#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# tools/format --check changes nothing and stops at a file laid out otherwise; without it the file is laid out.
. "$(dirname "$0")/support.sh"
cp "$root/.clang-format" "$tree/"
file=$tree/a.c
printf 'int main(void) { return 0 ; }\n' >"$file"
before=$(cat "$file")
fails "another layout" "a.c:1:" "$root/tools/format" --check "$file"
[ "$before" = "$(cat "$file")" ] || { echo "FAILED: --check changed the file" >&2; exit 1; }
passes "laying out" "$root/tools/format" "$file"
passes "after laying out" "$root/tools/format" --check "$file"
[ "$(sed -n 2p "$file")" = "{" ] || { echo "FAILED: a function's brace has no line of its own" >&2; exit 1; }
closing

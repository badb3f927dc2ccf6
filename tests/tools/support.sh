# SPDX-License-Identifier: Apache-2.0
# What the tests of tools/ share: a tree of their own, and the two things a check can say. Not a test.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
n_case=0

# passes NAME COMMAND ...: the command must succeed.
passes() {
  local name=$1
  shift
  n_case=$((n_case + 1))
  if ! "$@" >"$tree/.said" 2>&1; then
    echo "FAILED: $name: should pass, but says:" >&2
    cat "$tree/.said" >&2
    exit 1
  fi
}

# fails NAME WORDS COMMAND ...: the command must fail, and say WORDS.
fails() {
  local name=$1 words=$2
  shift 2
  n_case=$((n_case + 1))
  if "$@" >"$tree/.said" 2>&1; then
    echo "FAILED: $name: should fail, but passes" >&2
    exit 1
  fi
  if ! grep -qF -- "$words" "$tree/.said"; then
    echo "FAILED: $name: should say '$words', but says:" >&2
    cat "$tree/.said" >&2
    exit 1
  fi
}

closing() { echo "$n_case cases as wanted"; }

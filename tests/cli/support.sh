# SPDX-License-Identifier: Apache-2.0
# What the tests of the program share: an empty folder, and what a command does: its exit code, what it says, what it
# writes. Not a test. Sourced with the program as $1; of the last command, out.txt, err.txt and said.txt (both) remain.
set -uo pipefail
tactus=$(realpath "${1:?usage: $0 PROGRAM}")
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export XDG_CACHE_HOME=$work/cache
passed=0
failed=0

# fail SENTENCE: it should have been otherwise.
fail() {
  failed=$((failed + 1))
  echo "FAILED: $1" >&2
}

# is SENTENCE COMMAND ...: the command succeeds; what it said is shown if not.
is() {
  local sentence=$1
  shift
  if "$@" >"$work/check.log" 2>&1; then
    passed=$((passed + 1))
  else
    fail "$sentence"
    cat "$work/check.log" >&2
  fi
}

# exits CODE COMMAND ...
exits() {
  local code=$1 got=0
  shift
  "$@" >"$work/out.txt" 2>"$work/err.txt" </dev/null || got=$?
  cat "$work/out.txt" "$work/err.txt" >"$work/said.txt"
  [ "$got" = "$code" ] || {
    echo "exit $got, $code is wanted: $*"
    head -c 2000 "$work/said.txt"
    return 1
  }
}

# has FILE TEXT
has() {
  grep -qF -- "$2" "$1" || {
    echo "'$2' is wanted in $1:"
    head -c 2000 "$1"
    return 1
  }
}

# says CODE TEXT COMMAND ...: it exits so, and TEXT, where there is one, is in what it says.
says() {
  local code=$1 text=$2
  shift 2
  exits "$code" "$@" && { [ -z "$text" ] || has "$work/said.txt" "$text"; }
}

# expect CODE TEXT COMMAND ...: the same, where the command itself is the sentence.
expect() { is "${*:3}" says "$@"; }

# narrow FILE: no line is wider than 80 characters.
narrow() {
  local width
  width=$(LC_ALL=C.UTF-8 wc -L <"$1")
  [ "$width" -le 80 ] || {
    echo "$width characters wide"
    return 1
  }
}

# What the script ends with.
closing() {
  echo "$passed passed, $failed failed"
  [ "$failed" = 0 ]
}

#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# tools/check_deps lets the arrows of DEPENDENCIES through and stops every other one.
. "$(dirname "$0")/support.sh"
mkdir -p "$tree"/src/{low,high,door}
printf '%s\n' '# arrows' 'low: api' 'high: low embedded api' 'door: api' >"$tree/src/DEPENDENCIES"
printf '%s\n' '#include "low/a.h"' '#include <tactus/base.h>' '#include <math.h>' '#include <sys/stat.h>' >"$tree/src/low/a.c"
printf '%s\n' '#include "high/b.h"' '#include "low/a.h"' '#include "embedded.h"' >"$tree/src/high/b.c"
printf '%s\n' '#include "own.h"' '#include <tactus/tactus.h>' >"$tree/src/door/main.c"
check() { "$root/tools/check_deps" "$tree"; }
add() { printf '%s\n' "$2" >"$tree/src/$1"; }

passes "arrows as listed" check
add low/up.c '#include "high/b.h"'
fails "an arrow that points up" "src/low/up.c:1: low may not include high" check
add low/up.c '#include <high/b.h>'
fails "the same in angle brackets" "low may not include high" check
add low/up.c '#include "embedded.h"'
fails "a generated file that is not listed" "low may not include embedded" check
add low/up.c '#include "../high/b.h"'
fails "a path that climbs" "not a path that climbs" check
rm "$tree/src/low/up.c"
add door/cmd.c '#  include "low/a.h"'
fails "a door that goes past the public interface" "door may not include low" check
add door/cmd.c '#include "cellar/a.h"'
fails "a room that does not exist" "there is no room cellar" check
rm "$tree/src/door/cmd.c"
mkdir "$tree/src/attic"
add attic/c.c 'int tac_attic;'
fails "a room that is not listed" "the room attic is not in src/DEPENDENCIES" check
closing

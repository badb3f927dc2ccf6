#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What `make install` leaves works from any place: program, headers, pkg-config, shared and static library.
. "$(dirname "$0")/support.sh"
build=$(dirname "$1")
cached() { sed -nE "s/^$1:[A-Z]+=//p" "$build/CMakeCache.txt"; }
compiler=$(cached CMAKE_C_COMPILER)
sanitize=$(cached TACTUS_SANITIZE)
flags=(-std=c17 -Wall -Werror ${sanitize:+-fsanitize=$sanitize})

passes "installing" cmake --install "$build" --prefix "$tree/first"
mv "$tree/first" "$tree/moved"
cd "$tree"
passes "the program runs" moved/bin/tactus --version
passes "the program finds its tables" moved/bin/tactus sources person.age
printf '%s\n' '#include <tactus/tactus.h>' '#include <stdio.h>' 'int main(void)' '{' '    tac_ctx *ctx = tac_ctx_create();' \
  '    tac_body *body = NULL;' '    const tac_status st = tac_body_open(ctx, &body);' \
  '    printf("%s\n", st == TAC_OK && tac_body_n_variable(body) > 0 ? tac_version() : tac_ctx_message(ctx));' \
  '    tac_body_free(body);' '    tac_ctx_free(ctx);' '    return st == TAC_OK ? 0 : 1;' '}' >use.c
pc=$(find "$tree/moved" -name tactus.pc)
export PKG_CONFIG_PATH=${pc%/*}
libraries=${PKG_CONFIG_PATH%/pkgconfig}
read -ra cflags < <(pkg-config --cflags tactus)
read -ra shared < <(pkg-config --libs tactus)
read -ra private < <(pkg-config --static --libs tactus | sed "s/-ltactus//")
passes "linking the shared library" "$compiler" "${flags[@]}" "${cflags[@]}" use.c -o use_shared "${shared[@]}" \
  "-Wl,-rpath,$libraries"
passes "linking the static library" "$compiler" "${flags[@]}" "${cflags[@]}" use.c -o use_static \
  "$libraries/libtactus.a" "${private[@]}"
passes "with the shared library" ./use_shared
passes "with the static library" ./use_static
version=$(moved/bin/tactus --version)
[ "tactus $(./use_static)" = "$version" ] || {
  echo "FAILED: the library is $(./use_static), the program $version" >&2
  exit 1
}
closing

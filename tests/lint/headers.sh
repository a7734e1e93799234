#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# usage: headers.sh ROOT CC [CXX]
# Each public header compiles alone, in C and in C++, without a warning, and twice in a row.
root=$1
cc=$2
cxx=$3
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
bad=0

for header in "$root"/include/tcphs/*.h; do
	name=tcphs/${header##*/}
	printf '#include <%s>\n#include <%s>\nint main(void) { return 0; }\n' "$name" "$name" >"$work/alone.c"
	cp "$work/alone.c" "$work/alone.cc"
	"$cc" -std=c17 -Wall -Wextra -Wpedantic -Werror -I"$root/include" -fsyntax-only "$work/alone.c" || bad=1
	if [ -n "$cxx" ]; then
		"$cxx" -std=c++11 -Wall -Wextra -Werror -I"$root/include" -fsyntax-only "$work/alone.cc" || bad=1
	fi
done
exit $bad

#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# usage: selftest.sh ROOT CC [CXX]
# Every lint must be able to fail: each is run over a small tree with one violation planted in
# it, and must name the file it was planted in.
root=$1
cc=$2
cxx=$3
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
bad=0
licence='/* SPDX-License-Identifier: BSD-3-Clause */'

# A tree without a fault, with one file in each place.
fresh() {
	rm -rf "$work/tree"
	mkdir -p "$work/tree/tests" "$work/tree/include/tcphs" "$work/tree/docs" || exit 2
	cp -R "$root/tests/lint" "$work/tree/tests/"
	echo 'src/base/capped.c OTHER_MOST  nothing grows' >"$work/tree/tests/lint/caps.txt"
	# shellcheck disable=SC2016 # Markdown's quotes
	echo '| `FINE_MAX` | `src/base/capped.c` | 64 KiB | all |' >"$work/tree/docs/limits.md"
	for layer in base capture decode model track query ladder render teach tui cli; do
		mkdir -p "$work/tree/src/$layer"
		printf '%s\n' "$licence" '#include <tcphs/fine.h>' 'int f(void)' '{' '	return 1;' '}' \
			>"$work/tree/src/$layer/fine.c"
	done
	printf '%s\n' "$licence" '#define FINE_MAX ((size_t)64 << 10) /* all */' \
		'enum { OTHER_MOST = 3u };' >"$work/tree/src/base/capped.c"
	printf '%s\n' "$licence" '#include <stddef.h>' 'size_t fine(void);' >"$work/tree/include/tcphs/fine.h"
}

# plant FILE TEXT: the text becomes the file's last line.
plant() {
	fresh
	mkdir -p "$work/tree/$(dirname "$1")"
	[ -f "$work/tree/$1" ] || echo "$licence" >"$work/tree/$1"
	printf '%b\n' "$2" >>"$work/tree/$1"
}

# catches LINT FILE TEXT [ARGUMENT…]
catches() {
	lint=$1
	file=$2
	plant "$2" "$3"
	text=$3
	shift 3
	if sh "$root/tests/lint/$lint.sh" "$work/tree" "$@" >"$work/out" 2>&1; then
		echo "$lint.sh lets pass in $file: $text"
		bad=1
	elif ! grep -q "$file" "$work/out"; then
		echo "$lint.sh fails without naming $file: $text"
		cat "$work/out"
		bad=1
	fi
}

# passes LINT FILE TEXT: what looks like a violation and is none.
passes() {
	plant "$2" "$3"
	if ! sh "$root/tests/lint/$1.sh" "$work/tree" >"$work/out" 2>&1; then
		echo "$1.sh complains about: $3"
		cat "$work/out"
		bad=1
	fi
}

catches layers src/base/planted.c '#include "model/machine.h"'
catches layers src/decode/planted.c '#include "track/flow.h"'
catches layers src/decode/planted.c '#include "capture/file.h"'
catches layers src/capture/planted.c '#include "decode/tcp.h"'
catches layers src/render/planted.c '#include "tui/screen.h"'
catches layers src/cli/planted.c '#  include <pcap/pcap.h>'
catches layers src/track/planted.c '#include <pcap.h>'
catches layers src/render/planted.h '#include <ncursesw/curses.h>'
catches layers src/model/planted.c '#include "planted.h"'
catches layers src/model/planted.c '#include "tcphs/segment.h"'
catches layers src/extra/planted.c 'int planted;'
catches layers include/tcphs/planted.h '#include "base/text.h"'
catches layers include/tcphs/planted.h '#include <pcap.h>'
passes layers src/tui/planted.c '#include "base/text.h"\n#include "ladder/rows.h"\n#include <curses.h>'
passes layers src/capture/planted.c '#include <pcap/pcap.h>\n#include <tcphs/source.h>'

catches banned src/tui/planted.c '\tstrcpy(to, from);'
catches banned src/decode/planted.c '\treturn sprintf (text, "%%d", 1);'
catches banned src/model/planted.c '\tprintf("loud");'
catches banned src/track/planted.c '\tfputs("loud", stderr);'
catches banned src/base/planted.c '\tif (getenv("HOME"))'
catches banned src/capture/planted.c '\texit(1);'
passes banned src/model/planted.c '/* never strcpy(a, b)\n * nor exit(1) */ char *a = "printf(x)"; // gets()'
passes banned src/model/planted.c '\tsnprintf(text, sizeof(text), "x"); tcphs_puts(x); format.exit(1);'

catches size src/base/planted.c "$(awk 'BEGIN { for (i = 0; i < 501; i++) print "int x;" }')"
catches size src/base/planted.c "int f(void)\n{$(awk 'BEGIN { for (i = 0; i < 82; i++) print "\tf();" }')\n}"
fresh
echo 'int unlicensed;' >"$work/tree/src/base/planted.c"
if sh "$root/tests/lint/size.sh" "$work/tree" >/dev/null; then
	echo "size.sh lets pass a file without a licence"
	bad=1
fi

catches caps src/model/planted.c '#define PLANTED_MAX 12u'
catches caps src/track/planted.c '#define PLANTED_CAP ((size_t)1 << 20) /* octets */'
catches caps include/tcphs/planted.h 'enum { A, PLANTED_MOST = 1 << 3, B };'
catches caps src/tui/planted.c 'enum {\n\tPLANTED_LIMIT = 7, /* lines */\n};'
# shellcheck disable=SC2016 # Markdown's quotes
{
	catches caps docs/limits.md '| `GONE_MAX` | `src/base/capped.c` | 64 KiB | all |'
	catches caps docs/limits.md '| `FINE_MAX` | `src/base/capped.c` | 65,537 | all |'
	catches caps docs/limits.md '| `FINE_MAX` | `src/base/capped.c` | much | all |'
	passes caps docs/limits.md '| `FINE_MAX` | `src/base/capped.c` | 65,536 | all |'
}
catches caps tests/lint/caps.txt 'src/base/capped.c GONE_MAX  nothing grows'
catches caps tests/lint/caps.txt 'src/base/capped.c FINE_MAX  nothing grows'
passes caps src/model/planted.c '#define PLANTED_MAX_OF(x) (x)\n#define MAXIMUM 3\nint x = A_MAX == 3;'

catches headers include/tcphs/planted.h 'size_t needs_stddef;' "$cc" "$cxx"
[ -z "$cxx" ] || catches headers include/tcphs/planted.h 'extern int class;' "$cc" "$cxx"

promises() {
	mkdir -p "$work/tree/tests/tui/expected"
	echo 'Here it is.' >"$work/tree/tests/tui/expected/here.80x24.utf8"
	printf '%b\n' "$1" >"$work/tree/tests/tui/promises.txt"
	sh "$root/tests/lint/promises.sh" "$work/tree" >/dev/null
}
for wrong in 'A promise.' 'A promise.\n\tscreen here.80x24.utf8 not here' 'A.\n\tstep none key x' \
	'A.\nAnother.\n\tscreen here.80x24.utf8 it is' ''; do
	if promises "$wrong"; then
		echo "promises.sh lets pass: $wrong"
		bad=1
	fi
done
if ! promises '# A comment.\nA promise.\n\tscreen here.80x24.utf8 it is'; then
	echo "promises.sh complains about a promise that is kept"
	bad=1
fi

globals() {
	echo "$1" >"$work/planted.c"
	"$cc" -c -fPIC -o "$work/planted.o" "$work/planted.c" && rm -f "$work/libplanted.a" &&
		ar rc "$work/libplanted.a" "$work/planted.o" &&
		sh "$root/tests/lint/globals.sh" "$work/libplanted.a" >/dev/null
}
if globals 'static int calls; int f(void); int f(void) { return ++calls; }'; then
	echo "globals.sh lets pass a static counter"
	bad=1
fi
if ! globals 'extern const char *const words[]; const char *const words[] = {"a", "b"};'; then
	echo "globals.sh complains about a constant table"
	bad=1
fi
exit $bad

#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# usage: read.sh ROOT                       has each kept screen been read as it is now?
#        read.sh --mark HOW ROOT [SCREEN…]  these have been, in the way HOW: list.80x24.utf8 or
#                                           'list*'; all: no SCREEN
# READ says which of the screens somebody has read, with the sum of the screen and of the captures and
# lessons that its script opens at that time; see ../ledger.sh.
mark=
if [ "$1" = --mark ]; then
	mark=$2
	shift 2
fi
cd "$1" || exit 2
shift
set -f # a * in a SCREEN is not a file's
tui=tests/tui
# shellcheck source=tests/ledger.sh
. tests/ledger.sh

# sums SCRIPT: "SCREEN SCREEN sum sum" of each screen that it looks at
sums() {
	opened=$(sed -n 's/^run //p' "$1" | tr ' ' '\n' | grep -E '^(captures|lessons|tests/tui)/.' | xargs cat | cksum)
	sed -n 's/^screen //p' "$1" | sort -u | while read -r name; do
		set +f
		cksum $tui/expected/"$name".*
		set -f
	done | sed "s|^\([0-9]*\) [0-9]* .*/\(.*\)|\2 \2 \1 ${opened%% *}|"
}

all() {
	find $tui -maxdepth 1 -name '*.keys' | sort | while read -r script; do
		grep -q '^screen ' "$script" && sums "$script"
	done
}

now=$(all)
# One that no script looks at any more says nothing.
find $tui/expected -type f | sed 's|.*/||' | while read -r screen; do
	case "
$now" in
	*"
$screen "*) ;;
	*)
		echo "$screen: no script shows it"
		exit 1
		;;
	esac
done || exit
echo "$now" | judge $tui/READ "$mark" "$@" || {
	echo "read them, against the packets too; then: tests/tui/read.sh --mark HOW . SCREEN…"
	exit 1
}

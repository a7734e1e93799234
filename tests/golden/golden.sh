#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# usage: golden.sh [--update] PROGRAM ROOT [NAME…]
# Runs the lines of TESTLIST (all, or those named) and compares what the program says with the
# text that is kept. --update keeps what it says now: never before somebody has read the
# difference against the packets.
#
# A line is: NAME CAPTURE COMMAND [ARGUMENT…] EXPECTED, with the shell's quotes; CAPTURE "-" is
# none, several are joined with commas. The expected file holds standard output; then, where
# there is any, each line of standard error behind "stderr| " and an exit code other than 0.
set -f
update=
if [ "$1" = --update ]; then
	update=yes
	shift
fi
program=$1
root=$2
[ -x "$program" ] && cd "$root" || exit 2
shift 2
kept=tests/golden/expected
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

# The same text everywhere: no settings of the person who runs it.
LC_ALL=${TCPHS_UTF8_LOCALE:-C.UTF-8} TZ=UTC TERM=dumb COLUMNS=80 HOME=$work XDG_CONFIG_HOME=$work
export LC_ALL TZ TERM COLUMNS HOME XDG_CONFIG_HOME
unset NO_COLOR LINES

# run CAPTURES COMMAND [ARGUMENT…]: what the program says, as the expected files hold it.
run() {
	captures=$1
	command=$2
	shift 2
	if [ "$captures" != - ]; then
		old_ifs=$IFS
		IFS=,
		# shellcheck disable=SC2086 # the commas part the captures
		set -- $captures "$@"
		IFS=$old_ifs
	fi
	"$program" "$command" "$@" </dev/null >"$work/stdout" 2>"$work/stderr"
	status=$?
	cat "$work/stdout"
	sed 's/^/stderr| /' "$work/stderr"
	[ $status -eq 0 ] || echo "exit| $status"
}

# one NAME CAPTURES COMMAND [ARGUMENT…] EXPECTED: 0 if it is as it was.
one() {
	name=$1
	shift
	for expected in "$@"; do :; done
	count=$#
	# The last word is the file, not an argument: take the words round once, without it.
	while [ "$count" -gt 0 ]; do
		[ "$count" -eq 1 ] || set -- "$@" "$1"
		shift
		count=$((count - 1))
	done
	run "$@" >"$work/actual"
	if [ -n "$update" ]; then
		cmp -s "$work/actual" "$kept/$expected" || echo "kept: $expected"
		mkdir -p "$kept" && cp "$work/actual" "$kept/$expected"
	elif ! diff -u "$kept/$expected" "$work/actual" >"$work/diff"; then
		echo "FAIL $name: tcphs $*"
		cat "$work/diff"
		return 1
	fi
}

failed=0
found=0
while read -r line; do
	case $line in '' | '#'*) continue ;; esac
	name=${line%%[ 	]*}
	if [ $# -gt 0 ]; then
		case " $* " in *" $name "*) ;; *) continue ;; esac
	fi
	found=$((found + 1))
	eval "one $line" || failed=$((failed + 1))
done <tests/golden/TESTLIST
if [ $found -eq 0 ]; then
	echo "no line of TESTLIST is called $*"
	exit 2
fi
echo "$found run, $failed differ"
[ $failed -eq 0 ]

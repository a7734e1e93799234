#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# usage: lessons.sh PROGRAM ROOT
# Goes through every lesson twice, with right and with wrong answers, and looks at the score:
# so every capture, connection and packet that a lesson names is there, too.
program=$1
cd "$2" || exit 2
LC_ALL=C.UTF-8 COLUMNS=80
export LC_ALL COLUMNS
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
bad=0

complain() {
	echo "$1"
	tail -5 "$work/said" "$work/errors"
	bad=1
}

for lesson in lessons/*.lesson; do
	asked=$(grep -c '^\.ask' "$lesson")
	for wrong in 0 1; do
		awk -v wrong=$wrong -f tests/teach/answers.awk "$lesson" >"$work/answers"
		"$program" learn "$lesson" <"$work/answers" >"$work/said" 2>"$work/errors" ||
			complain "$lesson: exit code $?"
		[ -s "$work/errors" ] && complain "$lesson: it complains"
		right=$((wrong ? 0 : asked))
		grep -q "^$right of $asked right at the first try" "$work/said" ||
			complain "$lesson: not $right of $asked right"
	done
	grep -q '^\.source' "$lesson" || complain "$lesson: no .source"
done
set -- lessons/*.lesson
[ $# -ge 12 ] || complain "lessons are missing"
exit $bad

#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# usage: view.sh PROGRAM ROOT LESSON SIZE LOCALE
# Goes through a lesson in the view, in a terminal, with right and with wrong answers to every
# question, and looks at the score at its end and after it.
program=$1
root=$2
lesson=$3
tests=$root/tests
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
asked=$(grep -c '^\.ask' "$root/$lesson")
bad=0
for wrong in 0 1; do
	awk -v wrong=$wrong -f "$tests/teach/answers.awk" "$root/$lesson" | grep . >"$work/answers"
	right=$((wrong ? 0 : asked))
	cat >"$work/walk.keys" <<END
run learn $lesson
wait page 1 of
answers $work/answers
wait $right of $asked right
key q
wait $right of $asked right at the first try:
exit 0
END
	sh "$tests/tui/screen.sh" "$program" "$root" "$work/walk.keys" "$4" "$5" || bad=1
done
exit $bad

#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# usage: quiz.sh PROGRAM ROOT
# Answers of the quiz and of a lesson, a line at a time: right, wrong, none, unreadable, with blanks around them.
program=$1
cd "$2" || exit 2
bad=0
cases=0
quiz='quiz --plain --seed 3 captures/three-way.pcap --count'

# A case a line, its columns a bar apart: what is run, what is typed (as of printf), and what the program then
# says, one after the other, a ~ between.
while IFS='|' read -r run typed wanted; do
	[ -n "$run" ] || continue
	cases=$((cases + 1))
	# shellcheck disable=SC2059,SC2086 # that is what they are: a format, and words
	said=$(printf "$typed" | "$program" $run 2>&1 | tr '\n' ' ' | tr -s ' ')
	rest=$said
	while [ -n "$wanted" ]; do
		words=${wanted%%~*}
		case $wanted in
		*~*) wanted=${wanted#*~} ;;
		*) wanted= ;;
		esac
		case $rest in
		*"$words"*) rest=${rest#*"$words"} ;;
		*)
			echo "$run, to '$typed', does not say '$words' (in this order): $said"
			bad=1
			;;
		esac
	done
done <<EOF
$quiz 1|syn\n|1/1~Right: SYN.~1 of 1 right.
$quiz 1| \tsyn  \n|Right: SYN.~1 of 1 right.
$quiz 1|ack\n|No: it is SYN.~0 of 1 right.
$quiz 1|xyz\n\n  ? \n|Name the flags~Name the flags~It is SYN.~0 of 1 right.
$quiz 1|syn ?\n|1/1~It is SYN.~0 of 1 right.
$quiz 1| q \n|0 of 0 right.
$quiz 1||1/1~0 of 0 right.
$quiz 2|syn\r\n?\n|Right: SYN.~2/2~1 of 2 right.
learn --plain lessons/01-three-way.lesson|\n  syn-sent \n  q  \n|In which state~Write an answer; ? tells it.~Right.
EOF
echo "$cases cases"
exit "$bad"

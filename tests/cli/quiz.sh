#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# usage: quiz.sh PROGRAM ROOT
# Answers of the quiz and of a lesson, a line at a time: right, wrong, none, unreadable, with blanks around them.
program=$1
cd "$2" || exit 2
bad=0

# says WORDS... : each of them stands in what the program said to $typed, one after the other
says() {
	rest=$(printf "$typed" | "$program" "$@" 2>&1 | tr '\n' ' ' | tr -s ' ')
	for words in $wanted; do
		words=$(printf %s "$words" | tr _ ' ')
		case $rest in
		*"$words"*) rest=${rest#*"$words"} ;;
		*)
			echo "to '$typed' it does not say '$words' (in this order): $rest"
			bad=1
			;;
		esac
	done
}

quiz="quiz --plain --seed 3 captures/three-way.pcap --count"
typed='syn\n' wanted='1/1 Right:_SYN. 1_of_1_right.'
says $quiz 1
typed=' \tsyn  \n' wanted='Right:_SYN. 1_of_1_right.'
says $quiz 1
typed='ack\n' wanted='No:_it_is_SYN. 0_of_1_right.'
says $quiz 1
typed='xyz\n\n  ? \n' wanted='Name_the_flags Name_the_flags It_is_SYN. 0_of_1_right.'
says $quiz 1
typed='syn ?\n' wanted='1/1 It_is_SYN. 0_of_1_right.'
says $quiz 1
typed=' q \n' wanted='0_of_0_right.'
says $quiz 1
typed='' wanted='1/1 0_of_0_right.'
says $quiz 1
typed='syn\r\n?\n' wanted='Right:_SYN. 2/2 1_of_2_right.'
says $quiz 2
typed='\n  syn-sent \n  q  \n' wanted='In_which_state Write_an_answer;_?_tells_it. Right.'
says learn --plain lessons/01-three-way.lesson
exit $bad

#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# usage: promises.sh ROOT
# Each promise of tests/tui/promises.txt is kept by something that is there: the saved screen shows
# the text, the script has the step, the file has the test.
cd "$1/tests" || exit 2
promises=tui/promises.txt
[ -r $promises ] || exit 2
promise= kept=0 bad=0 count=0

judge_last() {
	if [ -n "$promise" ] && [ $kept = 0 ]; then
		echo "tests/$promises: nothing would fail: $promise"
		bad=1
	fi
}

# holds KIND NAME TEXT
holds() {
	case $1 in
	screen) grep -qF -- "$3" "tui/expected/$2" 2>/dev/null ;;
	step) grep -qxF -- "$3" "tui/$2.keys" 2>/dev/null ;;
	case) grep -qF -- "$3" "$2" 2>/dev/null ;;
	*) false ;;
	esac
}

while IFS= read -r line; do
	case $line in
	'' | '#'*) ;;
	'	'*)
		line=${line#	}
		rest=${line#* }
		if holds "${line%% *}" "${rest%% *}" "${rest#* }"; then
			kept=$((kept + 1))
		else
			echo "tests/$promises: does not hold: $line"
			bad=1
		fi
		;;
	*)
		judge_last
		promise=$line kept=0 count=$((count + 1))
		;;
	esac
done <$promises
judge_last
[ $count -gt 0 ] || exit 2
exit $bad

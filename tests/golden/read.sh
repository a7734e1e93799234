#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# usage: read.sh ROOT                     has each expected text been read as it is now?
#        read.sh --mark HOW ROOT [NAME…]  these texts have been, in the way HOW; all: no NAME
# The program wrote the expected texts, so that they agree with it proves nothing. READ says which of
# them somebody has held against the packets, with the sum of the text and of its captures at that
# time: a text that has changed since is one that nobody has read.
set -f
mark=
if [ "$1" = --mark ]; then
	mark=$2
	shift 2
fi
cd "$1" || exit 2
shift
golden=tests/golden
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

# sums NAME CAPTURES COMMAND [ARGUMENT…] EXPECTED: "EXPECTED sum sum", as READ has them
sums() {
	captures=$2
	for expected in "$@"; do :; done
	case $captures in captures/*.pcap) ;; *) captures=/dev/null ;; esac # "-", and what is none
	old_ifs=$IFS
	IFS=,
	# shellcheck disable=SC2086 # the commas part the captures
	set -- $captures
	IFS=$old_ifs
	text=$(cksum <"$golden/expected/$expected") || exit 2
	echo "$expected ${text%% *} $(cat "$@" | cksum | cut -d' ' -f1)"
}

bad=0
grep '^#' $golden/READ >"$work/READ"
while read -r line; do
	case $line in '' | '#'*) continue ;; esac
	eval "now=\$(sums $line)" || exit 2
	kept=$(grep "^$now " $golden/READ)
	case " $* " in *" ${line%%[ 	]*} "* | '  ') named=$mark ;; *) named= ;; esac
	if [ -n "$named" ]; then
		echo "$now $mark"
	elif [ -n "$kept" ]; then
		echo "$kept"
	else
		grep "^${now%% *} " $golden/READ # what it was
		echo "${now%% *}: not read since it or its capture changed" >&2
		bad=$((bad + 1))
	fi
done <$golden/TESTLIST >>"$work/READ"
[ -z "$mark" ] || cat "$work/READ" >$golden/READ
if [ $bad -gt 0 ]; then
	echo "$bad texts to read against the packets; then: tests/golden/read.sh --mark HOW . NAME…"
	exit 1
fi
echo "$(grep -cv '^#' "$work/READ") expected texts, each read as it is"

#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# usage: read.sh ROOT                     has each expected text been read as it is now?
#        read.sh --mark HOW ROOT [NAME…]  these texts have been, in the way HOW; all: no NAME
# READ says which of the texts somebody has held against the packets, with the sum of the text and of
# its captures at that time; see ../ledger.sh.
set -f
mark=
if [ "$1" = --mark ]; then
	mark=$2
	shift 2
fi
cd "$1" || exit 2
shift
golden=tests/golden
# shellcheck source=tests/ledger.sh
. tests/ledger.sh

# sums NAME CAPTURES COMMAND [ARGUMENT…] EXPECTED: "NAME EXPECTED sum sum"
sums() {
	name=$1
	captures=$2
	for expected in "$@"; do :; done
	case $captures in captures/*.pcap) ;; *) captures=/dev/null ;; esac # "-", and what is none
	old_ifs=$IFS
	IFS=,
	# shellcheck disable=SC2086 # the commas part the captures
	set -- $captures
	IFS=$old_ifs
	text=$(cksum <"$golden/expected/$expected") || return
	echo "$name $expected ${text%% *} $(cat "$@" | cksum | cut -d' ' -f1)"
}

all() {
	while read -r line; do
		case $line in '' | '#'*) continue ;; esac
		eval "sums $line" || echo "$line: no such text" >&2
	done <$golden/TESTLIST
}

all | judge $golden/READ "$mark" "$@" || {
	echo "read them against the packets; then: tests/golden/read.sh --mark HOW . NAME…"
	exit 1
}

#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# usage: formats.sh TCPHS ROOT FORMAT
# Writes the ladders of all captures in FORMAT, one document each and one of them all, and has
# them judged by programs that others wrote. Exits with 77 where that program isn't installed:
# mermaid, jsdom and playwright-core are looked for in $TCPHS_NODE_MODULES (made by
# `npm install mermaid jsdom playwright-core`), a browser in $TCPHS_CHROMIUM or as chromium.
tcphs=$1
root=$2
format=$3
here=$(cd "$(dirname "$0")" && pwd)
[ -x "$tcphs" ] && cd "$root" || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
LC_ALL=C.UTF-8 TZ=UTC TERM=dumb
export LC_ALL TZ TERM
bad=0

skip() {
	echo "skipped: $*"
	exit 77
}

need() {
	command -v "$1" >/dev/null 2>&1 || skip "$1 isn't installed"
}

node_module() {
	[ -d "${TCPHS_NODE_MODULES:-/nonexistent}/$1" ] || skip "no $1 in \$TCPHS_NODE_MODULES"
}

fail() {
	echo "$*"
	bad=1
}

# write ENDING ARGUMENT…: the documents
write() {
	ending=$1
	shift
	for capture in captures/*.pcap; do
		name=$(basename "$capture" .pcap)
		"$tcphs" show "$capture" -o "$work/$name.$ending" "$@" || fail "$capture: exit $?"
	done
	"$tcphs" show captures/refused.pcap captures/three-way.pcap captures/ipv6.pcap --redact \
		-o "$work/several-captures.$ending" "$@" || fail "several: exit $?"
}

case $format in
svg)
	need python3
	write svg
	for name in predictable healthy linux repeat; do
		"$tcphs" isn "captures/isn-$name.pcap" -o "$work/numbers-$name.svg"
	done
	python3 "$here/svg.py" "$work" || bad=1
	;;
png)
	need python3
	"$tcphs" -V | grep '^with:' | grep -q 'png' || skip "this tcphs has no png"
	for name in three-way data-loss simultaneous-close; do
		"$tcphs" show "captures/$name.pcap" -o "$work/$name.png" || fail "$name: exit $?"
	done
	"$tcphs" isn captures/isn-linux.pcap -o "$work/isn.png" || fail "isn: exit $?"
	python3 "$here/png.py" "$work"/*.png || bad=1
	;;
csv)
	need python3
	write csv
	for capture in captures/*.pcap; do
		name=$(basename "$capture" .pcap)
		"$tcphs" list --csv "$capture" >"$work/list-$name.csv" || fail "list: exit $?"
		"$tcphs" check --csv "$capture" >"$work/check-$name.csv"
		[ $? -le 1 ] || fail "check: $capture"
	done
	python3 "$here/csv_strict.py" "$work"/*.csv || bad=1
	;;
json)
	need jq
	write json
	jq -e . "$work"/*.json >/dev/null || fail "jq doesn't read it"
	# Each record says what it is, and the packets of a segment are in order.
	jq -es 'all(.[]; .record | test("^(connection|segment)/1$"))' "$work"/*.json >/dev/null ||
		fail "a record of no kind"
	for file in "$work"/[a-r]*.json; do
		jq -es '[.[] | select(.record == "segment/1") | [.connection, .packet]]
			| . == sort' "$file" >/dev/null || fail "$file: not in order"
	done
	# The manual's examples.
	"$tcphs" list --json captures/three-way.pcap | jq -e '.open.kind == "three-way"' >/dev/null ||
		fail "list --json"
	;;
mermaid)
	need node
	node_module mermaid
	node_module jsdom
	write mmd
	echo 'sequenceDiagram
	A->>' >"$work/wrong.mmd"
	node "$here/mermaid.js" "$work/wrong.mmd" >/dev/null 2>&1 && fail "mermaid accepts anything"
	rm "$work/wrong.mmd"
	node "$here/mermaid.js" "$work"/*.mmd || bad=1
	;;
plantuml)
	need plantuml
	write puml
	printf '@startuml\nthis is no diagram\n@enduml\n' >"$work/wrong.puml"
	plantuml -headless -checkonly "$work/wrong.puml" >/dev/null 2>&1 &&
		fail "plantuml accepts anything"
	rm "$work/wrong.puml"
	plantuml -headless -checkonly "$work"/*.puml || fail "plantuml: exit $?"
	;;
html)
	need node
	node_module playwright-core
	TCPHS_CHROMIUM=${TCPHS_CHROMIUM:-$(command -v chromium)}
	[ -x "$TCPHS_CHROMIUM" ] || skip "chromium isn't installed"
	export TCPHS_CHROMIUM
	"$tcphs" show captures/port-reuse.pcap -o "$work/page.html" || fail "html: exit $?"
	"$tcphs" show captures/port-reuse.pcap --json >"$work/page.json" || fail "json: exit $?"
	node "$here/page.js" "$work/page.html" "$work/page.json" ${TCPHS_PICTURES:+"$TCPHS_PICTURES"} || bad=1
	;;
*)
	echo "no test of $format"
	exit 2
	;;
esac
exit $bad

#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# usage: layers.sh ROOT
# The layer rule of docs/design.md, checked at every #include: a file includes <tcphs/…>, its
# own folder and folders to its left; pcap.h stays in src/capture, curses.h in src/tui; public
# headers stand on each other and on the C library alone.
cd "$1" || exit 2

find src include -name '*.[ch]' | sort | xargs awk '
BEGIN {
	count = split("base decode model track query ladder render teach tui cli", order, " ")
	for (i = 1; i <= count; i++)
		rank[order[i]] = i
}
function complain(text) {
	printf "%s:%d: %s\n", FILENAME, FNR, text
	bad = 1
}
# May a file of layer `from` include a file of layer `to`?
function allowed(from, to) {
	if (from == to)
		return 1
	if (from == "capture")
		return to == "base"
	return (from in rank) && (to in rank) && rank[to] < rank[from]
}
FNR == 1 {
	split(FILENAME, part, "/")
	layer = part[1] == "src" ? part[2] : "include"
	if (layer != "include" && layer != "capture" && !(layer in rank))
		complain("src/" layer " is no layer")
}
/^[ \t]*#[ \t]*include/ {
	system_header = $0 ~ /^[^"]*</
	name = $0
	sub(/^[^<"]*[<"]/, "", name)
	sub(/[>"].*$/, "", name)

	if (name ~ /^pcap([.\/-]|$)/ && layer != "capture")
		complain("only src/capture knows " name)
	if (name ~ /curses\.h$/ && layer != "tui")
		complain("only src/tui knows " name)
	if (name ~ /^tcphs\//) {
		if (!system_header)
			complain("public headers are included as <" name ">")
		next
	}
	if (layer == "include") {
		if (!system_header || name ~ /\//)
			complain("a public header includes only <tcphs/…> and the C library, not " name)
		next
	}
	if (system_header)
		next
	if (name !~ /\//)
		complain("\"" name "\" must name its folder: \"" layer "/" name "\"")
	else {
		split(name, target, "/")
		if (!allowed(layer, target[1]))
			complain(layer " may not include " name)
	}
}
END { exit bad }
'

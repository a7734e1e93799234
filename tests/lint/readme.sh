#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# usage: readme.sh PROGRAM ROOT
# The picture in README.md is what the program draws: the second block of text there, against
# tcphs show.
cd "$2" || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
awk '/^```/ { fences++; next } fences == 3' README.md >"$work/shown"
LC_ALL=${TCPHS_UTF8_LOCALE:-C.UTF-8} TZ=UTC COLUMNS=80 "$1" show captures/three-way.pcap >"$work/drawn" &&
	diff -u "$work/shown" "$work/drawn"

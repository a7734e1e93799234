#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# usage: pdf.sh PROGRAM ROOT
# A worksheet as pdf: as many pages as it needs, blanks without the key, answers with it, and the
# same file each time. What was built without librsvg says so and writes nothing.
program=$1
cd "$2" || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
bad=0

fail() {
	echo "$*"
	bad=1
}

if ! "$program" worksheet captures/three-way.pcap -o "$work/sheet.pdf" 2>"$work/errors"; then
	grep -q librsvg "$work/errors" || fail "no pdf, and not for want of librsvg"
	[ -e "$work/sheet.pdf" ] && fail "a file remains"
	cat "$work/errors"
	exit $bad
fi
"$program" worksheet captures/three-way.pcap -o "$work/again.pdf"
cmp "$work/sheet.pdf" "$work/again.pdf" || fail "two runs, two files"
"$program" worksheet --key captures/three-way.pcap -o "$work/key.pdf" || fail "no key"
"$program" worksheet captures/isn-healthy.pcap -o "$work/long.pdf" || fail "no long sheet"
for file in sheet key long; do
	[ "$(head -c 5 "$work/$file.pdf")" = %PDF- ] || fail "$file is no pdf"
done
pages() {
	grep -ac '/Type /Page % ' "$work/$1.pdf"
}
[ "$(pages sheet)" = 1 ] || fail "the sheet has $(pages sheet) pages"
[ "$(pages long)" -gt 2 ] || fail "twelve connections on $(pages long) pages"
if command -v pdftotext >/dev/null; then
	pdftotext "$work/sheet.pdf" "$work/sheet.txt"
	pdftotext "$work/key.pdf" "$work/key.txt"
	grep -q 'FIN-WAIT-1' "$work/sheet.txt" && fail "the sheet tells an answer"
	grep -q 'FIN-WAIT-1' "$work/key.txt" || fail "the key lacks an answer"
fi
exit $bad

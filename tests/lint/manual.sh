#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# usage: manual.sh PROGRAM FOLDER
# The manual in FOLDER and the program agree: every option that some command's help lists is an
# item of tcphs(1) and every item is listed by some command's help; so are the commands, and the
# keys of tcphs-query(5).
program=$1
page=$2/tcphs.1
query=$2/tcphs-query.5
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

"$program" --help | sed -n '/^Commands/,/^$/s/^  \([a-z][a-z]*\) .*/\1/p' | sort >"$work/commands"
[ -s "$work/commands" ] || { echo "no commands in $program --help"; exit 1; }

while read -r command; do
	"$program" "$command" --help
done <"$work/commands" |
	sed -n 's/^ \{2,6\}\(-.*\)/\1/p' | sed 's/  .*//; s/ [A-Z].*//' | tr -d ',' | tr ' ' '\n' |
	grep '^-' | sort -u >"$work/options"
[ -s "$work/options" ] || { echo "no options in $program COMMAND --help"; exit 1; }

# ".It Fl o Ar file , Fl -output Ar file" has -o and --output.
awk '$1 == ".It" { for (i = 2; i < NF; i++) if ($i == "Fl") print "-" $(i + 1) }' "$page" |
	sort -u >"$work/documented.options"
awk '/^\.Sh COMMANDS/ { on = 1; next } /^\.Sh/ { on = 0 } on && $1 == ".It" { print $3 }' "$page" |
	sort >"$work/documented.commands"

# The completions' list may end a key with its operator.
"$program" --list-words keys | sed 's/[^a-z-]*$//' | sort -u >"$work/keys"
awk '/^\.Sh/ { on = $2 == "KEYS" } on && $1 == ".It" { for (i = 3; i <= NF; i++) if ($i != ",") print $i }' \
	"$query" | sort >"$work/documented.keys"

bad=0
for kind in commands options keys; do
	if ! diff "$work/documented.$kind" "$work/$kind" >"$work/diff"; then
		echo "$kind (<: only in the manual, >: only in the program):"
		grep '^[<>]' "$work/diff"
		bad=1
	fi
done
exit $bad

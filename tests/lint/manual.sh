#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# usage: manual.sh PROGRAM FOLDER
# The manual in FOLDER and the program agree: every option that some command's help lists is an
# item of tcphs(1) and every item is listed by some command's help; so are the commands, the keys
# of the view with their names, and the keys of tcphs-query(5).
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

# {CMD_SORT, "sort", IN_LIST, "s", … in the source; ".It Ic s Pq Cm sort" on the page.
awk -F '"' '/^\t\{CMD_/ { print $2 ": " $4 }' "$2/../src/tui/keys.c" | sort >"$work/view"
sed -n 's/^\.It Ic \(.*\) Pq Cm \(.*\)/\2: \1/p' "$page" | sed 's/\\&//g; s/ , / /g' |
	sort >"$work/documented.view"

bad=0
for kind in commands options keys view; do
	if ! diff "$work/documented.$kind" "$work/$kind" >"$work/diff"; then
		echo "$kind (<: only in the manual, >: only in the program):"
		grep '^[<>]' "$work/diff"
		bad=1
	fi
done
exit $bad

#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# usage: caps.sh ROOT
# What input can make grow has a named cap, and docs/limits.md says so: each row's name is in its
# file with its value, and each constant that is named like a cap has a row there, or stands in
# tests/lint/caps.txt as one that is none.
cd "$1" || exit 2
table=docs/limits.md
others=tests/lint/caps.txt
[ -f $table ] || {
	echo "$table: there is none"
	exit 1
}
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
bad=0

# Each constant, by #define or in an enum: file, name, line, value.
find src include -name '*.[ch]' | sort | xargs awk '
# A number as the shell reads it: no casts, no suffixes, no comment.
function add(name, value) {
	sub(/[ \t]*(\/\*|\/\/).*/, "", value)
	gsub(/\((u?int[0-9]*_t|size_t|unsigned|int|long)\)/, "", value)
	gsub(/U?INT[0-9]+_C/, "", value)
	while (match(value, /(^|[^A-Za-z0-9_])(0x[0-9a-fA-F]+|[0-9]+)[uUlL]+/)) {
		number = substr(value, RSTART, RLENGTH)
		sub(/[uUlL]+$/, "", number)
		value = substr(value, 1, RSTART - 1) number substr(value, RSTART + RLENGTH)
	}
	gsub(/[ \t]+/, "", value)
	print FILENAME, name, FNR, value
}
$1 == "#define" && $2 ~ /^[A-Z][A-Z0-9_]*$/ && NF > 2 {
	name = $2
	value = $0
	sub(/^#define[ \t]+[A-Z0-9_]+[ \t]+/, "", value)
	add(name, value)
	next
}
{
	rest = $0
	while (match(rest, /(^|[{, \t])[A-Z][A-Z0-9_]*[ \t]*=[ \t]*[^=,}]+/)) {
		piece = substr(rest, RSTART, RLENGTH)
		rest = substr(rest, RSTART + RLENGTH)
		name = value = piece
		sub(/[ \t]*=.*/, "", name)
		sub(/^[{, \t]/, "", name)
		gsub(/[ \t]/, "", name)
		sub(/^[^=]*=[ \t]*/, "", value)
		add(name, value)
	}
}
' >"$work/code"

# Each row: file, name, line, value.
awk -F '|' '
/^\| *`/ {
	gsub(/[` ]/, "", $2)
	gsub(/[` ]/, "", $3)
	value = $4
	gsub(/[ ,]/, "", value)
	sub(/KiB$/, "*1024", value)
	sub(/MiB$/, "*1048576", value)
	sub(/GiB$/, "*1073741824", value)
	print $3, $2, FNR, value
}
' $table >"$work/rows"
[ -s "$work/rows" ] || {
	echo "$table: no rows were found"
	exit 1
}

# value_of FILE NAME: the number in the code, where one may stand on another of the same file or of a
# public header.
value_of() {
	text=$(awk -v file="$1" -v name="$2" '
		$1 ~ /^include\// && !($2 in value) { value[$2] = $4 }
		$1 == file { value[$2] = $4; own[$2] = 1 }
		END {
			text = name in own ? value[name] : ""
			for (step = 0; step < 8 && match(text, /[A-Z][A-Z0-9_]+/); step++) {
				part = substr(text, RSTART, RLENGTH)
				if (!(part in value))
					break
				text = substr(text, 1, RSTART - 1) "(" value[part] ")" \
				       substr(text, RSTART + RLENGTH)
			}
			print text
		}' "$work/code")
	# shellcheck disable=SC2004 # an expression, not a variable's number
	case $text in
	'' | *[!0-9a-fA-Fx+*/\(\)\<\>-]*) echo "${text:-nothing}" ;;
	*) echo $(($text)) ;;
	esac
}

while read -r file name line value; do
	code=$(value_of "$file" "$name")
	# shellcheck disable=SC2004 # the same
	case $value in
	'' | *[!0-9*]*) value="no number" ;;
	*) value=$(($value)) ;;
	esac
	if [ "$code" = nothing ]; then
		echo "$table:$line: $file has no $name"
		bad=1
	elif [ "$code" != "$value" ]; then
		echo "$table:$line: $name is said to be $value, in $file it is $code"
		bad=1
	fi
done <"$work/rows"

# Named like a cap.
awk '$2 ~ /(^|_)(MAX|MOST|CAP|LIMIT|LIM|BOUND|ROOM|DEPTH|CEILING|BUDGET)$/' "$work/code" >"$work/caps"
sed -n 's/^\([^# ][^ ]*\) *\([A-Z0-9_]*\).*/\1 \2/p' $others >"$work/others"
awk -v others="$work/others" -v table=$table -v list=$others '
FILENAME == ARGV[1] { code[$1 " " $2] = 1; next }
FILENAME == ARGV[2] { known[$1 " " $2] = 1; next }
FILENAME == others {
	if (!(($1 " " $2) in code)) {
		print list ": " $1 " has no " $2
		bad = 1
	}
	if (($1 " " $2) in known) {
		print list ": " $2 " of " $1 " has a row in " table
		bad = 1
	}
	known[$1 " " $2] = 1
	next
}
!(($1 " " $2) in known) {
	print $1 ":" $3 ": " $2 " has no row in " table " and is not in " list
	bad = 1
}
END { exit bad }
' "$work/code" "$work/rows" "$work/others" "$work/caps" || bad=1
exit $bad

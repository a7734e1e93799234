# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=sh
# Read by golden/read.sh and tui/read.sh: a ledger says of each kept text that somebody has read it
# as it is. The program wrote these texts, so that they agree with it proves nothing; one that has
# changed since it was read is one that nobody has read.
#
# judge LEDGER MARK [NAME…]: holds standard input, a line "KEY TEXT SUM SUM" for each text as it is
# now, against LEDGER, whose lines are "TEXT SUM SUM HOW". With a MARK the texts whose KEY is one of
# the NAMEs (a * stands for anything; no NAME: all) are read in that way from now on. False when a
# text stays unread.
judge() {
	ledger=$1
	mark=$2
	shift 2
	judged=$(mktemp) || return 2
	awk -v mark="$mark" -v names="$*" '
		function is_named(key, i) {
			for (i = 1; i <= wanted; i++)
				if (key ~ ("^" want[i] "$"))
					return 1
			return wanted == 0
		}
		BEGIN {
			gsub(/[.]/, "[.]", names)
			gsub(/[*]/, ".*", names)
			wanted = split(names, want, " ")
		}
		FILENAME != "-" && /^#/ { print; next }
		FILENAME != "-" { kept[$1] = $0; next }
		{
			now = $2 " " $3 " " $4
			texts++
			if (mark != "" && is_named($1))
				print now " " mark
			else if (index(kept[$2], now " ") == 1)
				print kept[$2]
			else {
				if ($2 in kept)
					print kept[$2] # what it was
				if (bad++ < 12)
					print $2 ": not read since it or its capture changed" >"/dev/stderr"
			}
		}
		END {
			if (bad == 0)
				print texts " texts, each read as it is" >"/dev/stderr"
			else if (bad > 12)
				print "and " bad - 12 " more" >"/dev/stderr"
			exit bad > 0
		}' "$ledger" - >"$judged"
	unread=$?
	[ -z "$mark" ] || cat "$judged" >"$ledger"
	rm -f "$judged"
	return $unread
}

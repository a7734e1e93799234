#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# usage: banned.sh ROOT
# Functions that have no place in this source. Everywhere: those that write without a bound.
# Outside tui and cli: those that print, read the environment or end the process, because a
# library must do none of it.
cd "$1" || exit 2
bad=0

# shellcheck disable=SC2044 # no name in the source has a space
for file in $(find src include -name '*.[ch]' | sort); do
	awk -f tests/lint/strip.awk "$file" | awk -v file="$file" '
	BEGIN {
		unsafe = "(strcpy|strcat|stpcpy|sprintf|vsprintf|strtok|strtok_r|strncpy|gets|" \
			"scanf|fscanf|alloca|atoi|atol|atoll|tmpnam|tempnam|mktemp)"
		process = "(printf|vprintf|puts|putchar|perror|getenv|secure_getenv|setenv|exit|_exit|abort|" \
			"setlocale|signal|sigaction|isatty)"
		speaks = file ~ /^src\/(tui|cli)\//
	}
	# A call is the name, not part of a longer one and no member, followed by a parenthesis.
	function calls(names) {
		return $0 ~ ("(^|[^A-Za-z0-9_.>])" names "[ \t]*\\(")
	}
	function complain(text) {
		printf "%s:%d: %s: %s\n", file, NR, text, $0
		bad = 1
	}
	calls(unsafe) { complain("banned") }
	!speaks && calls(process) { complain("only tui and cli print, read the environment or exit") }
	!speaks && /(^|[^A-Za-z0-9_])(stdout|stderr)([^A-Za-z0-9_]|$)/ { complain("only tui and cli print") }
	END { exit bad }
	' || bad=1
done
exit $bad

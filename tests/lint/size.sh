#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# usage: size.sh ROOT
# No source file is longer than 500 lines (tests may be: a table of cases is read line by line),
# no function longer than 80, every file names its licence in its first lines. A function runs
# from the "{" to the "}" in the first column.
cd "$1" || exit 2

find src include tests -name '*.[ch]' | sort | xargs awk '
function complain(line, text) {
	printf "%s:%d: %s\n", file, line, text
	bad = 1
}
function finish() {
	if (file == "")
		return
	if (lines > 500 && file !~ /^tests\//)
		complain(501, lines " lines; split it by 500")
	if (!licensed)
		complain(1, "no SPDX-License-Identifier in the first three lines")
}
FNR == 1 {
	finish()
	file = FILENAME
	licensed = start = 0
}
{ lines = FNR }
FNR <= 3 && /SPDX-License-Identifier: BSD-3-Clause/ { licensed = 1 }
/^\{/ { start = FNR }
/^\}/ && start {
	if (FNR - start - 1 > 80)
		complain(start, "a function of " FNR - start - 1 " lines; cut it by 80")
	start = 0
}
END {
	finish()
	exit bad
}
'

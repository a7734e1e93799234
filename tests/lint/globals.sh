#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# usage: globals.sh LIBRARY.a…
# No mutable globals, and no function that keeps something in a static variable: what the
# archives hold in .data or .bss is printed. The one exception is a signal's flag, by the name
# signal_*.
objdump -t "$@" | awk '
$0 ~ / O \.(data|bss)/ && $0 !~ / O \.data\.rel\.ro/ && $NF !~ /^signal_/ {
	print "mutable: " $NF " (" $(NF - 2) ")"
	bad = 1
}
/^In archive/ { archives++ }
END { exit bad || !archives }
'

#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# usage: hardened.sh FILE...    77: can't be told here
# What cmake/hardening.cmake asks for must be in the program and the library that are shipped:
# position independent, relocations resolved and read-only at the start, no executable stack,
# guarded stacks, checked string functions, and on x86 landing pads for indirect jumps.
# (The property note that switches the processor's checks on is the linker's to set, which it
# does only if the start files of the system have it too: Debian's have not.)
command -v readelf >/dev/null && command -v nm >/dev/null && command -v objdump >/dev/null || exit 77
bad=0

lacks() {
	echo "$1: $2"
	bad=1
}

for file in "$@"; do
	headers=$(LC_ALL=C readelf -hldW "$file") || exit 77
	symbols=$(nm -D "$file")
	has() { printf '%s\n' "$headers" | grep -Eq "$1"; }
	has 'Type: *DYN' || lacks "$file" "not position independent"
	has 'GNU_RELRO' || lacks "$file" "no part is read-only after relocation"
	has 'BIND_NOW|FLAGS_1.*NOW' || lacks "$file" "functions are bound late"
	has 'GNU_STACK.* RW ' || lacks "$file" "the stack is executable"
	printf '%s\n' "$symbols" | grep -q '__stack_chk_fail' || lacks "$file" "stacks are not guarded"
	if printf '%s\n' "$symbols" | grep -q 'GLIBC'; then
		printf '%s\n' "$symbols" | grep -q '__memcpy_chk' || lacks "$file" "no string function is checked"
	fi
	if has 'Machine:.*X86-64'; then
		objdump -d "$file" | grep -q 'endbr64' || lacks "$file" "no landing pads (CET)"
	fi
done
[ $bad -eq 0 ]

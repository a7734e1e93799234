#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# usage: pages.sh MANDOC PAGE…
# mandoc finds nothing in the pages, but that a page it refers to isn't installed on this system.
mandoc=$1
shift
found=$("$mandoc" -Tlint "$@" 2>&1 | grep -v -e 'referenced manual not found' -e 'outdated mandoc.db')
[ -z "$found" ] && exit
printf '%s\n' "$found"
exit 1

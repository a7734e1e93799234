#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# usage: install.sh BUILD CC
# Installs the build into an empty folder and builds another project on what lies there then,
# with CMake's find_package and with pkg-config, against the shared and the static library.
# The shared one must show no name that doesn't begin with tcphs_.
build=$1
cc=$2
tests=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

run() {
	"$@" >"$work/log" 2>&1 && return
	cat "$work/log"
	echo "failed: $*"
	exit 1
}

says_rfc() {
	said=$("$@") && [ "$said" = "RFC 9293" ] && return
	echo "failed: $* says: $said"
	exit 1
}

run cmake --install "$build" --prefix "$work/usr"
# As an image that is moved elsewhere after it was installed.
mv "$work/usr" "$work/moved"
prefix=$work/moved
library=$(find "$prefix" -name 'libtcphs.so' -o -name 'libtcphs.dylib')
libdir=$(dirname "$library")
LD_LIBRARY_PATH=$libdir
DYLD_LIBRARY_PATH=$libdir
PKG_CONFIG_PATH=$libdir/pkgconfig:${PKG_CONFIG_PATH:-}
export LD_LIBRARY_PATH DYLD_LIBRARY_PATH PKG_CONFIG_PATH

run cmake -S "$tests/consumer" -B "$work/consumer" -DCMAKE_PREFIX_PATH="$prefix" \
	-DCMAKE_C_COMPILER="$cc"
run cmake --build "$work/consumer"
says_rfc "$work/consumer/with_tcphs"
says_rfc "$work/consumer/with_static"

source=$tests/consumer/main.c
# shellcheck disable=SC2046 # words
run "$cc" -o "$work/shared" "$source" $(pkg-config --cflags --libs libtcphs)
says_rfc "$work/shared"
# Only libtcphs itself statically: what it stands on has no static library everywhere.
# shellcheck disable=SC2046
run "$cc" -o "$work/static" "$source" $(pkg-config --cflags libtcphs) "$libdir/libtcphs.a" \
	$(pkg-config --libs $(pkg-config --print-requires-private libtcphs)) -lm -pthread
says_rfc "$work/static"

foreign=$(nm -D --defined-only "$library" 2>/dev/null | awk '$2 ~ /[A-Z]/ && $2 != "A" { print $3 }' |
	grep -v '^tcphs_')
if [ -n "$foreign" ]; then
	echo "libtcphs shows:" "$foreign"
	exit 1
fi

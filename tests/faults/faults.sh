#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# usage: faults.sh CASE TCPHS SHIM ROOT     77: can't be tried here
# What the system does to a program: each case leaves one clear line, the exit code for it, and
# whatever had been written whole.
set -u
case=$1 tcphs=$2 shim=$3 root=$4
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
LC_ALL=C TZ=UTC TERM=dumb
export LC_ALL TZ TERM
cd "$root" || exit 2
c=captures/three-way.pcap

fail() {
	echo "$case: $*"
	head -n 5 "$work/err"
	exit 1
}

# ends CODE PATTERN: how the last run ended, and what it said in how many lines
ends() {
	[ "$status" -eq "$1" ] || fail "ended with $status, not $1"
	if [ -n "$2" ]; then
		grep -Eq -- "$2" "$work/err" || fail "does not say '$2'"
		[ "$(wc -l <"$work/err")" -eq 1 ] || fail "says more than one line"
	elif [ -s "$work/err" ]; then
		fail "says something"
	fi
}

run() {
	"$tcphs" "$@" >"$work/out" 2>"$work/err" </dev/null
	status=$?
}

# many COUNT: a capture of COUNT packets, all of the same connection
many() {
	python3 - "$c" "$work/many.pcap" "$1" <<-'END'
		import sys
		octets = open(sys.argv[1], "rb").read()
		head, packets = octets[:24], octets[24:]
		length = 16 + int.from_bytes(packets[8:12], "little")
		with open(sys.argv[2], "wb") as out:
		    out.write(head + packets[:length] * int(sys.argv[3]))
	END
}

case $case in
disk-full) # A disk that is full: said at once, for results, packets and pictures.
	[ "$(id -u)" -eq 0 ] && unshare -m true 2>/dev/null || exit 77
	many 3000
	mkdir "$work/small"
	unshare -m sh -c '
		mount -t tmpfs -o size=64k none "$1" || exit 77
		shift
		exec "$@"' sh "$work/small" sh -c '
		"$1" list "$2/many.pcap" -w "$2/small/out.pcapng" >/dev/null 2>"$2/err"
		echo $? >"$2/code"
		"$1" "$2/small/out.pcapng" 2>"$2/again" >"$2/listed"
		rm -f "$2/small/out.pcapng"
		"$1" show --json "$2/many.pcap" -o "$2/small/out.json" 2>"$2/err2" >/dev/null
		echo $? >"$2/code2"' sh "$tcphs" "$work"
	[ $? -ne 77 ] || exit 77
	status=$(cat "$work/code")
	ends 2 "out.pcapng: can't be written: No space left on device; make room"
	grep -q '192.0.2.1' "$work/listed" || fail "what was written before can't be read"
	[ ! -s "$work/again" ] || fail "the copy ends within a packet: $(cat "$work/again")"
	mv "$work/err2" "$work/err"
	status=$(cat "$work/code2")
	ends 2 "out.json can't be written: No space left on device; make room"
	;;
size-limit) # The same by a limit on the size of files, whose signal must not kill.
	many 3000
	(
		ulimit -f 40
		"$tcphs" list "$work/many.pcap" -w "$work/out.pcapng" >"$work/out" 2>"$work/err"
		echo $? >"$work/code"
	)
	status=$(cat "$work/code")
	ends 2 "out.pcapng: can't be written: File too large; raise the limit"
	run list "$work/out.pcapng"
	ends 0 ''
	grep -q '192.0.2.1' "$work/out" || fail "what was written before can't be read"
	;;
short-writes) # One octet at a time, and interrupted: the same result in the end.
	"$tcphs" show --json $c -o "$work/whole.json" && "$tcphs" list $c -w "$work/whole.pcapng" >/dev/null ||
		fail "fails without a fault"
	LD_PRELOAD=$shim FAULT_SHORT=1 "$tcphs" show --json $c -o "$work/short.json" 2>"$work/err"
	status=$?
	ends 0 ''
	LD_PRELOAD=$shim FAULT_SHORT=1 "$tcphs" list $c -w "$work/short.pcapng" >"$work/out" 2>"$work/err"
	status=$?
	ends 0 ''
	cmp "$work/whole.json" "$work/short.json" && cmp "$work/whole.pcapng" "$work/short.pcapng" ||
		fail "the files differ"
	;;
shrinks) # A file that is cut while it is read ends as a damaged one; what came before is shown.
	many 60000
	LD_PRELOAD=$shim FAULT_SHRINK="2:$work/many.pcap" "$tcphs" list --no-sandbox "$work/many.pcap" \
		>"$work/out" 2>"$work/err"
	status=$?
	ends 3 "many.pcap: .*cut|many.pcap: .*short"
	grep -q '192.0.2.1' "$work/out" || fail "shows nothing of what was read"
	# Between the two readings of -w: the copy is short, and that is said.
	many 60000
	LD_PRELOAD=$shim FAULT_SHRINK="22:$work/many.pcap" "$tcphs" list --no-sandbox "$work/many.pcap" \
		-w "$work/copy.pcapng" >"$work/out" 2>"$work/err"
	status=$?
	[ $status -le 3 ] || fail "ended with $status"
	;;
clock) # A clock that goes back: no connection is lost, no time is negative, and it is said.
	python3 - $c "$work/back.pcap" <<-'END'
		import struct, sys
		octets = open(sys.argv[1], "rb").read()
		out, at, number = octets[:24], 24, 0
		while at < len(octets):
		    s, us, cap, length = struct.unpack("<IIII", octets[at:at + 16])
		    out += struct.pack("<IIII", s - (3600 if number >= 4 else 0), us, cap, length)
		    out += octets[at + 16:at + 16 + cap]
		    at, number = at + 16 + cap, number + 1
		open(sys.argv[2], "wb").write(out)
	END
	for command in list show check stats isn; do
		run $command "$work/back.pcap"
		[ $status -le 1 ] || fail "$command: ended with $status"
		grep -q 'clock went back by 1h.* before packet 5' "$work/err" || fail "$command: does not say it"
	done
	run list --json "$work/back.pcap"
	if grep -Eq '"(duration|rtt)[a-z_]*":-' "$work/out"; then fail "a negative time"; fi
	;;
reader-gone) # Nobody reads any more: no message, no signal.
	many 3000
	{
		"$tcphs" show --json --no-fold "$work/many.pcap" 2>"$work/err"
		echo $? >"$work/code"
	} | head -n 1 >"$work/out"
	status=$(cat "$work/code")
	[ "$status" -le 1 ] || fail "ended with $status"
	[ ! -s "$work/err" ] || fail "says something"
	;;
stopped) # Stopped and continued while it reads: nothing is lost.
	many 400000
	"$tcphs" list "$work/many.pcap" >"$work/out" 2>"$work/err" &
	pid=$!
	for again in 1 2 3; do
		sleep 0.02
		kill -s STOP $pid 2>/dev/null
		sleep 0.05
		kill -s CONT $pid 2>/dev/null
	done
	wait $pid
	status=$?
	ends 0 ''
	grep -q ' 400000 ' "$work/out" || fail "not all packets are there"
	;;
paused) # All of a pipeline was stopped for a while: that is nobody's silence, and ends no connection.
	{
		head -c 114 $c # the header of the file, and the SYN
		sleep 1.5
		tail -c +115 $c
	} | LD_PRELOAD=$shim FAULT_PAUSE=8:1000 "$tcphs" list --no-sandbox - >"$work/out" 2>"$work/err"
	status=$?
	ends 0 ''
	grep -q 'three-way  four-way .* 11 ' "$work/out" || fail "$(cat "$work/out")"
	;;
*)
	fail "no such case"
	;;
esac

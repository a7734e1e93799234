#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Sniffing through libtcphs, with the program sniff.c.
# usage: library.sh CASE SNIFF BLAST     77: can't be tried here
set -eu

case=$1 sniff=$2 blast=$3

# shellcheck source=tests/live/lab.sh
. "$(dirname "$0")/lab.sh"

# begin OPTIONS…: sniffs in the background; returns when it is ready.
begin() {
	: >"$work/out"
	"$sniff" "$@" >"$work/out" 2>&1 &
	pid=$!
	until_true grep -q . "$work/out" || fail "the sniffer doesn't start"
}

# until_true COMMAND…: waits until it succeeds, a minute at most.
until_true() {
	patience=$(($(date +%s) + ${TCPHS_TIMEOUT:-60}))
	until "$@"; do
		[ "$(date +%s)" -lt "$patience" ] || return 1
		sleep 0.05
	done
}

# end: waits for the sniffer; $status is how it ended.
end() {
	status=0
	wait "$pid" || status=$?
}

# value WORD: the number behind WORD in what the sniffer said.
value() {
	sed -n "s/^$1 \([0-9]*\).*/\1/p" "$work/out"
}

has_said() {
	grep -q "^said .*$1" "$work/out"
}

case $case in
burst) # Everything arrives, is counted, and is written.
	begin -c 200000 -t 60 -w "$work/written" there
	"$blast" here 200000 60 >"$work/blast"
	end
	[ "$(value packets)" -eq 200000 ] || fail "$(value packets) of 200000 packets"
	[ "$(value dropped)" -eq 0 ] || fail "dropped $(value dropped)"
	if command -v tcpdump >/dev/null; then
		count=$(tcpdump --count -r "$work/written" 2>/dev/null)
		[ "$count" = "200000 packets" ] || fail "$count were written"
	fi
	;;
prompt) # One packet on an idle line is delivered within 100 ms. A busy machine may hold one up, not five.
	for _ in 1 2 3 4 5; do
		begin -c 1 -t 60 there
		sleep 0.5
		"$blast" here 1 60 >"$work/blast"
		end
		[ "$(value packets)" -eq 1 ] || fail "no packet"
		[ "$(value delay)" -ge 100 ] || exit 0
		echo "after $(value delay) ms"
	done
	fail "each time later than 100 ms"
	;;
drops) # A program that doesn't read loses packets, and knows how many.
	begin -B 1 -c 100000 -t 60 there
	kill -s STOP "$pid"
	"$blast" here 100000 1000 >"$work/blast"
	kill -s CONT "$pid"
	end
	[ "$(value dropped)" -gt 0 ] || fail "nothing was dropped from 1 MiB"
	[ $(($(value packets) + $(value dropped))) -eq 100000 ] ||
		fail "$(value packets) + $(value dropped) are not 100000"
	;;
down) # An interface that goes down and comes back doesn't end the run.
	begin -c 20 -t 60 there
	"$blast" here 10 60 >"$work/blast"
	ip link set there down
	until_true has_said "there went down" || fail "does not say that it went down"
	ip link set there up
	until_true has_said "there is up again" || fail "does not say that it is up again"
	"$blast" here 10 60 >"$work/blast"
	end
	[ "$(value packets)" -eq 20 ] || fail "$(value packets) of 20 packets"
	[ $status -eq 0 ] || fail "ended with $status"
	;;
gone) # One that is removed does.
	begin -t 60 there
	ip link del there
	end
	has_said "there is gone" || fail "does not say that it is gone"
	[ $status -eq 1 ] || fail "ended with $status"
	;;
any) # The pseudo-interface of all interfaces.
	begin -c 5 -t 60 any
	"$blast" here 5 60 >"$work/blast"
	end
	[ "$(value packets)" -eq 5 ] || fail "$(value packets) of 5 packets"
	;;
filter) # The kernel filters; a wrong expression is refused.
	begin -c 1 -t 60 -f 'tcp[4:4] = 77' there
	"$blast" here 100 60 >"$work/blast"
	end
	[ "$(value packets)" -eq 1 ] || fail "$(value packets) packets match"
	begin -f 'tcp port' there
	end
	grep -q "^refused capture filter 'tcp port': .*pcap-filter(7)" "$work/out" ||
		fail "the wrong filter isn't refused"
	;;
refused) # No such interface; no rights, with the command that helps.
	begin nowhere
	end
	grep -q '^refused nowhere: there is no such interface' "$work/out" || fail "nowhere"
	command -v setpriv >/dev/null || exit 77
	cp "$sniff" "$work/sniff"
	chmod 755 "$work" "$work/sniff"
	setpriv --reuid=65534 --regid=65534 --clear-groups "$work/sniff" there >"$work/out" || true
	grep -q "setcap cap_net_raw,cap_net_admin=eip $work/sniff" "$work/out" ||
		fail "does not say how to get the right"
	;;
compare) # At full speed no more is lost than tcpdump loses beside it.
	command -v tcpdump >/dev/null || exit 77
	tcpdump -i there -w "$work/written" 2>"$work/tcpdump" &
	other=$!
	until grep -q listening "$work/tcpdump"; do sleep 0.05; done
	begin -t 6 there
	"$blast" here 400000 1000 >"$work/blast"
	end
	kill -INT $other
	wait $other || true
	theirs=$(sed -n 's/^\([0-9]*\) packets dropped by kernel.*/\1/p' "$work/tcpdump")
	echo "$(cat "$work/blast"): tcpdump dropped $theirs, tcphs $(value dropped)"
	[ "$(value dropped)" -le "$theirs" ] || fail "dropped more than tcpdump"
	[ "$(value packets)" -ge $((400000 - theirs)) ] || fail "$(value packets) packets"
	;;
*)
	fail "no such case"
	;;
esac

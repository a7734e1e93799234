#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# The program itself on an interface, as a user runs it.
# usage: program.sh CASE TCPHS BLAST     77: can't be tried here
set -eu

case=$1 tcphs=$2 blast=$3
# shellcheck source=tests/live/lab.sh
. "$(dirname "$0")/lab.sh"

# begin ARGUMENTS…: runs tcphs in the background; returns when it reads the interface.
begin() {
	begin_as "$tcphs" "$@"
}

# begin_as COMMAND…: likewise, by a command that becomes tcphs
begin_as() {
	: >"$work/err"
	"$@" --progress >"$work/out" 2>"$work/err" &
	pid=$!
	has_read 0
}

# until_true COMMAND…: waits until it succeeds, a minute at most.
until_true() {
	patience=$(($(date +%s) + ${TCPHS_TIMEOUT:-60}))
	until "$@"; do
		[ "$(date +%s)" -lt "$patience" ] || return 1
		sleep 0.05
	done
}

said() {
	grep -q -- "$1" "$work/err"
}

# has_read COUNT: waits until it has read so many packets; it says the number twice a second. What the
# kernel still holds when it is told to end is nobody's.
has_read() {
	until_true said "^tcphs: $1 packets, " || fail "has not read $1 packets"
}

# reads: it has read some
reads() {
	said '^tcphs: [1-9][0-9]* packets, '
}

# reads_no_more: it has said the same number twice in a row: nothing is left to read
reads_no_more() {
	reads && [ "$(grep '^tcphs: [0-9]* packets' "$work/err" | tail -n 2 | sort -u | wc -l)" -eq 1 ]
}

# complaints: what else it said
complaints() {
	grep -v '^tcphs: [0-9]* packets, [0-9]* connections$' "$work/err"
}

# end [SIGNAL]: waits for tcphs; $status is how it ended.
end() {
	[ $# -eq 0 ] || kill -s "$1" "$pid"
	status=0
	wait "$pid" || status=$?
}

# end_read PIPE FILE: somebody reads the pipe at last, into FILE, and it ends in order
end_read() {
	exec 8<"$work/$1" 9<&-
	cat <&8 >"$work/$2" &
	reader=$!
	exec 8<&-
	end
	wait $reader
	[ $status -eq 0 ] || fail "ended with $status"
}

# rows: connections listed
rows() {
	grep -c '10\.0\.0\.2:http' "$work/out"
}

# waits_for WHAT COMPLAINT: the program says that it waits for it
waits_for() {
	until_true said "waiting for .*$1" || fail "$2"
}

# copied COUNT: so many connections are in the copy, whose writer may be behind
copied() {
	"$tcphs" stats --json "$work/written.pcapng" >"$work/stats" 2>/dev/null || :
	grep -q "\"connections\":$1[,}]" "$work/stats"
}

# rows_are COUNT: so many connections have been listed
rows_are() {
	[ "$(rows)" -eq "$1" ]
}

case $case in
list) # Every packet of a burst is a row, at the end of the count.
	begin list -i there -c 50000
	"$blast" here 50000 60 >"$work/blast"
	end
	[ $status -eq 0 ] || fail "ended with $status"
	[ "$(rows)" -eq 50000 ] || fail "$(rows) of 50000 connections"
	;;
interrupt) # Ctrl-C ends in order; what was written is a whole capture.
	begin list -i there -w "$work/written.pcapng"
	"$blast" here 1000 60 >"$work/blast"
	has_read 1000
	end INT
	[ $status -eq 0 ] || fail "ended with $status"
	[ "$(rows)" -eq 1000 ] || fail "$(rows) of 1000 connections"
	"$tcphs" list "$work/written.pcapng" >"$work/out" || fail "the copy is damaged"
	[ "$(rows)" -eq 1000 ] || fail "$(rows) of 1000 connections in the copy"
	;;
drops) # What the kernel dropped while nobody read is said.
	begin list -i there -B 1
	kill -s STOP "$pid"
	"$blast" here 100000 1000 >"$work/blast"
	kill -s CONT "$pid"
	until_true reads || fail "reads nothing"
	end INT
	[ $status -eq 0 ] || fail "ended with $status"
	grep -q 'packets were dropped' "$work/err" || fail "says nothing of the dropped packets"
	;;
memory) # A bound on memory is kept, and what was given up for it is said.
	begin list -i there --max-memory 8M -c 300000
	"$blast" here 300000 60 >"$work/blast"
	peak=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\) kB/\1/p' "/proc/$pid/status" 2>/dev/null || :)
	end
	grep -q 'given up to stay within --max-memory' "$work/err" || fail "gave nothing up"
	# 256 MiB of the ring are besides. AddressSanitizer keeps what was freed, up to 256 MiB more.
	most=330000
	! grep -q __asan_init "$tcphs" || most=600000
	[ "${peak:-0}" -lt $most ] || fail "$peak kB"
	;;
disk) # A disk that takes nothing: all is shown, and what the copy hasn't got is counted, in the
	# copy as well; as much of it as may wait is there once it is taken again.
	mkfifo "$work/disk"
	exec 9<>"$work/disk"
	begin list -i there -w "$work/disk" 9<&-
	"$blast" here 100000 1000 40000 >"$work/blast"
	has_read 100000
	kill -s INT "$pid"
	waits_for disk "does not say what it waits for"
	until_true rows_are 100000 || fail "$(rows) of 100000 connections are shown"
	end_read disk written.pcapng
	missing=$(sed -n 's/^tcphs: \([0-9]*\) packets are not in .*/\1/p' "$work/err")
	[ "${missing:-0}" -gt 0 ] || fail "says nothing of the packets that are not written"
	"$tcphs" list "$work/written.pcapng" >"$work/out" 2>"$work/err" || fail "the copy is damaged"
	[ "$(rows)" -eq $((100000 - missing)) ] || fail "$missing missing, but $(rows) in the copy"
	grep -q "^tcphs: $missing packets were dropped" "$work/err" ||
		fail "the copy doesn't say how many it hasn't got"
	;;
full) # A disk that is full ends the run: what was captured is shown, and the copy ends with a packet.
	# All 5000 lines of output would fit, 5000 packets do not.
	begin_as sh -c 'ulimit -f 1400 && exec "$@"' sh "$tcphs" list -i there -w "$work/written.pcapng"
	"$blast" here 5000 500 20000 >"$work/blast"
	end
	[ $status -eq 2 ] || fail "ended with $status"
	grep -q "written.pcapng: can't be written: File too large" "$work/err" || fail "does not say it"
	[ "$(complaints | wc -l)" -eq 1 ] || fail "says more than one line"
	shown=$(rows)
	"$tcphs" list "$work/written.pcapng" >"$work/out" 2>"$work/err" || fail "the copy is damaged"
	[ "$(rows)" -gt 500 ] && [ "$(rows)" -le "$shown" ] || fail "$(rows) in the copy, $shown shown"
	;;
stuck) # A disk that never takes anything again: the second Ctrl-C ends it, or the first where the
	# run had come to its own end.
	mkfifo "$work/disk"
	exec 9<>"$work/disk"
	begin list -i there -w "$work/disk" 9<&-
	"$blast" here 5000 1000 40000 >"$work/blast"
	has_read 5000
	kill -s INT "$pid"
	until_true rows_are 5000 || fail "$(rows) of 5000 connections are shown"
	end INT
	[ $status -eq 130 ] || fail "ended with $status"
	begin list -i there -w "$work/disk" -c 4000 9<&-
	"$blast" here 5000 1000 40000 >"$work/blast"
	waits_for disk "does not say what it waits for at its own end"
	end INT
	[ $status -eq 130 ] || fail "ended with $status by the first Ctrl-C"
	;;
reader) # Nobody reads the list: the capture goes on, whole connections are left out and counted,
	# and the others come when they are read.
	mkfifo "$work/reader"
	exec 9<>"$work/reader"
	: >"$work/err"
	"$tcphs" list -i there --json --max-memory 8M --progress -w "$work/written.pcapng" >"$work/reader" \
		2>"$work/err" 9<&- &
	pid=$!
	has_read 0
	"$blast" here 300000 60 100000 >"$work/blast"
	has_read 300000
	until_true copied 300000 || fail "the copy has not all connections: $(cat "$work/stats")"
	kill -s INT "$pid"
	waits_for 'standard output, which nobody reads' "does not say what it waits for"
	end_read reader out
	missing=$(sed -n 's/^tcphs: \([0-9]*\) connections are not shown.*/\1/p' "$work/err")
	[ "${missing:-0}" -gt 0 ] || fail "says nothing of the connections that are not shown"
	whole=$(grep -c '^{"record":"connection/1".*}$' "$work/out")
	[ "$whole" -eq $((300000 - missing)) ] && [ "$(wc -l <"$work/out")" -eq "$whole" ] ||
		fail "$missing not shown, $whole of $(wc -l <"$work/out") lines are whole"
	;;
down) # An interface that goes down and comes back is said, and the run goes on.
	begin list -i there -c 2
	"$blast" here 1 60 >"$work/blast"
	ip link set there down
	until_true said 'there went down' || fail "does not say that it went down"
	ip link set there up
	until_true said 'there is up again' || fail "does not say that it is up again"
	"$blast" here 2 60 >"$work/blast"
	end
	[ $status -eq 0 ] || fail "ended with $status"
	;;
gone) # An interface that vanishes ends the run; what was captured is shown and written whole.
	begin list -i there -w "$work/written.pcapng"
	"$blast" here 100 60 >"$work/blast"
	has_read 100
	ip link del there
	end
	[ $status -eq 2 ] || fail "ended with $status"
	grep -q 'there is gone: the interface was removed' "$work/err" || fail "does not say it"
	[ "$(rows)" -eq 100 ] || fail "$(rows) of 100 connections"
	"$tcphs" list "$work/written.pcapng" >"$work/out" || fail "the copy is damaged"
	[ "$(rows)" -eq 100 ] || fail "$(rows) of 100 connections in the copy"
	;;
refused) # Without the right: status 2, and the command that gives it, which is right.
	command -v setpriv >/dev/null || exit 77
	cp "$tcphs" "$work/tcphs"
	chmod 755 "$work" "$work/tcphs"
	status=0
	setpriv --reuid=65534 --regid=65534 --clear-groups "$work/tcphs" list -i there \
		>"$work/out" 2>"$work/err" || status=$?
	[ $status -eq 2 ] || fail "ended with $status"
	grep -q "setcap cap_net_raw,cap_net_admin=eip $work/tcphs' *\(as root\)\{0,1\}, or start" "$work/err" ||
		fail "does not say how to get the right"
	setpriv --reuid=65534 --regid=65534 --clear-groups "$work/tcphs" interfaces >"$work/out"
	grep -q '^there .* no ' "$work/out" || fail "interfaces: does not say that there may not be sniffed"
	[ "$(grep -c 'you may not sniff' "$work/out")" -eq 1 ] || fail "interfaces: says it twice"
	status=0
	setpriv --bounding-set=-net_raw --inh-caps=-net_raw "$work/tcphs" list -i there \
		>"$work/out" 2>"$work/err" || status=$?
	[ $status -eq 2 ] && grep -q 'even root may not' "$work/err" ||
		fail "a root without the capability: ended with $status"
	command -v setcap >/dev/null && setcap cap_net_raw,cap_net_admin=eip "$work/tcphs" || exit 0
	begin_as setpriv --reuid=65534 --regid=65534 --clear-groups "$work/tcphs" list -i there -c 5
	"$blast" here 5 60 >"$work/blast"
	end
	[ $status -eq 0 ] && [ "$(rows)" -eq 5 ] || fail "with capabilities: ended with $status"
	;;
any) # All interfaces at once: the loopback, and what comes in at another one.
	begin list -i any
	"$blast" here 20 60 >"$work/blast"
	"$blast" lo 30 60 >"$work/blast"
	has_read 50
	end INT
	[ $status -eq 0 ] || fail "ended with $status"
	[ "$(rows)" -eq 30 ] || fail "$(rows) of 30 connections"
	awk '/10\.0\.0\.2:http/ { n[$6]++ } END { exit n[1] != 10 || n[2] != 20 }' "$work/out" ||
		fail "20 connections have two packets, 10 have one"
	begin check -i any -c 30
	"$blast" lo 30 60 >"$work/blast"
	end
	[ $status -eq 0 ] || fail "check ended with $status"
	grep -q 'in 30 of 30 connections' "$work/out" || fail "check: $(tail -n 1 "$work/out")"
	;;
privileges) # Nothing is left of them once the interface is open; Ctrl-C still ends in order.
	for how in plain sudo kept; do
		unset SUDO_UID SUDO_GID
		[ $how = sudo ] && export SUDO_UID=65534 SUDO_GID=65534
		[ $how = kept ] && set -- --no-sandbox || set --
		begin list -i there "$@"
		held=$(sed -n 's/^CapEff:[^0-9a-f]*//p' "/proc/$pid/status")
		user=$(sed -n 's/^Uid:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$pid/status")
		"$blast" here 10 60 >"$work/blast"
		has_read 10
		end INT
		[ $status -eq 0 ] || fail "$how: ended with $status"
		[ "$(rows)" -eq 10 ] || fail "$how: $(rows) of 10 connections"
		case $how:$user:$held in
		plain:0:0000000000000000 | sudo:65534:0000000000000000) ;;
		kept:0:0000000000000000) fail "--no-sandbox keeps nothing" ;;
		kept:0:*) ;;
		*) fail "$how: user $user holds $held" ;;
		esac
	done
	;;
user) # -Z: only that user's identity and groups, and no capability, in any of its threads; what it
	# wrote is whole, and belongs to who opened it, before.
	name=nobody
	uid=$(id -u $name) gid=$(id -g $name) groups=$(id -G $name | tr ' ' '\n' | sort -n | xargs)
	begin list -i there -Z $name -w "$work/written.pcapng"
	"$blast" here 10 60 >"$work/blast"
	has_read 10
	for thread in "/proc/$pid/task"/*; do
		awk -v uid="$uid" -v gid="$gid" -v groups="$groups" '
			/^Uid:/ { n++; if ($2 != uid || $3 != uid || $4 != uid || $5 != uid) bad = bad $0 "; " }
			/^Gid:/ { n++; if ($2 != gid || $3 != gid || $4 != gid || $5 != gid) bad = bad $0 "; " }
			/^Groups:/ { n++; sub(/^Groups:[ \t]*/, ""); sub(/ *$/, "")
				if ($0 != groups) bad = bad "Groups: " $0 "; " }
			/^Cap(Inh|Prm|Eff|Bnd|Amb):/ { n++; if ($2 !~ /^0+$/) bad = bad $0 "; " }
			/^NoNewPrivs:/ { n++; if ($2 != 1) bad = bad $0 "; " }
			END { printf "%s", bad; exit bad != "" || n != 9 }' "$thread/status" >"$work/kept" ||
			fail "-Z $name keeps $(cat "$work/kept")"
	done
	"$blast" here 20 60 >"$work/blast" # the ten again, and ten more
	has_read 30
	end INT
	[ $status -eq 0 ] || fail "ended with $status"
	[ "$(rows)" -eq 20 ] || fail "$(rows) of 20 connections"
	[ "$(stat -c %u:%g "$work/written.pcapng")" = "$(id -u):$(id -g)" ] || fail "the copy is not root's"
	"$tcphs" list "$work/written.pcapng" >"$work/out" || fail "the copy is damaged"
	[ "$(rows)" -eq 20 ] || fail "$(rows) of 20 connections in the copy"
	for wrong in root:'this is root' nobody-of-that-name:'there is no such user'; do
		status=0
		"$tcphs" list -i there -Z "${wrong%%:*}" >"$work/out" 2>"$work/err" || status=$?
		[ $status -eq 2 ] && grep -q -- "-Z ${wrong%%:*}: ${wrong#*:}" "$work/err" ||
			fail "-Z ${wrong%%:*}: ended with $status"
	done
	;;
compare) # Whatever the rate, it loses no more than tcpdump -w loses beside it: first at full
	# speed, then at half the rate, until tcpdump loses nothing.
	command -v tcpdump >/dev/null || exit 77
	count=200000 rate=0
	while :; do
		begin list -i there -q
		tcpdump -i there -w "$work/written" 2>"$work/tcpdump" &
		other=$!
		until grep -q listening "$work/tcpdump"; do sleep 0.05; done
		"$blast" here $count 1000 $rate >"$work/blast"
		until_true reads_no_more || fail "reads without end"
		kill -s INT $other
		wait $other || :
		end INT
		theirs=$(sed -n 's/^\([0-9]*\) packets dropped by kernel.*/\1/p' "$work/tcpdump")
		lost=$((count - $(rows)))
		echo "$(cat "$work/blast"): tcpdump dropped $theirs, tcphs list $lost"
		[ "$lost" -le "$theirs" ] || fail "lost $lost, tcpdump $theirs"
		[ "$theirs" -gt 0 ] || break
		[ $rate -gt 0 ] || rate=$(sed -n 's/.*, \([0-9]*\) a second/\1/p' "$work/blast")
		rate=$((rate / 2)) count=$((count / 2))
		[ $count -gt 10000 ] || break
	done
	;;
*)
	fail "no such case"
	;;
esac

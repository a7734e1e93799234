#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# The program itself on an interface, as a user runs it.
# usage: program.sh CASE TCPHS BLAST     77: can't be tried here
set -eu

case=$1 tcphs=$2 blast=$3
# shellcheck source=tests/live/lab.sh
. "$(dirname "$0")/lab.sh"

# begin ARGUMENTS…: runs tcphs in the background and gives it the time to open the interface.
begin() {
	begin_as "$tcphs" "$@"
}

# begin_as COMMAND…: likewise, by a command that becomes tcphs
begin_as() {
	"$@" >"$work/out" 2>"$work/err" &
	pid=$!
	tries=0
	until listens; do
		tries=$((tries + 1))
		[ $tries -lt 100 ] || fail "tcphs doesn't open the interface"
		sleep 0.05
	done
	sleep 0.2
}

# listens: is its ring there? What comes between the socket and the ring, whose pages the kernel
# clears first, is lost to every program.
listens() {
	grep -q 'socket:' "/proc/$pid/maps" 2>/dev/null
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

# waits_for WHAT COMPLAINT: the program says that it waits for it, within ten seconds
waits_for() {
	tries=0
	until grep -q "waiting for .*$1" "$work/err"; do
		tries=$((tries + 1))
		[ $tries -lt 100 ] || fail "$2"
		sleep 0.1
	done
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
	sleep 0.5
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
	sleep 1
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
	sleep 0.5
	kill -s INT "$pid"
	waits_for disk "does not say what it waits for"
	[ "$(rows)" -eq 100000 ] || fail "$(rows) of 100000 connections are shown"
	end_read disk written.pcapng
	missing=$(sed -n 's/^tcphs: \([0-9]*\) packets are not in .*/\1/p' "$work/err")
	[ "${missing:-0}" -gt 0 ] || fail "says nothing of the packets that are not written"
	"$tcphs" list "$work/written.pcapng" >"$work/out" 2>"$work/err" || fail "the copy is damaged"
	[ "$(rows)" -eq $((100000 - missing)) ] || fail "$missing missing, but $(rows) in the copy"
	grep -q "^tcphs: $missing packets were dropped" "$work/err" ||
		fail "the copy doesn't say how many it hasn't got"
	;;
full) # A disk that is full ends the run: what was captured is shown, and the copy ends with a packet.
	begin_as sh -c 'ulimit -f 400 && exec "$@"' sh "$tcphs" list -i there -w "$work/written.pcapng"
	"$blast" here 5000 200 20000 >"$work/blast"
	end
	[ $status -eq 2 ] || fail "ended with $status"
	grep -q "written.pcapng: can't be written: File too large" "$work/err" || fail "does not say it"
	[ "$(wc -l <"$work/err")" -eq 1 ] || fail "says more than one line"
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
	sleep 0.5
	kill -s INT "$pid"
	sleep 2
	[ "$(rows)" -eq 5000 ] || fail "$(rows) of 5000 connections are shown"
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
	"$tcphs" list -i there --json --max-memory 8M -w "$work/written.pcapng" >"$work/reader" \
		2>"$work/err" 9<&- &
	pid=$!
	until listens; do sleep 0.05; done
	"$blast" here 300000 60 100000 >"$work/blast"
	for _ in 1 2 3 4 5 6 7 8 9 10; do # until what was sent is read, on a busy machine, too
		sleep 1
		"$tcphs" stats --json "$work/written.pcapng" >"$work/stats" || continue
		grep -q '"connections":300000' "$work/stats" && break
	done
	grep -q '"connections":300000' "$work/stats" || fail "the copy has not all connections"
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
	sleep 0.5
	ip link set there down
	sleep 1
	ip link set there up
	sleep 1
	"$blast" here 2 60 >"$work/blast"
	end
	grep -q 'there went down' "$work/err" || fail "does not say that it went down"
	grep -q 'there is up again' "$work/err" || fail "does not say that it is up again"
	[ $status -eq 0 ] || fail "ended with $status"
	;;
gone) # An interface that vanishes ends the run; what was captured is shown and written whole.
	begin list -i there -w "$work/written.pcapng"
	"$blast" here 100 60 >"$work/blast"
	sleep 0.5
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
	sleep 0.5
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
		sleep 0.5
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
	sleep 0.5
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
	sleep 0.5
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
		sleep 1
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

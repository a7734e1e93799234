#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# usage: calls.sh TCPHS TABLE ROOT     77: can't be tried here
# Every command inside the sandbox, traced: none may be killed, and what is called is counted
# beside what the table lets through. A row that nothing here needs is said, not failed: another
# C library or a later kernel may need it.
set -u
tcphs=$1 table=$2 root=$3
command -v strace >/dev/null && command -v script >/dev/null || exit 77
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
LC_ALL=C.UTF-8 TERM=xterm
export LC_ALL TERM
"$table" | sort -u >"$work/table" || exit 77
[ -s "$work/table" ] || exit 77
strace -o "$work/trace" true 2>/dev/null || exit 77 # not allowed here
cd "$root" || exit 2
bad=0

# inside: the calls of the trace after the filter was loaded, by name
inside() {
	awk '/ seccomp\(SECCOMP_SET_MODE_FILTER, [^,]*, \{len/ { on = 1; next }
		on { sub(/^[0-9]+ +/, ""); if (match($0, /^[a-z0-9_]+\(/)) print substr($0, 1, RLENGTH - 1) }' \
		"$work/trace"
}

# before: what was done too early: an octet of a capture read before the last limit was set. The
# file is open by then; of standard input nothing is read either.
before() {
	awk '{ sub(/^[0-9]+ +/, "") }
		/^capset\(/ && /permitted=0,/ { dropped = 1 }
		/^seccomp\(SECCOMP_SET_MODE_FILTER, [^,]*, \{len/ {
			if (!dropped)
				print "the filter, and capabilities are left"
			exit
		}
		/^openat\(.*= [0-9]+$/ { opened[$NF] = /\.pcap(\.gz|ng)?", O_RDONLY/ }
		/^(read|readv|pread64|recvfrom)\(/ {
			split($0, part, /[(,]/)
			if (opened[part[2]] || (part[2] == 0 && !/= -1/))
				print
		}' "$work/trace"
}

took() {
	inside >"$work/inside"
	before >"$work/before"
	[ ! -s "$work/before" ] || { echo "$*: before it is inside: $(head -n 1 "$work/before")"; bad=1; }
	[ -s "$work/inside" ] || { echo "$*: was never inside"; bad=1; }
	if grep -q 'killed by SIGSYS' "$work/trace"; then
		echo "$*: killed for $(tail -n 1 "$work/inside")"
		bad=1
	fi
	cat "$work/inside" >>"$work/made"
}

run() {
	strace -f -qq -s 0 -o "$work/trace" "$tcphs" "$@" <"$work/input" >/dev/null 2>"$work/err"
	took "$*"
}

# until_true COMMAND…: waits until it succeeds, a minute at most
until_true() {
	patience=$(($(date +%s) + 60))
	until "$@"; do
		[ "$(date +%s)" -lt $patience ] || return 1
		sleep 0.05
	done
}

# keys KEYS ARGUMENT…: the view, on a terminal of its own, with keys a while apart once it has the terminal
keys() {
	typed=$1
	shift
	rm -f "$work/ended"
	: >"$work/screen"
	(
		until_true grep -q "$(printf '\033')\[?1049h" "$work/screen"
		for key in $typed; do
			sleep 0.3
			printf '%b' "$key"
		done
		until_true test -e "$work/ended"
	) | script -qefc "strace -f -qq -s 0 -o $work/trace $tcphs $*; : >$work/ended" "$work/screen" >/dev/null 2>&1
	took "view $*"
}

: >"$work/input"
c=captures/three-way.pcap
gzip -c $c >"$work/packed.pcap.gz"
cp $c "$work/written.pcap"
for command in list show check stats isn worksheet view; do
	run $command $c
	run $command $c captures/half-close.pcap
	run $command "$work/packed.pcap.gz"
done
run list "$work/no-such-file.pcap" $c
run list --json -o "$work/out.json" $c
run list -Y port:80 -w "$work/out.pcapng" $c
run list -f 'tcp port http or host localhost' $c
run list --follow -c 5 "$work/written.pcap"
run list --max-memory 64M -a duration:1 --follow "$work/written.pcap"
for ending in txt svg html png pdf mmd puml csv json; do
	run show $c -o "$work/out.$ending"
done
run check --expect tests/teach/lab.expect $c captures/half-close.pcap
printf 'SYN\nq\n' >"$work/input"
run quiz --seed 1 $c
printf '\n\n?\n?\n\n?\n?\nq\n' >"$work/input"
run learn three-way
cp $c "$work/input"
run list -
keys "\\r j e ? q o \\025 $work/calls.svg \\r q q \\021" view $c
grep -q '</svg>' "$work/calls.svg" || { echo "view: nothing was saved"; bad=1; }
if [ "$(id -u)" -eq 0 ] && unshare -n true 2>/dev/null; then
	strace -f -qq -s 0 -o "$work/trace" unshare -n sh -c \
		"ip link set lo up; exec $tcphs list -i lo -a duration:1" >/dev/null 2>&1
	took "list -i lo"
fi

sort -u "$work/made" >"$work/calls"
echo "$(wc -l <"$work/calls") different system calls were made inside, of $(wc -l <"$work/table") in the table"
told=$("$tcphs" -V | sed -n 's/^sandbox:.* \([0-9]* system calls ([^)]*)\).*/\1/p')
echo "$told"
if [ "$(uname -m)" = x86_64 ] && ! tr -s '\n ' ' ' <SECURITY.md | grep -qF "$told"; then
	echo "SECURITY.md does not say: $told"
	bad=1
fi
echo "never needed here: $(comm -13 "$work/calls" "$work/table" | tr '\n' ' ')"
[ $bad -eq 0 ]

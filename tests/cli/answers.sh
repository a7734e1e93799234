#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# usage: answers.sh TCPHS CAPTURES
# What the command line answers: exit codes, what it says and where, pipes, signals.
tcphs=$1
captures=$2
[ -x "$tcphs" ] && [ -d "$captures" ] || { echo "no $tcphs or no $captures"; exit 2; }
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
LC_ALL=C.UTF-8 TZ=UTC TERM=dumb
export LC_ALL TZ TERM
unset NO_COLOR COLUMNS
bad=0

fail() {
	echo "$*"
	sed 's/^/    out: /' "$work/out" | head -n 5
	sed 's/^/    err: /' "$work/err" | head -n 5
	bad=1
}

# answers CODE OUT ERR ARGUMENT…: the exit code, and an extended regular expression for standard
# output and for standard error; '' means nothing at all is there, '-' that it does not matter.
answers() {
	code=$1
	out=$2
	err=$3
	shift 3
	"$tcphs" "$@" >"$work/out" 2>"$work/err" </dev/null
	got=$?
	[ "$got" -eq "$code" ] || fail "tcphs $*: exit code $got, not $code"
	for stream in out err; do
		eval "pattern=\$$stream"
		case $pattern in
		-) ;;
		'') [ ! -s "$work/$stream" ] || fail "tcphs $*: something on $stream" ;;
		*) grep -Eq -- "$pattern" "$work/$stream" || fail "tcphs $*: no '$pattern' on $stream" ;;
		esac
	done
	# Nothing may tell a terminal what to do, and messages are one line.
	if grep -q "$(printf '\033')" "$work/out" "$work/err"; then
		fail "tcphs $*: an escape sequence"
	fi
}

c=$captures
head -c 400 "$c/three-way.pcap" >"$work/cut.pcap"
: >"$work/empty.pcap"
echo hello >"$work/text.pcap"
mkdir "$work/folder"
evil=$(printf 'evil\033[2J.pcap')
head -c 24 "$c/three-way.pcap" >"$work/nothing.pcap"

# Help is never wrong usage, fits 80 columns and names every command.
answers 0 '^usage: tcphs' '' -h
answers 0 '^usage: tcphs' '' --help
answers 0 '^usage: tcphs list ' '' list -h
answers 0 '^usage: tcphs list ' '' list --nonsense -h
answers 0 '^usage: tcphs check ' '' help check
answers 0 '^tcphs [0-9]' '' -V
answers 0 '^libpcap' '' --version
for command in $("$tcphs" --list-words commands); do
	answers 0 "^usage: tcphs $command" '' "$command" -h
	if [ "$(LC_ALL=C awk 'length > 80' "$work/out" | wc -l)" -ne 0 ]; then
		fail "tcphs $command -h: wider than 80 columns"
	fi
	"$tcphs" -h | grep -q "^  $command " || fail "tcphs -h: no $command"
done
for kind in commands options keys codes formats; do
	answers 0 . '' --list-words "$kind"
done
answers 2 '' 'commands, options' --list-words nonsense

# Wrong usage: 2, one line, and what was meant.
answers 2 '' 'did you mean --columns' list "$c/three-way.pcap" --colums x
answers 2 '' 'no option of tcphs show' show "$c/three-way.pcap" --sort rtt
answers 2 '' 'needs an argument' list -Y
answers 2 '' 'takes no argument' list --json=yes
answers 2 '' "did you mean 'tcphs list'" lst
answers 2 '' "no command 'lst'; did you mean 'tcphs help list'" help lst
answers 2 '' "no command 'frobnicate'; 'tcphs -h'" help frobnicate
answers 2 '' 'choose one' list "$c/three-way.pcap" --json --csv
answers 2 '' 'STOP|duration:' list -a forever x
answers 2 '' 'COUNT' list -c many x
answers 2 '' 'exclude each other' list -i lo "$c/three-way.pcap"
answers 2 '' 'there are text' show "$c/three-way.pcap" --format nonsense
answers 2 '' 'picture\.foo: no format.*there are text.*--format' show "$c/three-way.pcap" -o "$work/picture.foo"
answers 0 '' 'three-way\.pcap: its only connection.*-Y' list "$c/three-way.pcap" -Y port:9
answers 0 '' 'three-way\.pcap and 1 more: none of 2.*-Y' show "$c/three-way.pcap" "$c/half-close.pcap" -Y port:9
answers 2 '' 'no column' list "$c/three-way.pcap" --columns id,nonsense
answers 2 '' 'no column' list "$c/three-way.pcap" --sort nonsense
answers 2 '' 'no code' check "$c/three-way.pcap" --fail-on nonsense
answers 2 '' 'did you mean syn-retx' check "$c/three-way.pcap" --ignore syn-rtex
answers 2 '' 'did you mean open:refused' list "$c/three-way.pcap" -Y 'id:1 open:refusd'
grep -q '^            \^\^\^\^\^\^$' "$work/err" || fail "the line under the query does not point at its word"
answers 0 'syn-rtx' '' list -Y help
answers 0 'client-isn' '' list --columns help

# Inputs that can't be opened: 2, named; the others are shown.
answers 2 '' 'nosuch.pcap' list "$work/nosuch.pcap"
answers 2 '' 'folder' list "$work/folder"
answers 2 '' 'empty' list "$work/empty.pcap"
answers 2 '' 'text.pcap' list "$work/text.pcap"
answers 2 '' 'evil' list "$work/$evil"
answers 2 '' 'nosuch0' list -i nosuch0
answers 2 '3-way|three-way' 'nosuch.pcap' list "$c/three-way.pcap" "$work/nosuch.pcap"
answers 3 'three-way|partial' 'cut.pcap.*packet' list "$work/cut.pcap"
answers 3 '"record":"connection/1"' 'cut.pcap' list --json "$work/cut.pcap"
answers 2 '' "can't be written" list "$c/three-way.pcap" -o "$work/nosuch/out"
answers 0 '' 'no packets|no TCP' list "$work/nothing.pcap"
# … and what else is there is named: ICMP errors about a call that was not captured.
python3 - "$c/icmp-refused.pcap" "$work/errors.pcap" <<-'EOF'
	import struct, sys
	data = open(sys.argv[1], "rb").read()
	first = 24 + 16 + struct.unpack_from("<I", data, 32)[0]
	open(sys.argv[2], "wb").write(data[:24] + data[first:])
EOF
answers 0 '' 'no TCP in .*: 1 packet, 1 ICMP error about connections that are not in it; record' list "$work/errors.pcap"
# A refusal over IPv6: what ip6tables sends is code 4, which over IPv4 is another thing.
python3 - "$work/refused6.pcap" <<-'EOF'
	import struct, sys
	client, server = (bytes.fromhex("20010db8" + "00" * 11 + end) for end in ("01", "02"))
	def datagram(src, dst, protocol, payload):
	    return struct.pack(">IHBB", 6 << 28, len(payload), protocol, 64) + src + dst + payload
	syn = datagram(client, server, 6, struct.pack(">HHIIBBHHH", 40000, 80, 1000, 0, 5 << 4, 2, 64240, 0, 0))
	error = datagram(server, client, 58, bytes([1, 4, 0, 0, 0, 0, 0, 0]) + syn)
	with open(sys.argv[1], "wb") as file:
	    file.write(struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 65535, 1))
	    for i, packet in enumerate((syn, error)):
	        frame = bytes(12) + b"\x86\xdd" + packet
	        file.write(struct.pack("<IIII", 1, i, len(frame), len(frame)) + frame)
EOF
answers 0 'Turned away by 2001:db8::2: .* port unreachable' '' show "$work/refused6.pcap"
answers 0 '' 'does not match' list "$c/three-way.pcap" -Y id:99
answers 0 '' '' list -q "$c/three-way.pcap" -Y id:99

# What the commands print.
answers 0 'three-way +four-way' '' list "$c/three-way.pcap"
answers 0 '^id,client,' '' list --csv "$c/three-way.pcap"
answers 0 '^id,client,' '' list --format csv "$c/three-way.pcap"
answers 0 '' '' list -o "$work/list.json" "$c/three-way.pcap"
grep -q '^{"record":"connection/1"' "$work/list.json" || fail "list -o list.json writes no JSON"
answers 0 'SYN-SENT' '' show "$c/three-way.pcap"
answers 0 '<svg' '' show "$c/three-way.pcap" --format svg
answers 0 '^connection,client,' '' show "$c/three-way.pcap" --format csv
answers 0 'How they opened' '' stats "$c/three-way.pcap"
answers 0 '"p50":' '' stats --json "$c/three-way.pcap"
answers 0 'unanswered SYNs|half-open connections' '' list --group "$c/syn-flood.pcap"
answers 1 'synack-ack-mismatch' '' check "$c/bad-synack.pcap"
answers 0 - '' check --ignore 'synack-ack-mismatch,third-*' "$c/bad-synack.pcap"
answers 1 - '' check --level note "$c/refused.pcap"
answers 1 - '' check --fail-on open-refused "$c/refused.pcap"
answers 0 - '' check --ignore open-refused "$c/refused.pcap"
answers 0 '^interface' - interfaces
answers 0 'three-way' '' "$c/three-way.pcap"

# isn draws, too; what it has no picture for it says.
answers 0 '<svg.*' '' isn "$c/isn-linux.pcap" --format svg
answers 0 '"record":"isn/1"' '' isn "$c/isn-linux.pcap" --format json
answers 1 'Phase space' '' isn "$c/isn-repeat.pcap" --format svg
answers 0 'it holds no SYN' '' isn "$c/midstream.pcap" --format svg
answers 2 '' 'there are text, ascii, json, svg, png, pdf' isn "$c/isn-linux.pcap" --format html
answers 2 '' 'there are text, ascii, json, svg, png, pdf' isn "$c/isn-linux.pcap" -o "$work/isn.mmd"
[ ! -e "$work/isn.mmd" ] || fail "isn -o isn.mmd left a file"

# --sort really sorts, --limit limits, -Y selects, several captures are one stream in any order.
"$tcphs" list -q --sort packets --columns packets "$c"/*.pcap >"$work/out" 2>"$work/err"
sort -rn -c "$work/out" || fail "--sort packets: not sorted"
"$tcphs" list -q --sort -packets --columns packets "$c"/*.pcap | sort -n -c || fail "--sort -packets: not sorted"
[ "$("$tcphs" list -q --limit 3 "$c"/*.pcap | wc -l)" -eq 3 ] || fail "--limit 3: not 3 lines"
"$tcphs" list --json "$c/three-way.pcap" "$c/refused.pcap" | sed 's/\[[0-9],/[/g' >"$work/out"
"$tcphs" list --json "$c/refused.pcap" "$c/three-way.pcap" | sed 's/\[[0-9],/[/g' >"$work/err"
cmp -s "$work/out" "$work/err" || fail "the order of the captures changes the result"

# Standard input, -r and -o are other ways to say the same.
"$tcphs" show "$c/three-way.pcap" >"$work/plain"
"$tcphs" show - <"$c/three-way.pcap" | cmp -s - "$work/plain" || fail "show -: differs"
"$tcphs" show -r "$c/three-way.pcap" | cmp -s - "$work/plain" || fail "show -r: differs"
"$tcphs" show "$c/three-way.pcap" -o "$work/file.txt" && cmp -s "$work/file.txt" "$work/plain" || fail "show -o: differs"

# -w writes the selected connections and nothing else.
"$tcphs" list "$c/port-reuse.pcap" -Y id:2 -w "$work/two.pcapng" >"$work/out" 2>"$work/err" || fail "list -w"
"$tcphs" show --json "$work/two.pcapng" | grep -c '"record":"segment/1"' >"$work/out"
"$tcphs" show --json "$c/port-reuse.pcap" -Y id:2 | grep -c '"record":"segment/1"' | cmp -s - "$work/out" || fail "list -Y id:2 -w: other packets"

# … every fragment included.
"$tcphs" list -q "$c/fragments.pcap" -Y id:1 -w "$work/fragments.pcapng" >"$work/out" 2>"$work/err" || fail "list -w of fragments"
"$tcphs" show --json "$c/fragments.pcap" >"$work/plain"
"$tcphs" show --json "$work/fragments.pcapng" | cmp -s - "$work/plain" || fail "list -w: fragments are missing"

# What a capture says of itself: its comment, its interfaces, the comments on packets; and -w keeps them.
python3 - "$c/three-way.pcap" "$work/said.pcapng" <<-'EOF'
	import struct, sys
	def option(kind, text):
	    text = text.encode()
	    return struct.pack("<HH", kind, len(text)) + text + bytes(-len(text) % 4)
	def block(kind, body):
	    return struct.pack("<II", kind, len(body) + 12) + body + struct.pack("<I", len(body) + 12)
	data, end = open(sys.argv[1], "rb").read(), bytes(4)
	out = block(0x0A0D0D0A, struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1) + option(1, "lab three\x1b[2J") + end)
	out += block(1, struct.pack("<HHI", 1, 0, 0) + option(2, "eth7") + option(3, "the uplink") + option(1, "a tap") + end)
	at, number = 24, 0
	while at < len(data):
	    sec, usec, caplen, length = struct.unpack_from("<IIII", data, at)
	    time, number = sec * 10**6 + usec, number + 1
	    body = struct.pack("<IIIII", 0, time >> 32, time & 0xFFFFFFFF, caplen, length) + data[at + 16:at + 16 + caplen] + bytes(-caplen % 4)
	    out += block(6, body + (option(1, "here it begins") + end if number == 3 else b""))
	    at += 16 + caplen
	open(sys.argv[2], "wb").write(out)
EOF
for of in said copied; do
	"$tcphs" stats "$work/$of.pcapng" >"$work/out" 2>"$work/err" || fail "stats of a capture with comments"
	grep -q '^  eth7 (the uplink): a tap$' "$work/out" || fail "$of: stats does not name the interface"
	grep -q '^  packet 3: here it begins$' "$work/out" || fail "$of: stats does not show the comment on packet 3"
	[ $of = copied ] || grep -qF 'capture: lab three' "$work/out" || fail "stats does not show the comment of the capture"
	! grep -q "$(printf '\033')" "$work/out" || fail "a comment reaches the terminal as it is"
	"$tcphs" show "$work/$of.pcapng" | grep -q '^.            comment on #3: here it begins$' ||
		fail "$of: show does not tell the comment on packet 3"
	"$tcphs" list "$work/said.pcapng" -w "$work/copied.pcapng" >"$work/out" 2>"$work/err" || fail "list -w of a capture with comments"
done
"$tcphs" stats --json "$work/said.pcapng" | grep -qF '"packet_comments":{"all":1,"first":[{"packet":3,"text":"here it begins"}]}' ||
	fail "stats --json has no comments"

# With several interfaces each segment tells its own, and its comment; redacted neither is told. The
# sections' byte orders differ, a comment is long and one within a folded run, both are escaped.
python3 - "$c/three-way.pcap" "$work/told.pcapng" <<-'EOF'
	import struct, sys
	data, out, at, number = open(sys.argv[1], "rb").read(), b"", 24, 0
	def option(e, kind, text):
	    return struct.pack(e + "HH", kind, len(text)) + text + bytes(-len(text) % 4)
	def block(e, kind, body):
	    return struct.pack(e + "II", kind, len(body) + 12) + body + struct.pack(e + "I", len(body) + 12)
	def section(e, names):
	    head = block(e, 0x0A0D0D0A, struct.pack(e + "IHHq", 0x1A2B3C4D, 1, 0, -1))
	    return head + b"".join(block(e, 1, struct.pack(e + "HHI", 1, 0, 0) + option(e, 2, n)) for n in names)
	says = {2: "Grüße von 10.1.2.3 ".encode() * 20, 5: b"in a run\x1b[2J", 8: b"the end\nbegins"}
	for e, names, last in ("<", [b"eth0", b"\\Device\\NPF"], 4), (">", [b"wlan0"], 99):
	    out += section(e, names)
	    while at < len(data) and number < last:
	        sec, usec, caplen, length = struct.unpack_from("<IIII", data, at)
	        time, number = sec * 10**6 + usec, number + 1
	        body = struct.pack(e + "IIIII", number % len(names), time >> 32, time & 0xFFFFFFFF, caplen, length)
	        body += data[at + 16:at + 16 + caplen] + bytes(-caplen % 4)
	        out += block(e, 6, body + (option(e, 1, says[number]) if number in says else b""))
	        at += 16 + caplen
	open(sys.argv[2], "wb").write(out)
EOF
for of in told again; do
	"$tcphs" show "$work/$of.pcapng" >"$work/out" 2>"$work/err" || fail "show of several interfaces"
	grep -qxF '    captured on \\Device\\NPF, eth0, wlan0' "$work/out" || fail "$of: show does not name the interfaces"
	grep -qxF '             comment on #5: in a run\x1b[2J' "$work/out" || fail "$of: the comment in a run is missing"
	grep -qxF '│            comment on #8: the end\x0abegins' "$work/out" || fail "$of: the comment on packet 8 is missing"
	[ "$(grep -o 'Grüße' "$work/out" | wc -l)" -eq 20 ] || fail "$of: the long comment is not whole"
	awk '/10.1.2.3/ && length($0) > 95 { exit 1 }' "$work/out" || fail "$of: a comment is not broken into lines"
	"$tcphs" show --json "$work/$of.pcapng" >"$work/out"
	grep -q '"packet":1,.*,"interface":"\\\\\\\\Device\\\\\\\\NPF"}$' "$work/out" || fail "$of: --json: the interface of packet 1"
	grep -q '"packet":8,.*,"interface":"wlan0","comment":"the end\\\\x0abegins"}$' "$work/out" ||
		fail "$of: --json: the comment on packet 8"
	"$tcphs" show --redact "$work/$of.pcapng" | grep -q 'comment\|wlan0\|10\.1\.2\.3' && fail "$of: --redact tells a comment"
	"$tcphs" show --redact --json "$work/$of.pcapng" | grep -q '"comment"\|wlan0' && fail "$of: --redact --json tells a comment"
	"$tcphs" list "$work/told.pcapng" -w "$work/again.pcapng" >"$work/out" 2>"$work/err" || fail "list -w of several interfaces"
done

# One reason is enough; and a pipe without TCP says so, too.
"$tcphs" show "$c/three-way.pcap" --format gif >"$work/out" 2>"$work/err" && fail "a format that isn't there: exit code 0"
"$tcphs" show "$work/cut.pcap" -o "$work/x.nonsense" >"$work/out" 2>"$work/err" && fail "an ending that isn't there: exit code 0"
! grep -q 'holds no packets' "$work/err" || fail "an ending that isn't there: and it says that there are no packets"
cat "$work/nothing.pcap" | "$tcphs" list - >"$work/out" 2>"$work/err"
grep -q 'holds no packets' "$work/err" || fail "an empty pipe: is not said"

# Connections that were given up are counted once, not listed one by one; JSON says each.
python3 - "$work/many.pcap" <<-'EOF'
	import struct, sys
	with open(sys.argv[1], "wb") as f:
	    f.write(struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 65535, 101))
	    for i in range(150000):
	        f.write(struct.pack("<IIII", 1 + i // 1000, i % 1000 * 1000, 40, 40))
	        f.write(struct.pack(">BBHHHBBHII", 69, 0, 40, 0, 0, 64, 6, 0, 0x0a000000 + i, 0x0b000001))
	        f.write(struct.pack(">HHIIBBHHH", 1000 + i % 60000, 80, 77777 + i, 0, 0x50, 2, 1000, 0, 0))
EOF
ignored=open-no-answer,mss-absent,csum-bad,csum-offload,isn-step-small,isn-repeat,isn-low-entropy
"$tcphs" check --max-memory 8M --ignore $ignored "$work/many.pcap" >"$work/out" 2>"$work/err"
[ "$(grep -c evicted "$work/out")" -eq 1 ] && [ "$(grep -c '^#' "$work/out")" -eq 0 ] || fail "check: evicted is not one line"
evicted=$("$tcphs" check --json --max-memory 8M --ignore $ignored "$work/many.pcap" 2>"$work/err" | grep -c '"code":"evicted"')
grep -q "^    $evicted connections given up" "$work/out" || fail "check: what was given up is not counted as JSON does"

# A reader that goes away is no failure and no message; a full disk is both.
"$tcphs" show --json "$c"/*.pcap 2>"$work/err" | head -n 1 >"$work/out"
[ ! -s "$work/err" ] || fail "a closed pipe is complained of"
if [ -w /dev/full ]; then
	"$tcphs" list "$c/three-way.pcap" >/dev/full 2>"$work/err"
	[ $? -eq 2 ] && grep -q "can't be written" "$work/err" || fail "a full disk is not said"
fi

# Ctrl-C on a growing file ends in order: what was read is shown, exit code 0.
"$tcphs" list --follow --progress "$c/three-way.pcap" >"$work/out" 2>"$work/err" &
pid=$!
for _ in $(seq 600); do # until it has read what is there
	[ -s "$work/err" ] && break
	sleep 0.1
done
kill -TERM $pid
wait $pid
[ $? -eq 0 ] && grep -q three-way "$work/out" || fail "--follow, then a signal: not shown, or not 0"

exit $bad

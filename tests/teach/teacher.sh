#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# usage: teacher.sh PROGRAM ROOT
# A teacher's way, from the README alone: its commands are run as they stand there, in a network
# of their own. Left out (77) where that can't be made or a tool is missing.
program=$1
root=$2
case $0 in /*) self=$0 ;; *) self=$PWD/$0 ;; esac
case $program in /*) ;; *) program=$PWD/$program ;; esac
case $root in /*) ;; *) root=$PWD/$root ;; esac
if [ "${TCPHS_TEACHER:-}" != inside ]; then
	for tool in tcpdump curl python3 ip; do
		command -v $tool >/dev/null || { echo "needs $tool"; exit 77; }
	done
	unshare --net --mount sh -c 'mount -t tmpfs none /run && ip netns add x' 2>/dev/null || {
		echo "needs the right to make network namespaces"
		exit 77
	}
	TCPHS_TEACHER=inside exec unshare --net --mount sh "$self" "$program" "$root"
fi
mount -t tmpfs none /run
work=$(mktemp -d) || exit 2

trap 'rm -rf "$work"' EXIT
bad=0

fail() {
	echo "$*"
	tail -n 20 "$work"/*.said 2>/dev/null
	bad=1
}

mkdir "$work/bin"
ln -s "$program" "$work/bin/tcphs"
ln -s "$root/captures" "$work/captures"
PATH=$work/bin:$PATH LC_ALL=C.UTF-8 PYTHONUNBUFFERED=1
export PATH LC_ALL PYTHONUNBUFFERED
awk '/^## / { on = /^## Teaching/ } on && /^```/ { block = !block; next } on && block' \
	"$root/README.md" >"$work/commands"
[ "$(grep -c '^tcphs' "$work/commands")" -ge 6 ] || fail "the README has lost its commands"
cd "$work" || exit 2
printf 'SYN-ACK\n' >answers
# Where a person waits a second or two: until both listen, and until all that was said is in the file.
cat >waiting <<'END'
until_true() {
	patience=$(($(date +%s) + 60))
	until "$@" || [ "$(date +%s)" -ge $patience ]; do command sleep 0.1; done
}
both_listen() {
	grep -q 'listening on va' err.said && ip netns exec b grep -q ':0050 0*:0000 0A' /proc/net/tcp /proc/net/tcp6
}
all_is_written() {
	tcphs list lab.pcap 2>/dev/null | grep -q 'three-way *\(four\|three\)-way'
}
sleep() {
	case $1 in
	2) until_true both_listen ;;
	*) until_true all_is_written ;;
	esac
}
END
cat waiting commands >typed
sh -x typed <answers >out.said 2>err.said
[ $? = 1 ] || fail "bob and carol did not do what was asked, and the exit code is not 1"

grep -q 'three-way open' out.said || fail "show shows no open"
grep -q '^1 of 1 right' out.said || fail "the lesson does not end well"
grep -q '^ok 4' out.said || fail "the good capture is not graded as good"
[ "$(head -c 5 sheet.pdf)" = %PDF- ] || grep -q librsvg err.said || fail "no worksheet"
[ "$(wc -l <grades.csv)" = 4 ] || fail "three captures are not three lines and a head"
grep -q '^"students/alice.pcap",4,4,' grades.csv || fail "alice did everything right"
[ "$(grep -c ',4,4,' grades.csv)" = 1 ] || fail "only alice did"
exit $bad

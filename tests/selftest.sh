#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# usage: selftest.sh
# The golden runner and the screen runner must be able to fail: both are run with a program
# that does what is expected and with one that does not.
tests=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
bad=0

complain() {
	echo "$*"
	cat "$work/out"
	bad=1
}

# program TEXT CODE: a stand-in for tcphs that says TEXT, waits for a line where it has a
# terminal, and ends with CODE.
program() {
	cat >"$work/program" <<END
#!/bin/sh
echo "$1 \$*"
if [ -t 0 ]; then read -r line; else echo "no terminal" >&2; fi
exit $2
END
	chmod +x "$work/program"
}

mkdir -p "$work/tests/golden/expected" "$work/tests/tui/expected"
cp "$tests/tui/screen.sh" "$work/tests/tui/"
cat >"$work/tests/golden/TESTLIST" <<'END'
# NAME CAPTURE COMMAND EXPECTED
quoted one.pcap,two.pcap show -Y 'open:refused  port:80' quoted.txt
bare - explain bare.txt
END
cat >"$work/tests/golden/expected/quoted.txt" <<'END'
ladder show one.pcap two.pcap -Y open:refused  port:80
stderr| no terminal
exit| 3
END
cat >"$work/tests/golden/expected/bare.txt" <<'END'
ladder explain
stderr| no terminal
exit| 3
END

golden() {
	sh "$tests/golden/golden.sh" "$work/program" "$work" "$@" >"$work/out" 2>&1
}
program ladder 3
golden || complain "golden.sh fails though all is as expected"
golden bare || complain "golden.sh doesn't run one by name"
golden missing && complain "golden.sh is content with a name that isn't there"
program ladder 0
golden && complain "golden.sh doesn't see another exit code"
program laddr 3
golden quoted && complain "golden.sh doesn't see another text"

screen() {
	TCPHS_TIMEOUT=$1 sh "$work/tests/tui/screen.sh" "$work/program" "$work" "$work/script" 40x5 \
		"$2" >"$work/out" 2>&1
}
if command -v tmux >/dev/null; then
	printf '%s\n' 'run view' 'wait ladder' 'screen hello' 'type x' 'key Enter' 'exit 3' >"$work/script"
	printf 'ladder view\n\n\n\n\n' >"$work/tests/tui/expected/hello.40x5.utf8"
	program ladder 3
	screen 60 utf8 || complain "screen.sh fails though all is as expected"
	screen 1 c && complain "screen.sh is content without an expected screen"
	program ladders 3
	screen 1 utf8 && complain "screen.sh doesn't see another screen"
	program ladder 4
	screen 60 utf8 && complain "screen.sh doesn't see another exit code"
	printf '%s\n' 'run view' 'wait never' >"$work/script"
	screen 1 utf8 && complain "screen.sh doesn't end its waiting"
	printf '%s\n' 'run view' 'wait ladder' 'hangup' >"$work/script"
	screen 60 utf8 || complain "screen.sh finds a process after the terminal was closed"
fi
exit $bad

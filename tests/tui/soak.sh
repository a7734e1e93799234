#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# usage: soak.sh PROGRAM ROOT SECONDS [SEED]
# Types random keys at the view, resizes it, and clicks. It must live, leave when it is told to,
# and say nothing (a sanitizer would). Run it for minutes on a build with sanitizers:
#	sh tests/tui/soak.sh build-asan/tcphs . 300
set -f
program=$1
root=$2
seconds=$3
seed=${4:-$(date +%s)}
case $program in /*) ;; *) program=$PWD/$program ;; esac
cd "$root" || exit 2
captures=$(find captures -name '*.pcap*' | sort)
work=$(mktemp -d) || exit 2
terminal() {
	LC_ALL=${TCPHS_UTF8_LOCALE:-C.UTF-8} tmux -u -S "$work/socket" "$@"
}
trap 'terminal kill-server 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# Files that are saved land in the test's own folder. Some keys leave: then it starts again.
cat >"$work/start" <<END
cd "$work" || exit
code=0
while [ \$code = 0 ] && [ ! -e "$work/stop" ] && [ ! -s "$work/errors" ]; do
	sh -c 'echo \$\$ >"$work/pid"; exec "\$@"' sh "$program" view $(echo "$captures" |
		sed "s|^|$PWD/|" | tr '\n' ' ') 2>>"$work/errors"
	code=\$?
done
echo \$code >"$work/status"
END
terminal -f /dev/null new-session -d -s test -x 80 -y 24 "HOME=$work sh $work/start" \; \
	set -g status off \; set -g escape-time 0 \; set -g window-size manual || exit 2
echo "seed $seed"
end=$(($(date +%s) + seconds))
round=0
while [ "$(date +%s)" -lt "$end" ] && [ ! -s "$work/status" ]; do
	round=$((round + 1))
	# The keys that leave (q, Escape in the list, C-c, C-q) come only behind one that goes deeper.
	keys=$(awk -v seed="$seed$round" 'BEGIN {
		srand(seed)
		n = split("j j j j k k g G PgDn PgUp Enter Enter Space Space p BSpace e e r t w d D v i " \
			"n N l h Tab + - < > c c s s z u u y P F C x L w Q I ? : 3 1 / o s y n f i n C-l Up Down Home End " \
			"Left Right C-u C-w x M-x F1 ü . - = o p e n : r e f u s e d Tab Enter", key, " ")
		for (i = 0; i < 40; i++)
			printf "%s ", key[1 + int(rand() * n)]
		printf "Enter Escape"
	}')
	# shellcheck disable=SC2086 # many keys
	terminal send-keys -t test $keys
	# A press of the first button, or the wheel, anywhere on a screen of 80x24.
	# shellcheck disable=SC2046 # the octets of it
	terminal send-keys -t test -H 1b 5b 4d $(printf '%x %x %x' $((32 + round % 3 % 2 * 64)) \
		$((33 + round * 29 % 80)) $((33 + round * 7 % 24)))
	case $((round % 10)) in
	3) terminal resize-window -t test -x $((10 + round * 7 % 200)) -y $((2 + round * 3 % 70)) ;;
	6) terminal resize-window -t test -x 80 -y 24 ;;
	esac
	sleep 0.1
done
if [ -s "$work/status" ] && [ "$(cat "$work/status")" != 0 ] || [ -s "$work/errors" ]; then
	echo "it ended by itself with $(cat "$work/status" 2>/dev/null), seed $seed, round $round"
	cat "$work/errors"
	exit 1
fi
# It is told to end once it has the terminal; one that keys have just ended may have been begun anew.
touch "$work/stop"
patience=$(($(date +%s) + ${TCPHS_TIMEOUT:-60}))
told=
while [ ! -s "$work/status" ] && [ "$(date +%s)" -lt "$patience" ]; do
	pid=$(cat "$work/pid")
	if [ "$pid" != "$told" ] && [ "$(terminal display -p -t test '#{alternate_on}')" = 1 ]; then
		kill -TERM "$pid" && told=$pid
	fi
	sleep 0.1
done
[ "$(cat "$work/status" 2>/dev/null)" = 0 ] || {
	echo "it doesn't leave in order: $(cat "$work/status" "$work/errors" 2>&1), seed $seed"
	exit 1
}
echo "$round rounds"

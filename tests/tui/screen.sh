#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# usage: screen.sh [--update] PROGRAM ROOT SCRIPT SIZE LOCALE
# Drives tcphs in a terminal (tmux) with scripted keys and compares the screens with those that
# are kept in expected/. SIZE is 80x24 and the like, LOCALE utf8 or c. --update keeps the
# screens as they are now: look at them first.
#
# It never sleeps for a guess: it looks again until the screen is what it must be, and gives up
# after TCPHS_TIMEOUT seconds (default 60). The lines of a script:
#
#   run ARGUMENT…      start tcphs with these arguments in ROOT, first
#   env NAME=VALUE     before run: a variable for the program
#   wait TEXT          until TEXT is somewhere on the screen
#   gone TEXT          until TEXT is nowhere on the screen
#   key KEY…           press keys, by tmux's names (Enter, Up, C-c, ?)
#   type TEXT          type TEXT as it stands
#   answers FILE       go through a lesson to its end: Space, or the next line of FILE (in the
#                      script's folder or by its whole path) where it asks
#   resize SIZE        give the terminal another size
#   screen NAME        the screen is expected/NAME.SIZE.utf8, or .ascii in the C locale
#   plain              no colour is on the screen
#   style STYLES TEXT  TEXT is drawn so; see styles.py. TEXT may hold blanks
#   config LINE        before run: a line of the configuration file
#   exit CODE          tcphs has ended with CODE, and the terminal is as it was before
#   hangup             close the terminal; no process is left
set -f
update=
if [ "$1" = --update ]; then
	update=yes
	shift
fi
program=$1
root=$2
script=$3
size=$4
locale=$5
tests=$(dirname "$0")
case $program in /*) ;; *) program=$PWD/$program ;; esac
case $tests in /*) ;; *) tests=$PWD/$tests ;; esac
case $script in /*) ;; *) script=$PWD/$script ;; esac
deadline=${TCPHS_TIMEOUT:-60}
utf8=${TCPHS_UTF8_LOCALE:-C.UTF-8}
case $locale in
utf8) program_locale=$utf8 ending=utf8 ;;
c) program_locale=C ending=ascii ;;
*) exit 2 ;;
esac
cd "$root" || exit 2
work=$(mktemp -d) || exit 2
environment=

# A server of its own for each test: its socket stands in the test's own directory.
terminal() {
	LC_ALL=$utf8 tmux -u -S "$work/socket" "$@"
}
trap 'terminal kill-server 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

fail() {
	echo "$script, line $number: $*"
	echo "--- the screen ($size $locale):"
	look
	cat "$work/screen"
	exit 1
}

look() {
	# What holds tcphs back differs from system to system.
	terminal capture-pane -p -t test 2>/dev/null | sed 's/^\( *Sandbox: \).*/\1…/' >"$work/screen"
}

# until COMMAND…: look at the screen until COMMAND holds; false when time is up.
until_true() {
	end=$(($(date +%s) + deadline))
	while :; do
		look
		"$@" && return 0
		[ "$(date +%s)" -lt $end ] || return 1
		sleep 0.05
	done
}

shows() {
	grep -qF -- "$1" "$work/screen"
}

lacks() {
	! shows "$1"
}

same() {
	cmp -s "$1" "$work/screen"
}

# The screen has come to rest: twice the same.
rests() {
	cp "$work/screen" "$work/before" && sleep 0.2 && look && cmp -s "$work/before" "$work/screen"
}

# drawn STYLES TEXT
drawn() {
	terminal capture-pane -p -e -t test >"$work/coloured"
	python3 "$tests/styles.py" "$work/coloured" "$1" "$2" 2>"$work/drawn"
}

ended() {
	[ -s "$work/status" ]
}

process_gone() {
	! kill -0 "$pid" 2>/dev/null
}

# The program runs in a shell that notes its number, its exit code and the terminal's settings
# before and after, and then waits so that the screen can be looked at.
start() {
	cat >"$work/start" <<END
cd "$root"
trap : INT
stty -g >"$work/stty.before"
sh -c 'echo \$\$ >"$work/pid"; exec "\$@"' sh env $environment "$program" $1
status=\$?
stty -g >"$work/stty.after"
echo \$status >"$work/status"
read -r wait
END
	terminal -f /dev/null new-session -d -s test -x "${size%x*}" -y "${size#*x}" \
		"env LC_ALL=$program_locale TZ=UTC TERM=${TCPHS_TERM:-screen-256color} HOME=$work \
		XDG_CONFIG_HOME=$work ESCDELAY=25 sh $work/start" \; set -g status off \; \
		set -g escape-time 0 \; set -g window-size manual >"$work/tmux.log" 2>&1 ||
		fail "tmux doesn't start: $(cat "$work/tmux.log")"
	terminal resize-window -t test -x "${size%x*}" -y "${size#*x}"
	until_true test -s "$work/pid" || fail "the program doesn't start"
	pid=$(cat "$work/pid")
}

compare() {
	kept=$tests/expected/$1.$size.$ending
	if [ -n "$update" ]; then
		until_true rests || fail "the screen never rests"
		cmp -s "$work/screen" "$kept" || echo "kept: ${kept##*/}"
		mkdir -p "$tests/expected" && cp "$work/screen" "$kept"
	elif ! until_true same "$kept"; then
		diff -u "$kept" "$work/screen"
		fail "the screen is not $1"
	fi
}

# At the bottom stands no half-typed answer, and the screen is another one than before.
answer_taken() {
	! grep -q '^ answer (? tells it): ..*' "$work/screen" && ! cmp -s "$work/before" "$work/screen"
}

answer_all() {
	while look && lacks "at the first try."; do
		cp "$work/screen" "$work/before"
		if shows "answer (? tells it):"; then
			read -r answer <&4 || fail "it asks more than the answers' file has"
			terminal send-keys -t test -l -- "$answer"
			terminal send-keys -t test Enter
		else
			terminal send-keys -t test Space
		fi
		until_true answer_taken || fail "no key goes on"
	done
}

step() {
	verb=${1%% *}
	rest=${1#"$verb"}
	rest=${rest# }
	case $verb in
	env) environment="$environment $rest" ;;
	config)
		mkdir -p "$work/tcphs"
		echo "$rest" >>"$work/tcphs/config"
		;;
	run) start "$rest" ;;
	wait) until_true shows "$rest" || fail "waits for: $rest" ;;
	gone) until_true lacks "$rest" || fail "still there: $rest" ;;
	key)
		# shellcheck disable=SC2086 # several keys
		terminal send-keys -t test $rest || fail "tmux takes no keys"
		;;
	type) terminal send-keys -t test -l -- "$rest" || fail "tmux takes no keys" ;;
	answers)
		case $rest in /*) ;; *) rest=${script%/*}/$rest ;; esac
		answer_all 4<"$rest"
		;;
	resize)
		size=$rest
		terminal resize-window -t test -x "${size%x*}" -y "${size#*x}"
		;;
	screen) compare "$rest" ;;
	plain)
		terminal capture-pane -p -e -t test >"$work/coloured"
		if grep -q "$(printf '\033')\[[0-9;]*[34][0-8]" "$work/coloured"; then fail "there are colours"; fi
		;;
	style) until_true drawn "${rest%% *}" "${rest#* }" || fail "$(cat "$work/drawn")" ;;
	exit)
		until_true ended || fail "still running"
		[ "$(cat "$work/status")" = "$rest" ] || fail "exit code $(cat "$work/status"), not $rest"
		cmp -s "$work/stty.before" "$work/stty.after" || fail "the terminal is not as it was"
		;;
	hangup)
		terminal kill-session -t test
		until_true process_gone || fail "the terminal is closed, process $pid lives on"
		;;
	*) fail "no such step: $verb" ;;
	esac
}

number=0
while IFS= read -r line; do
	number=$((number + 1))
	case $line in '' | '#'*) continue ;; esac
	step "$line"
done <"$script"

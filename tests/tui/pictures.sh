#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# usage: pictures.sh PROGRAM ROOT FOLDER
# Takes the pictures of docs/screens from the real screen: tmux runs the view, shot.py draws
# what tmux shows. Needs tmux, Python and Chromium. Look at them before you keep them.
set -f
program=$1
root=$2
folder=$3
case $program in /*) ;; *) program=$PWD/$program ;; esac
case $folder in /*) ;; *) folder=$PWD/$folder ;; esac
tests=$(cd "$(dirname "$0")" && pwd)
cd "$root" || exit 2
work=$(mktemp -d) || exit 2
terminal() {
	LC_ALL=${TCPHS_UTF8_LOCALE:-C.UTF-8} tmux -u -S "$work/socket" "$@"
}
trap 'terminal kill-server 2>/dev/null; rm -rf "$work"' EXIT

# rests: waits until something is drawn, and the same for a second
rests() {
	same=0
	: >"$work/before"
	while [ $same -lt 5 ]; do
		sleep 0.2
		terminal capture-pane -p -e -N -t "$name" >"$work/now"
		if grep -q '[^ ]' "$work/now" && cmp -s "$work/before" "$work/now"; then
			same=$((same + 1))
		else
			same=0
		fi
		mv "$work/now" "$work/before"
	done
}

# picture NAME SIZE THEME "CAPTURES" KEY…
picture() {
	name=$1
	size=$2
	theme=$3
	captures=$4
	shift 4
	terminal -f /dev/null new-session -d -s "$name" -x "${size%x*}" -y "${size#*x}" \
		"env LC_ALL=C.UTF-8 TZ=UTC TERM=screen-256color HOME=$work XDG_CONFIG_HOME=$work \
		$program view --theme $theme $captures" \; set -g status off \; set -g escape-time 0
	rests
	for key in "$@"; do
		terminal send-keys -t "$name" "$key"
		rests
	done
	terminal capture-pane -p -e -N -t "$name" >"$work/$name.screen"
	terminal kill-session -t "$name"
	light=
	[ "$theme" != light ] || light=light
	python3 "$tests/shot.py" "$work/$name.screen" "$folder/$name.png" $light
}

few="captures/three-way.pcap captures/ipv6.pcap captures/refused.pcap captures/no-answer.pcap \
captures/bad-synack.pcap captures/half-close.pcap captures/reset.pcap captures/syn-lost.pcap \
captures/simultaneous-close.pcap captures/fast-open.pcap captures/midstream.pcap"
picture list 100x24 dark "$few" j j
picture ladder 100x30 dark captures/three-way.pcap Enter j
picture wrong 100x30 dark captures/bad-synack.pcap Enter d
picture diagram 80x24 dark captures/simultaneous-close.pcap Enter G v
picture light 100x30 light captures/half-close.pcap Enter j j
picture wide 200x50 dark "$(find captures -name '*.pcap*' | sort | tr '\n' ' ')" j

#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# usage: completions.sh TCPHS ROOT
# Asks the completions of each shell that is installed: what follows "tcphs …"?
tcphs=$1
root=$2
[ -x "$tcphs" ] && cd "$root" || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
ln -s "$tcphs" "$work/tcphs"
PATH=$work:$PATH
export PATH
bad=0
asked=

# offers SHELL WORD LINE…: WORD is among what SHELL offers for LINE, whose last word is begun.
ask_bash() {
	bash -c 'source completions/tcphs.bash
		compopt() { :; }
		COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _tcphs; printf "%s\n" "${COMPREPLY[@]}"' - "$@"
}

ask_fish() {
	fish --no-config -c 'source completions/tcphs.fish
		complete -C "$argv"' -- "$@" | cut -f 1
}

# The function asks zsh for nothing but words, CURRENT and PREFIX.
ask_zsh() {
	zsh -f -c 'compadd() {
			local -a all
			while [[ $1 == -* ]]; do
				case $1 in
				-a) all=(${(P)2}); shift 2 ;;
				-S) shift 2 ;;
				*) shift ;;
				esac
			done
			all+=($@)
			print -rl -- ${(M)all:#${PREFIX}*}
		}
		compset() { [[ $PREFIX == *,* ]] && PREFIX=${PREFIX##*,} }
		_files() { : }
		words=("$@"); CURRENT=$#; PREFIX=${words[CURRENT]}
		_run() { source completions/_tcphs }
		_run' - "$@"
}

offers() {
	shell=$1
	word=$2
	shift 2
	"ask_$shell" "$@" 2>/dev/null | grep -qxF -- "$word" || {
		echo "$shell: 'tcphs' … '$*' does not offer $word"
		bad=1
	}
}

withholds() {
	shell=$1
	word=$2
	shift 2
	if "ask_$shell" "$@" 2>/dev/null | grep -qxF -- "$word"; then
		echo "$shell: '$*' offers $word"
		bad=1
	fi
}

for shell in bash zsh fish; do
	if ! command -v $shell >/dev/null; then
		echo "$shell isn't installed: not asked"
		continue
	fi
	asked=yes
	offers $shell list tcphs l
	offers $shell --columns tcphs list --co
	withholds $shell --seed tcphs list --s
	offers $shell --seed tcphs quiz --s
	offers $shell open: tcphs list -Y op
	offers $shell syn-retx tcphs check --fail-on syn-r
	offers $shell any tcphs list -i a
	offers $shell pdf tcphs show x --format p
	offers $shell synack-ack-mismatch tcphs explain synack-a
	offers $shell rtt tcphs list --sort r
	offers $shell warning tcphs check --level w
done
offers bash syn-retx,retx tcphs check --ignore syn-retx,ret
[ -n "$asked" ] || exit 77
exit $bad

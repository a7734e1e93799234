# SPDX-License-Identifier: BSD-3-Clause
# bash completion for tcphs; the words come from the program itself.

_tcphs_words() {
	tcphs --list-words "$1" 2>/dev/null
}

# The last element of a list in commas.
_tcphs_list() {
	local head=''
	[[ $cur == *,* ]] && head=${cur%,*},
	mapfile -t COMPREPLY < <(compgen -P "$head" -W "$(_tcphs_words "$1")" -- "${cur##*,}")
	compopt -o nospace
}

_tcphs() {
	local cur=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command='' word
	local commands
	commands=$(_tcphs_words commands)
	for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
		if [[ " ${commands//$'\n'/ } " == *" $word "* ]]; then
			command=$word
			break
		fi
	done

	case $previous in
	-i | --interface) mapfile -t COMPREPLY < <(compgen -W "$(_tcphs_words interfaces)" -- "$cur") ;;
	-Y | --query)
		mapfile -t COMPREPLY < <(compgen -W "$(_tcphs_words keys)" -- "$cur")
		compopt -o nospace
		;;
	--fail-on | --ignore) _tcphs_list codes ;;
	--columns) _tcphs_list columns ;;
	--sort) mapfile -t COMPREPLY < <(compgen -W "$(_tcphs_words columns)" -- "$cur") ;;
	--format) mapfile -t COMPREPLY < <(compgen -W "$(_tcphs_words formats)" -- "$cur") ;;
	--color) mapfile -t COMPREPLY < <(compgen -W "auto always never" -- "$cur") ;;
	-Z | --user) mapfile -t COMPREPLY < <(compgen -u -- "$cur") ;;
	--theme) mapfile -t COMPREPLY < <(compgen -W "dark light safe mono" -- "$cur") ;;
	--level) mapfile -t COMPREPLY < <(compgen -W "note warning error" -- "$cur") ;;
	-t | --time) mapfile -t COMPREPLY < <(compgen -W "r d a u" -- "$cur") ;;
	-a | --autostop)
		mapfile -t COMPREPLY < <(compgen -W "duration: filesize: connections:" -- "$cur")
		compopt -o nospace
		;;
	-c | -s | -B | -f | --filter | --snaplen | --buffer | --limit | --seed | --count) ;;
	*)
		if [[ $cur == -* ]]; then
			mapfile -t COMPREPLY < <(compgen -W "$(_tcphs_words "options${command:+:$command}")" -- "$cur")
		elif [[ $command == explain ]]; then
			mapfile -t COMPREPLY < <(compgen -W "$(_tcphs_words codes)" -- "$cur")
		elif [[ $command == help ]]; then
			mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$cur")
		else
			compopt -o filenames
			mapfile -t COMPREPLY < <(
				[[ -n $command ]] || compgen -W "$commands" -- "$cur"
				compgen -f -- "$cur"
			)
		fi
		;;
	esac
}

complete -F _tcphs tcphs

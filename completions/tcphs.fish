# SPDX-License-Identifier: BSD-3-Clause
# fish completion for tcphs; the words come from the program itself.

function __tcphs_words
    tcphs --list-words $argv[1] 2>/dev/null
end

function __tcphs_no_command
    not __fish_seen_subcommand_from (__tcphs_words commands)
end

# Of the command that is there, else all.
function __tcphs_options
    for command in (__tcphs_words commands)
        if __fish_seen_subcommand_from $command
            __tcphs_words options:$command
            return
        end
    end
    __tcphs_words options
end

# The list before the last comma, then each word behind it.
function __tcphs_list
    set -l head (string match -r '^.*,' -- (commandline -ct); or echo '')
    for word in (__tcphs_words $argv[1])
        echo $head$word
    end
end

complete -c tcphs -n __tcphs_no_command -a '(__tcphs_words commands)'
complete -c tcphs -n '__fish_seen_subcommand_from explain' -f -a '(__tcphs_words codes)'
complete -c tcphs -n '__fish_seen_subcommand_from help' -f -a '(__tcphs_words commands)'
complete -c tcphs -n 'string match -q -- "-*" (commandline -ct)' -a '(__tcphs_options)'
complete -c tcphs -s i -l interface -x -a '(__tcphs_words interfaces)'
complete -c tcphs -s Z -l user -x -a '(__fish_complete_users)'
complete -c tcphs -s Y -l query -x -a '(__tcphs_words keys)'
complete -c tcphs -l fail-on -x -a '(__tcphs_list codes)'
complete -c tcphs -l columns -x -a '(__tcphs_list columns)'
complete -c tcphs -l sort -x -a '(__tcphs_words columns)'
complete -c tcphs -l ignore -x -a '(__tcphs_list codes)'
complete -c tcphs -l format -x -a '(__tcphs_words formats)'
complete -c tcphs -l color -x -a 'auto always never'
complete -c tcphs -l theme -x -a 'dark light safe mono'
complete -c tcphs -l level -x -a 'note warning error'
complete -c tcphs -s t -l time -x -a 'r d a u'
complete -c tcphs -s a -l autostop -x -a 'duration: filesize: connections:'
complete -c tcphs -s r -l read -r
complete -c tcphs -s o -l output -r
complete -c tcphs -s w -l write -r
complete -c tcphs -l expect -r

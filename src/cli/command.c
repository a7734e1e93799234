/* SPDX-License-Identifier: BSD-3-Clause */
/* The table of commands. */
#include "cli/command.h"

#include "base/nearest.h"

#include <stdint.h>
#include <string.h>

/* clang-format off */
static const struct command table[] = {
	{
		.name = "view", .bit = CMD_VIEW, .run = cmd_view,
		.usage = "CAPTURE... | -i IFACE",
		.help = "browse connections and their ladders (the default command)",
		.examples = "  tcphs lab.pcap\n"
			    "  tcphs view -i eth0 -f 'tcp port 80'\n"
			    "  ssh host tcpdump -U -w - tcp | tcphs view -\n",
	},
	{
		.name = "list", .bit = CMD_LIST, .run = cmd_list,
		.usage = "CAPTURE... | -i IFACE",
		.help = "one line per connection",
		.examples = "  tcphs list lab.pcap --sort rtt --limit 10\n"
			    "  tcphs list lab.pcap -Y 'open:refused,no-answer' --group\n"
			    "  tcphs list -i eth0 --json | jq -r .verdict\n",
	},
	{
		.name = "show", .bit = CMD_SHOW, .run = cmd_show,
		.usage = "CAPTURE... [-Y QUERY]",
		.help = "ladders as text, or in the format of --format or of -o's ending",
		.examples = "  tcphs show lab.pcap -Y id:3\n"
			    "  tcphs show lab.pcap -Y has:error -o wrong.svg\n"
			    "  tcphs show lab.pcap --redact --json\n",
	},
	{
		.name = "check", .bit = CMD_CHECK, .run = cmd_check,
		.usage = "CAPTURE... | -i IFACE",
		.help = "diagnoses; the exit code says whether any was found",
		.examples = "  tcphs check lab.pcap --level warning\n"
			    "  tcphs check lab.pcap --ignore ack-delay,retx\n"
			    "  tcphs check lab.pcap --json | jq -r 'select(.severity==\"error\").text'\n",
	},
	{
		.name = "stats", .bit = CMD_STATS, .run = cmd_stats,
		.usage = "CAPTURE... | -i IFACE",
		.help = "the capture as a whole: opens and closes, times, who refuses, who resets",
		.examples = "  tcphs stats lab.pcap\n  tcphs stats lab.pcap --json | jq .handshake\n",
	},
	{
		.name = "isn", .bit = CMD_ISN, .run = cmd_isn,
		.usage = "CAPTURE... | -i IFACE",
		.help = "how predictable each host's initial sequence numbers are",
		.examples = "  tcphs isn lab.pcap\n  tcphs isn lab.pcap --plot\n  tcphs isn lab.pcap -o isn.svg\n",
	},
	{
		.name = "explain", .bit = CMD_EXPLAIN, .run = cmd_explain,
		.usage = "[WORD...]",
		.help = "a state, a flag, a diagnosis, a handshake, in plain words with its RFC section",
		.examples = "  tcphs explain TIME-WAIT\n  tcphs explain synack-ack-mismatch\n  tcphs explain\n",
	},
	{
		.name = "learn", .bit = CMD_LEARN, .run = cmd_learn,
		.usage = "[LESSON | FILE]",
		.help = "lessons on the bundled captures, or one of your own: read, step, predict",
		.examples = "  tcphs learn\n  tcphs learn three-way\n  tcphs learn ./my-lesson\n",
	},
	{
		.name = "quiz", .bit = CMD_QUIZ, .run = cmd_quiz,
		.usage = "CAPTURE... [--count N] [--seed N]",
		.help = "predict the next flags, numbers and states",
		.examples = "  tcphs quiz lab.pcap\n  tcphs quiz lab.pcap -Y id:3 --count 5\n",
	},
	{
		.name = "worksheet", .bit = CMD_WORKSHEET, .run = cmd_worksheet,
		.usage = "CAPTURE [-o FILE] [--key]",
		.help = "ladders with blanks to fill in; --key for the answers",
		.examples = "  tcphs worksheet lab.pcap -Y id:1 -o sheet.pdf\n"
			    "  tcphs worksheet lab.pcap -Y id:1 -o key.pdf --key\n",
	},
	{
		.name = "interfaces", .bit = CMD_INTERFACES, .run = cmd_interfaces,
		.usage = "",
		.help = "what can be sniffed here, and whether you may",
		.examples = NULL,
	},
	{
		.name = "help", .bit = CMD_HELP, .run = cmd_help,
		.usage = "[COMMAND]",
		.help = "this overview, or the options of a command",
		.examples = "  tcphs help list\n",
	},
};
/* clang-format on */

const struct command *command_at(size_t index)
{
	return index < sizeof(table) / sizeof(table[0]) ? &table[index] : NULL;
}

const struct command *command_named(const char *name)
{
	const struct command *command;

	for (size_t i = 0; (command = command_at(i)) != NULL; i++)
		if (strcmp(command->name, name) == 0)
			return command;
	return NULL;
}

const struct command *command_near(const char *word)
{
	const struct command *command, *nearest = NULL;
	size_t least = SIZE_MAX, length = strlen(word);

	for (size_t i = 0; (command = command_at(i)) != NULL; i++) {
		size_t distance =
		    nearest_distance(word, length, command->name, strlen(command->name));

		if (distance < least && nearest_is_near(distance, length)) {
			least = distance;
			nearest = command;
		}
	}
	return nearest;
}

const struct command *command_default(void)
{
	return command_named("view");
}

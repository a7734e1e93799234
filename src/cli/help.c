/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/help.h"

#include "cli/command.h"
#include "cli/message.h"

#include <string.h>
#include <tcphs/render.h>

enum { FORMAT_COLUMN = 12, HELP_COLUMN = 25, HELP_WIDTH = 79 };

/* Prints `text` from column `column` on, broken between words; `at` is where the cursor is. */
static void print_wrapped(FILE *out, const char *text, int at, int column)
{
	if (at >= column) {
		fputc('\n', out);
		at = 0;
	}
	fprintf(out, "%*s", column - at, "");
	at = column;
	while (*text != '\0') {
		int length = (int)strcspn(text, " ");

		if (at > column && at + 1 + length > HELP_WIDTH) {
			fprintf(out, "\n%*s", column, "");
			at = column;
		}
		at += fprintf(out, "%s%.*s", at > column ? " " : "", length, text);
		text += length;
		text += strspn(text, " ");
	}
	fputc('\n', out);
}

static void print_option(FILE *out, const struct option_info *info)
{
	int at = fprintf(out, info->letter != '\0' ? "  -%c" : "    ", info->letter);

	if (info->name != NULL)
		at += fprintf(out, "%s--%s", info->letter != '\0' ? ", " : "  ", info->name);
	if (info->argument != NULL)
		at += fprintf(out, " %s", info->argument);
	print_wrapped(out, info->help, at, HELP_COLUMN);
}

static void print_options(FILE *out, unsigned bit)
{
	const struct option_info *info;

	for (int group = 0; group < GROUP_HIDDEN; group++) {
		bool titled = false;

		for (size_t i = 0; (info = option_at(i)) != NULL; i++) {
			if (info->group != group || !(info->commands & bit))
				continue;
			if (!titled)
				fprintf(out, "\n%s\n",
				        option_group_title((enum option_group)group));
			titled = true;
			print_option(out, info);
		}
	}
}

static void print_formats(FILE *out)
{
	const struct tcphs_format *format;

	fputs("\nFormats\n", out);
	for (size_t i = 0; (format = tcphs_format_at(i)) != NULL; i++) {
		int at = fprintf(out, "  %s", format->name);

		if (format->extension != NULL)
			at += fprintf(out, "%*s(%s)", FORMAT_COLUMN - at, "", format->extension);
		print_wrapped(out, format->help, at, HELP_COLUMN);
	}
}

void help_command(FILE *out, const struct command *command)
{
	fprintf(out, "usage: tcphs %s%s%s\n\n", command->name, *command->usage != '\0' ? " " : "",
	        command->usage);
	print_wrapped(out, command->help, 0, 2);
	print_options(out, command->bit);
	if (command->bit == CMD_SHOW)
		print_formats(out);
	if (command->examples != NULL)
		fprintf(out, "\nExamples\n%s", command->examples);
}

void help_overall(FILE *out)
{
	const struct command *command;

	fputs("tcphs shows TCP handshakes packet by packet: who sent what, which state both\n"
	      "ends were in, and whether it was right.\n"
	      "\nusage: tcphs [COMMAND] [OPTION]... CAPTURE...\n"
	      "\nCommands\n",
	      out);
	for (size_t i = 0; (command = command_at(i)) != NULL; i++) {
		int at = fprintf(out, "  %s", command->name);

		print_wrapped(out, command->help, at, 14);
	}
	fputs("\nWithout a command: view. '-' is standard input. Several captures are one stream.\n"
	      "\nExamples\n"
	      "  tcphs lab.pcap                        look at it\n"
	      "  tcphs list lab.pcap -Y open:refused   who was refused\n"
	      "  tcphs show lab.pcap -Y id:1           the ladder of the first connection\n"
	      "  tcphs check lab.pcap                  what is wrong; exit code 1 if anything is\n"
	      "  ssh host tcpdump -U -w - | tcphs -    from another machine, live\n"
	      "\n'tcphs COMMAND -h' lists a command's options.\n"
	      "\nExit codes: 0 done; 1 check or isn found something; 2 wrong usage or an input\n"
	      "that can't be opened; 3 the input is damaged: all before the damage was shown.\n",
	      out);
}

static void unknown_command(const char *word)
{
	const struct command *near = command_near(word);

	if (near != NULL)
		message("there is no command '%.40s'; did you mean 'tcphs help %s'?", word,
		        near->name);
	else
		message("there is no command '%.40s'; 'tcphs -h' lists them", word);
}

int cmd_help(const struct options *options)
{
	const struct command *command;

	if (options->argument_count == 0) {
		help_overall(stdout);
		return EXIT_DONE;
	}
	command = command_named(options->arguments[0]);
	if (command == NULL) {
		unknown_command(options->arguments[0]);
		return EXIT_USAGE;
	}
	help_command(stdout, command);
	return EXIT_DONE;
}

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The options of the command line: one table that parses them, prints the help, feeds the
 * completions and says which commands take which.
 *
 * Strings are borrowed from argv, so they live as long as the program.
 */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tcphs/connection.h>
#include <tcphs/error.h>
#include <tcphs/ladder.h>

/* One bit a command, for struct option_info.commands. */
enum command_bit {
	CMD_VIEW = 0x0001,
	CMD_LIST = 0x0002,
	CMD_SHOW = 0x0004,
	CMD_CHECK = 0x0008,
	CMD_STATS = 0x0010,
	CMD_ISN = 0x0020,
	CMD_EXPLAIN = 0x0040,
	CMD_LEARN = 0x0080,
	CMD_QUIZ = 0x0100,
	CMD_WORKSHEET = 0x0200,
	CMD_INTERFACES = 0x0400,
	CMD_HELP = 0x0800,
	CMD_ALL = 0x0fff,
};

enum when { WHEN_AUTO, WHEN_ALWAYS, WHEN_NEVER };

struct options {
	const char *const *arguments; /* captures, or the words of explain, learn and help */
	size_t argument_count;

	/* what is read */
	const char *interface; /* -i: sniff; else the arguments are captures */
	const char *filter;
	const char *query;
	uint64_t packets; /* -c: stop after so many; 0: no bound */
	bool follow, no_decap, no_checksum;
	uint64_t max_memory, spool; /* octets; 0: the default */

	/* live */
	uint64_t stop_octets, stop_connections; /* -a; 0: no bound */
	int64_t stop_after;                     /* -a duration, ns; 0: no bound */
	uint64_t snaplen, buffer_mib;
	bool not_promiscuous;

	/* what is written */
	const char *write_path, *output, *format;
	bool json, csv, ascii, numeric, quiet, verbose, progress;
	uint8_t color; /* enum when */
	uint8_t time;  /* enum tcphs_time_mode */
	bool absolute; /* raw sequence numbers */
	bool no_fold, redact;
	const char *theme;

	/* list */
	const char *columns, *sort;
	uint64_t limit; /* 0: all */
	bool group;

	/* check */
	uint8_t level; /* enum tcphs_severity: from which on the exit code is 1 */
	const char *fail_on, *ignore, *expect;

	/* isn */
	bool plot;

	/* learn, quiz, worksheet */
	bool plain, list, key;
	uint64_t seed, count; /* 0: not given */

	/* rights */
	bool no_sandbox;
	const char *user; /* -Z: whom root becomes, or NULL */

	bool named; /* the command was named, not the default */
	bool help, version;
	const char *words; /* --list-words: what to print for the completions */
};

enum option_group {
	GROUP_COMMAND, /* what is special to the command */
	GROUP_INPUT,
	GROUP_LIVE,
	GROUP_OUTPUT,
	GROUP_GENERAL,
	GROUP_HIDDEN,
};
const char *option_group_title(enum option_group group);

enum option_kind {
	OPTION_FLAG,   /* bool */
	OPTION_CLEAR,  /* bool, to false: takes a flag back */
	OPTION_TEXT,   /* const char * */
	OPTION_NUMBER, /* uint64_t */
	OPTION_SIZE,   /* uint64_t, with K, M, G */
	OPTION_WORD,   /* uint8_t: index in words */
	OPTION_CAPTURE,
	OPTION_STOP,
};

struct option_info {
	char letter;          /* 0: only long */
	const char *name;     /* without dashes; NULL: only short */
	const char *argument; /* as the help names it, NULL: none */
	const char *help;
	unsigned commands;        /* enum command_bit */
	uint8_t group;            /* enum option_group */
	uint8_t kind;             /* enum option_kind */
	size_t field;             /* offset in struct options */
	const char *const *words; /* what the argument may be, NULL-terminated, or NULL */
};
/* In the order of the help; NULL past the last. */
const struct option_info *option_at(size_t index);

struct command;
/*
 * Parses argv into *options and *command (never NULL afterwards, also on wrong usage).
 * `arguments` has room for argc pointers and must outlive the options. False on wrong usage:
 * the error says what and how to do better. -h anywhere is never wrong usage.
 */
bool options_parse(int argc, char **argv, const char **arguments, struct options *options,
                   const struct command **command, struct tcphs_error *error);
/* What --format or the ending of -o's file say becomes the flag of that form, for list, check and
 * stats. False where the options ask for two forms, or for one that the command lacks. */
bool options_settle_form(struct options *options, const struct command *command,
                         struct tcphs_error *error);

#endif

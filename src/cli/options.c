/* SPDX-License-Identifier: BSD-3-Clause */
/* The table of options. What is here is parsed, helped, completed and documented. */
#include "cli/options.h"

#include "tui/tui.h"

#define CMD_READERS                                                                                \
	(CMD_VIEW | CMD_LIST | CMD_SHOW | CMD_CHECK | CMD_STATS | CMD_ISN | CMD_QUIZ |             \
	 CMD_WORKSHEET)
#define CMD_LIVE    (CMD_VIEW | CMD_LIST | CMD_SHOW | CMD_CHECK | CMD_STATS | CMD_ISN)
#define CMD_WRITERS (CMD_VIEW | CMD_LIST | CMD_SHOW | CMD_CHECK)
#define CMD_TEXTS   (CMD_READERS | CMD_LEARN | CMD_EXPLAIN | CMD_INTERFACES)

#define AT(member) offsetof(struct options, member)

static const char *const whens[] = {"auto", "always", "never", NULL};
static const char *const times[] = {"r", "d", "a", "u", NULL};
static const char *const severities[] = {"note", "warning", "error", NULL};

/* clang-format off */
static const struct option_info table[] = {
	/* letter, name, argument, help, commands, group, kind, field, words */
	{0, "columns", "LIST", "which columns, e.g. id,client,server,open,rtt; 'help' lists them",
	 CMD_LIST, GROUP_COMMAND, OPTION_TEXT, AT(columns), NULL},
	{0, "sort", "COLUMN", "by this column, largest first; -COLUMN: smallest first",
	 CMD_LIST, GROUP_COMMAND, OPTION_TEXT, AT(sort), NULL},
	{0, "limit", "N", "at most N lines; 0: all",
	 CMD_LIST, GROUP_COMMAND, OPTION_NUMBER, AT(limit), NULL},
	{0, "group", NULL, "equal failures as one line: 2,838 unanswered SYNs from one host",
	 CMD_LIST, GROUP_COMMAND, OPTION_FLAG, AT(group), NULL},
	{0, "no-fold", NULL, "every segment, runs of data too",
	 CMD_SHOW | CMD_WORKSHEET, GROUP_COMMAND, OPTION_FLAG, AT(no_fold), NULL},
	{0, "redact", NULL, "addresses replaced by documentation ones, consistently",
	 CMD_SHOW | CMD_WORKSHEET, GROUP_COMMAND, OPTION_FLAG, AT(redact), NULL},
	{0, "level", "SEVERITY", "exit with 1 from this severity on: note, warning, error (default)",
	 CMD_CHECK | CMD_ISN, GROUP_COMMAND, OPTION_WORD, AT(level), severities},
	{0, "fail-on", "CODE,...", "exit with 1 for these diagnoses, whatever their severity",
	 CMD_CHECK, GROUP_COMMAND, OPTION_TEXT, AT(fail_on), NULL},
	{0, "ignore", "CODE,...", "leave these diagnoses out",
	 CMD_CHECK, GROUP_COMMAND, OPTION_TEXT, AT(ignore), NULL},
	{0, "expect", "FILE", "grade by the expectations in FILE: TAP, exit code 0 or 1",
	 CMD_CHECK, GROUP_COMMAND, OPTION_TEXT, AT(expect), NULL},
	{0, "plot", NULL, "draw each host's numbers over time, and their differences",
	 CMD_ISN, GROUP_COMMAND, OPTION_FLAG, AT(plot), NULL},
	{0, "list", NULL, "the lessons there are",
	 CMD_LEARN, GROUP_COMMAND, OPTION_FLAG, AT(list), NULL},
	{0, "plain", NULL, "a line at a time on standard output, for screen readers and scripts",
	 CMD_LEARN | CMD_QUIZ, GROUP_COMMAND, OPTION_FLAG, AT(plain), NULL},
	{0, "seed", "N", "the same questions again; 0: others each time",
	 CMD_QUIZ, GROUP_COMMAND, OPTION_NUMBER, AT(seed), NULL},
	{0, "count", "N", "so many questions; 0: all there are",
	 CMD_QUIZ, GROUP_COMMAND, OPTION_NUMBER, AT(count), NULL},
	{0, "key", NULL, "with the answers",
	 CMD_WORKSHEET, GROUP_COMMAND, OPTION_FLAG, AT(key), NULL},

	{'r', "read", "FILE", "the same as a CAPTURE argument; '-' is standard input",
	 CMD_READERS, GROUP_INPUT, OPTION_CAPTURE, 0, NULL},
	{'Y', "query", "QUERY", "only these connections, e.g. 'open:refused port:443'; 'help' explains",
	 CMD_READERS, GROUP_INPUT, OPTION_TEXT, AT(query), NULL},
	{'f', "filter", "EXPR", "only these packets: capture filter, see pcap-filter(7)",
	 CMD_READERS, GROUP_INPUT, OPTION_TEXT, AT(filter), NULL},
	{'c', NULL, "COUNT", "stop after COUNT packets; 0: read all",
	 CMD_READERS, GROUP_INPUT, OPTION_NUMBER, AT(packets), NULL},
	{0, "follow", NULL, "wait for more at the end of a growing file",
	 CMD_LIVE, GROUP_INPUT, OPTION_FLAG, AT(follow), NULL},
	{0, "decap", NULL, "look into tunnels (default)",
	 CMD_READERS, GROUP_INPUT, OPTION_CLEAR, AT(no_decap), NULL},
	{0, "no-decap", NULL, "do not look into tunnels",
	 CMD_READERS, GROUP_INPUT, OPTION_FLAG, AT(no_decap), NULL},
	{0, "no-checksum", NULL, "do not verify TCP checksums",
	 CMD_READERS, GROUP_INPUT, OPTION_FLAG, AT(no_checksum), NULL},
	{0, "max-memory", "SIZE", "bound on tracked connections, e.g. 512M; what is dropped is said",
	 CMD_READERS, GROUP_INPUT, OPTION_SIZE, AT(max_memory), NULL},
	{0, "spool", "SIZE", "how much of a pipe or interface is kept for unfolding, and for -w -Y",
	 CMD_READERS, GROUP_INPUT, OPTION_SIZE, AT(spool), NULL},

	{'i', "interface", "IFACE", "sniff; ends by -c, -a or Ctrl-C",
	 CMD_LIVE, GROUP_LIVE, OPTION_TEXT, AT(interface), NULL},
	{'a', "autostop", "WHEN", "stop at duration:SECONDS, filesize:KB or connections:N",
	 CMD_LIVE, GROUP_LIVE, OPTION_STOP, 0, NULL},
	{'s', "snaplen", "BYTES", "octets kept of each packet",
	 CMD_LIVE, GROUP_LIVE, OPTION_NUMBER, AT(snaplen), NULL},
	{'B', "buffer", "MIB", "the kernel's buffer",
	 CMD_LIVE, GROUP_LIVE, OPTION_NUMBER, AT(buffer_mib), NULL},
	{'p', "no-promiscuous", NULL, "not promiscuous",
	 CMD_LIVE, GROUP_LIVE, OPTION_FLAG, AT(not_promiscuous), NULL},

	{'S', "absolute", NULL, "raw sequence numbers instead of relative ones",
	 CMD_VIEW | CMD_SHOW | CMD_CHECK | CMD_WORKSHEET, GROUP_OUTPUT, OPTION_FLAG, AT(absolute), NULL},
	{'t', "time", "MODE", "r: since the first packet, d: since the row above, a: local, u: UTC",
	 CMD_VIEW | CMD_SHOW, GROUP_OUTPUT, OPTION_WORD, AT(time), times},
	{0, "json", NULL, "JSON Lines, see tcphs-json(5)",
	 CMD_LIST | CMD_SHOW | CMD_CHECK | CMD_STATS | CMD_ISN | CMD_INTERFACES, GROUP_OUTPUT,
	 OPTION_FLAG, AT(json), NULL},
	{0, "csv", NULL, "comma-separated values",
	 CMD_LIST | CMD_CHECK, GROUP_OUTPUT, OPTION_FLAG, AT(csv), NULL},
	{0, "format", "FORMAT", "one of the formats (list, check: text, ascii, json, csv; stats: no csv; worksheet: text, html, pdf; isn: text, ascii, json, svg, png, pdf); else by -o's ending",
	 CMD_LIST | CMD_SHOW | CMD_CHECK | CMD_STATS | CMD_ISN | CMD_WORKSHEET, GROUP_OUTPUT, OPTION_TEXT, AT(format), NULL},
	{'o', "output", "FILE", "write there instead of standard output",
	 CMD_LIST | CMD_SHOW | CMD_CHECK | CMD_STATS | CMD_ISN | CMD_WORKSHEET, GROUP_OUTPUT,
	 OPTION_TEXT, AT(output), NULL},
	{'w', "write", "FILE", "the packets, as pcapng: of the selected connections, or all of a pipe or live; of the view only live",
	 CMD_WRITERS, GROUP_OUTPUT, OPTION_TEXT, AT(write_path), NULL},
	{'n', "numeric", NULL, "port numbers, not names of services",
	 CMD_TEXTS, GROUP_OUTPUT, OPTION_FLAG, AT(numeric), NULL},
	{0, "color", "WHEN", "auto (default), always or never; NO_COLOR is honoured",
	 CMD_TEXTS, GROUP_OUTPUT, OPTION_WORD, AT(color), whens},
	{0, "theme", "NAME", "the colours of the view: dark, light, safe (for the colour-blind) or mono",
	 CMD_VIEW | CMD_LEARN | CMD_QUIZ, GROUP_OUTPUT, OPTION_TEXT, AT(theme), tui_themes},
	{0, "ascii", NULL, "no characters beyond ASCII",
	 CMD_TEXTS, GROUP_OUTPUT, OPTION_FLAG, AT(ascii), NULL},
	{0, "progress", NULL, "say on standard error how far it is",
	 CMD_READERS, GROUP_OUTPUT, OPTION_FLAG, AT(progress), NULL},

	{'Z', "user", "NAME", "as root: become this user once all is open (sudo: who called it)",
	 CMD_READERS | CMD_LEARN, GROUP_GENERAL, OPTION_TEXT, AT(user), NULL},
	{0, "no-sandbox", NULL, "keep all rights while packets are read, for debuggers",
	 CMD_READERS | CMD_LEARN, GROUP_GENERAL, OPTION_FLAG, AT(no_sandbox), NULL},
	{'q', "quiet", NULL, "nothing beside the results",
	 CMD_ALL, GROUP_GENERAL, OPTION_FLAG, AT(quiet), NULL},
	{'v', "verbose", NULL, "more about what was read and skipped",
	 CMD_ALL, GROUP_GENERAL, OPTION_FLAG, AT(verbose), NULL},
	{'h', "help", NULL, "this help",
	 CMD_ALL, GROUP_GENERAL, OPTION_FLAG, AT(help), NULL},
	{'V', "version", NULL, "version, libraries and features",
	 CMD_ALL, GROUP_GENERAL, OPTION_FLAG, AT(version), NULL},
	{0, "list-words", "KIND", "for completions: commands, options[:COMMAND], columns, keys, codes, formats, interfaces",
	 CMD_ALL, GROUP_HIDDEN, OPTION_TEXT, AT(words), NULL},
};
/* clang-format on */

static const char *const group_titles[] = {
    [GROUP_COMMAND] = "Options of this command",
    [GROUP_INPUT] = "What is read",
    [GROUP_LIVE] = "Live",
    [GROUP_OUTPUT] = "What is written",
    [GROUP_GENERAL] = "General",
    [GROUP_HIDDEN] = "",
};

const char *option_group_title(enum option_group group)
{
	return group_titles[group];
}

const struct option_info *option_at(size_t index)
{
	return index < sizeof(table) / sizeof(table[0]) ? &table[index] : NULL;
}

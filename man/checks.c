/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Prints tcphs-checks(7) from the catalogue, so that the page and the program can't differ.
 * usage: checks DATE
 */
#include <tcphs/diagnosis.h>

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

struct group {
	const char *name, *title, *about;
};

static const struct group groups[] = {
    {"opening", "Opening", "From the first SYN until both ends are ESTABLISHED."},
    {"header", "Flags, header and options",
     "What a segment's header says, apart from where it stands in the stream."},
    {"sequence", "Sequence numbers", "Where a segment stands in the stream, modulo 2^32."},
    {"closing", "Closing", "FIN, its acknowledgement, RST and TIME-WAIT."},
    {"isn", "Initial sequence numbers",
     "Across the connections of one sending address; see\n.Cm tcphs isn\nin\n.Xr tcphs 1 ."},
    {"capture", "The capture itself", "What the recording did, not the hosts."},
};

static const char prologue[] = //
    ".Dt TCPHS-CHECKS 7\n"
    ".Os\n"
    ".Sh NAME\n"
    ".Nm tcphs-checks\n"
    ".Nd what tcphs finds remarkable or wrong in a TCP connection\n"
    ".Sh DESCRIPTION\n"
    "A diagnosis has a code, which is a promise to scripts and stays as it is,\n"
    "a severity, and mostly the section of an RFC that says so.\n"
    ".Xr tcphs 1\n"
    "shows it at the segment concerned;\n"
    ".Cm tcphs explain Ar CODE\n"
    "tells more about it,\n"
    ".Cm tcphs check\n"
    "lists all of them, and\n"
    ".Ql has:CODE\n"
    "in a query\n"
    ".Pq Xr tcphs-query 5\n"
    "finds the connections that have it.\n"
    ".Pp\n"
    "The severities:\n"
    ".Bl -tag -width warning\n"
    ".It Sy error\n"
    "a rule of the protocol was broken\n"
    ".It Sy warning\n"
    "an anomaly that a person should look at\n"
    ".It Sy note\n"
    "legal and remarkable\n"
    ".El\n"
    ".Pp\n"
    "One connection may carry a code with a milder severity than the one given here,\n"
    "where the rest of the capture explains it.\n";

static const char epilogue[] = //
    ".Sh SEE ALSO\n"
    ".Xr tcphs 1 ,\n"
    ".Xr tcphs-json 5 ,\n"
    ".Xr tcphs-query 5\n";

/* One word in ASCII: the rest of the catalogue's UTF-8, which has two or three octets, becomes
 * roff escapes. Returns the columns that it took in the source. */
static size_t print_word(const char *word, size_t length)
{
	const unsigned char *at = (const unsigned char *)word, *end = at + length;

	while (at < end) {
		if (*at == '\\') {
			fputs("\\e", stdout);
			at++;
		} else if (*at < 0x80) {
			putchar(*at++);
		} else {
			unsigned extra = *at >= 0xe0 ? 2 : 1;
			unsigned point = *at++ & (extra == 2 ? 0x0fu : 0x1fu);

			while (extra-- > 0 && at < end)
				point = point << 6 | (*at++ & 0x3fu);
			printf("\\[u%04X]", point);
		}
	}
	return length + 1;
}

/* Running text, in lines that end after a sentence or before column 72. What begins a line
 * must not be taken for a request. */
static void print_text(const char *text)
{
	size_t column = 0;

	while (*text != '\0') {
		size_t length = strcspn(text, " ");
		bool sentence = strchr(".?!", text[length - (length > 0)]) != NULL;

		if (column == 0 && (*text == '.' || *text == '\''))
			fputs("\\&", stdout);
		column += print_word(text, length);
		text += length;
		text += strspn(text, " ");
		if (*text == '\0' || sentence || column + strcspn(text, " ") > 72) {
			putchar('\n');
			column = 0;
		} else {
			putchar(' ');
		}
	}
}

static void print_entry(const struct tcphs_code_info *info)
{
	printf(".It Sy %s\n", info->name);
	print_text(info->sentence);
	printf(".Pq %s", tcphs_severity_name(info->severity));
	if (info->rfc != NULL && info->section != NULL)
		printf(" , RFC %s section %s", info->rfc, info->section);
	else if (info->rfc != NULL)
		printf(" , RFC %s", info->rfc);
	putchar('\n');
}

int main(int argc, char **argv)
{
	printf(".\\\" Made by man/checks.c from <tcphs/codes.h>.\n.Dd %s\n%s",
	       argc > 1 ? argv[1] : "", prologue);
	fputs(".Sh DIAGNOSES\n", stdout);
	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++) {
		printf(".Ss %s\n%s\n.Bl -tag -width 4n\n", groups[i].title, groups[i].about);
		for (unsigned code = 0; code < TCPHS_CODE_COUNT; code++) {
			const struct tcphs_code_info *info = tcphs_code_info((enum tcphs_code)code);

			if (strcmp(info->group, groups[i].name) == 0)
				print_entry(info);
		}
		fputs(".El\n", stdout);
	}
	fputs(epilogue, stdout);
	return fflush(stdout) == 0 ? 0 : 1;
}

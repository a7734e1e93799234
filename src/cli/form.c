/* SPDX-License-Identifier: BSD-3-Clause */
/* In which form list, check and stats write; the other commands have formats of their own. */
#include "cli/command.h"

#include <stddef.h>
#include <string.h>
#include <tcphs/render.h>

static const struct form {
	const char *format;
	unsigned commands;
	size_t flag; /* the bool in struct options that says so, 0: none is needed */
} forms[] = {
    {"text", CMD_LIST | CMD_CHECK | CMD_STATS, 0},
    {"ascii", CMD_LIST | CMD_CHECK | CMD_STATS, offsetof(struct options, ascii)},
    {"json", CMD_LIST | CMD_CHECK | CMD_STATS, offsetof(struct options, json)},
    {"csv", CMD_LIST | CMD_CHECK, offsetof(struct options, csv)},
};

static const struct form *form_named(const char *format, unsigned command)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if ((forms[i].commands & command) != 0 && strcmp(forms[i].format, format) == 0)
			return &forms[i];
	return NULL;
}

/* Two forms at once, of which one would be lost. */
static bool forms_agree(const struct options *options, struct tcphs_error *error)
{
	const char *flag = options->json ? "json" : options->csv ? "csv" : NULL;

	if (options->json && options->csv) {
		tcphs_error_set(error, TCPHS_USAGE,
		                "--json and --csv are two forms of one output; choose one");
		return false;
	}
	if (flag != NULL && options->format != NULL && strcmp(flag, options->format) != 0) {
		tcphs_error_set(error, TCPHS_USAGE,
		                "--%s and --format %.20s are two forms of one output; choose one",
		                flag, options->format);
		return false;
	}
	return true;
}

bool options_settle_form(struct options *options, const struct command *command,
                         struct tcphs_error *error)
{
	const struct tcphs_format *by_ending = NULL;
	const char *name = options->format;
	const struct form *form;

	if (!forms_agree(options, error))
		return false;
	if (form_named("text", command->bit) == NULL || options->json || options->csv)
		return true;
	if (name == NULL && options->output != NULL)
		by_ending = tcphs_format_for_path(options->output);
	if (name == NULL && by_ending == NULL)
		return true;
	form = form_named(name != NULL ? name : by_ending->name, command->bit);
	if (form == NULL) {
		tcphs_error_set(error, TCPHS_USAGE,
		                "tcphs %s does not write %.20s; there are text, ascii, json%s",
		                command->name, name != NULL ? name : by_ending->name,
		                form_named("csv", command->bit) != NULL ? ", csv" : "");
		return false;
	}
	if (form->flag != 0)
		*(bool *)((char *)options + form->flag) = true;
	return true;
}

/* SPDX-License-Identifier: BSD-3-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "cli/command.h"

enum { WORDS = 16 };

struct parsed {
	const char *arguments[WORDS];
	struct options options;
	const struct command *command;
	struct tcphs_error error;
	bool right;
};

/* Parses "tcphs" and the words of `line`, which are separated by one space each. */
static void parse(struct parsed *parsed, const char *line)
{
	static char copy[256];
	char *argv[WORDS + 1] = {(char *)"tcphs"};
	int argc = 1;

	memset(parsed, 0, sizeof(*parsed));
	assert_true(strlen(line) < sizeof(copy));
	memcpy(copy, line, strlen(line) + 1);
	for (char *at = copy; *at != '\0' && argc < WORDS;) {
		char *space = strchr(at, ' ');

		argv[argc++] = at;
		if (space == NULL)
			break;
		*space = '\0';
		at = space + 1;
	}
	parsed->right = options_parse(argc, argv, parsed->arguments, &parsed->options,
	                              &parsed->command, &parsed->error);
	assert_non_null(parsed->command);
}

static void parse_right(struct parsed *parsed, const char *line)
{
	parse(parsed, line);
	if (!parsed->right)
		fail_msg("'%s': %s", line, parsed->error.text);
}

static void commands(void **state)
{
	struct parsed p;

	(void)state;
	parse_right(&p, "list a.pcap");
	assert_string_equal(p.command->name, "list");
	assert_true(p.options.named);
	assert_int_equal(p.options.argument_count, 1);
	assert_string_equal(p.options.arguments[0], "a.pcap");
	/* Options may come first, also ones with an argument. */
	parse_right(&p, "-Y open:refused --json list a.pcap");
	assert_string_equal(p.command->name, "list");
	assert_string_equal(p.options.query, "open:refused");
	assert_true(p.options.json);
	/* Only the first word is a command. */
	parse_right(&p, "show list");
	assert_string_equal(p.command->name, "show");
	assert_string_equal(p.options.arguments[0], "list");
	/* Without one it is the default. */
	parse_right(&p, "./list -n");
	assert_ptr_equal(p.command, command_default());
	assert_false(p.options.named);
	assert_true(p.options.numeric);
}

static void ways_to_write_an_option(void **state)
{
	struct parsed p;

	(void)state;
	parse_right(&p, "list -c 10 a");
	assert_int_equal(p.options.packets, 10);
	parse_right(&p, "list -c10 a");
	assert_int_equal(p.options.packets, 10);
	parse_right(&p, "list -nqc10 a");
	assert_int_equal(p.options.packets, 10);
	assert_true(p.options.numeric && p.options.quiet);
	parse_right(&p, "list --limit=7 a");
	assert_int_equal(p.options.limit, 7);
	parse_right(&p, "list --limit 7 a");
	assert_int_equal(p.options.limit, 7);
	parse_right(&p, "list --query= a");
	assert_string_equal(p.options.query, "");
	/* What looks like an option may be an argument, a lone dash is a capture. */
	parse_right(&p, "list -Y -midstream -");
	assert_string_equal(p.options.query, "-midstream");
	assert_string_equal(p.options.arguments[0], "-");
	parse_right(&p, "list -- -n --json");
	assert_int_equal(p.options.argument_count, 2);
	assert_false(p.options.json);
	parse_right(&p, "list a -r b c");
	assert_int_equal(p.options.argument_count, 3);
	assert_string_equal(p.options.arguments[1], "b");
}

static void values(void **state)
{
	struct parsed p;

	(void)state;
	parse_right(&p, "check a");
	assert_int_equal(p.options.level, TCPHS_ERROR_SEVERITY);
	assert_int_equal(p.options.color, WHEN_AUTO);
	assert_int_equal(p.options.time, TCPHS_TIME_RELATIVE);
	parse_right(&p, "check --level warning --color never --max-memory 512M a");
	assert_int_equal(p.options.level, TCPHS_WARNING);
	assert_int_equal(p.options.color, WHEN_NEVER);
	assert_true(p.options.max_memory == UINT64_C(512) << 20);
	parse_right(&p, "view --theme safe a");
	assert_string_equal(p.options.theme, "safe");
	parse_right(&p, "list --no-decap a");
	assert_true(p.options.no_decap);
	parse_right(&p, "list --no-decap --decap a"); /* the last one counts */
	assert_false(p.options.no_decap);
	parse_right(&p, "show -t u a");
	assert_int_equal(p.options.time, TCPHS_TIME_UTC);
	parse_right(&p, "list -i eth0 -a duration:1.5 -a filesize:10 -a connections:3");
	assert_true(p.options.stop_after == INT64_C(1500000000));
	assert_int_equal(p.options.stop_octets, 10000);
	assert_int_equal(p.options.stop_connections, 3);
}

static void the_form_is_a_flag_a_name_or_an_ending(void **state)
{
	struct parsed p;

	(void)state;
	parse_right(&p, "list --format json a");
	assert_true(p.options.json);
	parse_right(&p, "check -o found.csv a");
	assert_true(p.options.csv);
	parse_right(&p, "stats -o a.b/all a");
	assert_false(p.options.json);
	parse_right(&p, "list --json -o list.csv a"); /* what is said counts, not the name */
	assert_true(p.options.json);
	assert_false(p.options.csv);
	parse_right(&p, "show --format svg -o a.json a"); /* show has formats of its own */
	assert_false(p.options.json);
	parse_right(&p, "show --json --format json a");
}

static const struct wrong {
	const char *line, *says;
} wrongs[] = {
    {"list --colums x", "did you mean --columns?"},
    {"list --frobnicate", "'tcphs list -h' lists them"},
    {"list -z", "-z is no option"},
    {"list --sort", "--sort needs an argument: --sort COLUMN"},
    {"list -c", "-c needs an argument"},
    {"list --json=1", "--json takes no argument"},
    {"list -c ten", "-c can't be 'ten'"},
    {"list -c -1", "-c can't be '-1'"},
    {"list -c 99999999999999999999", "can't be"},
    {"check --level fatal", "--level can't be 'fatal'"},
    {"view --theme foo", "--theme can't be 'foo': the colours of the view: dark, light, safe"},
    {"list --max-memory 5X", "can't be '5X'"},
    {"list --max-memory 1M", "less than 8 MiB"},
    {"list -a later", "can't be 'later'"},
    {"list -a duration:0", "can't be 'duration:0'"},
    {"list -a size:3", "can't be 'size:3'"},
    {"show --limit 3", "--limit is no option of tcphs show"},
    {"chekc a", "did you mean 'tcphs check'?"},
    {"list --json --csv a", "--json and --csv are two forms"},
    {"show --json --format svg a", "--json and --format svg are two forms"},
    {"list --format svg a", "tcphs list does not write svg; there are text, ascii, json, csv"},
    {"stats --format csv a", "there are text, ascii, json"},
    {"list -o a.png a", "does not write png"},
};

static void mistakes_are_said(void **state)
{
	struct parsed p;

	(void)state;
	for (size_t i = 0; i < sizeof(wrongs) / sizeof(wrongs[0]); i++) {
		parse(&p, wrongs[i].line);
		if (p.right || strstr(p.error.text, wrongs[i].says) == NULL)
			fail_msg("'%s' says: %s", wrongs[i].line, p.error.text);
		assert_int_equal(p.error.status, TCPHS_USAGE);
	}
}

static void the_first_mistake_counts_and_help_none(void **state)
{
	struct parsed p;

	(void)state;
	parse(&p, "list --one --two");
	assert_non_null(strstr(p.error.text, "--one"));
	parse_right(&p, "list --nonsense -h");
	assert_true(p.options.help);
}

/* The table is what help, parser, manual and completions stand on. */
static void the_table_is_sound(void **state)
{
	const struct option_info *info, *other;

	(void)state;
	for (size_t i = 0; (info = option_at(i)) != NULL; i++) {
		bool flag = info->kind == OPTION_FLAG || info->kind == OPTION_CLEAR;

		assert_true(info->letter != '\0' || info->name != NULL);
		assert_non_null(info->help);
		assert_true(info->commands != 0);
		assert_int_equal(flag, info->argument == NULL);
		assert_true(info->kind != OPTION_WORD || info->words != NULL);
		assert_true(info->kind == OPTION_WORD || info->kind == OPTION_TEXT ||
		            info->words == NULL);
		assert_true(info->field < sizeof(struct options));
		for (size_t j = 0; j < i && (other = option_at(j)) != NULL; j++) {
			assert_true(info->letter == '\0' || info->letter != other->letter);
			assert_true(info->name == NULL || other->name == NULL ||
			            strcmp(info->name, other->name) != 0);
		}
	}
}

static void the_commands_are_sound(void **state)
{
	const struct command *command;
	unsigned bits = 0;

	(void)state;
	for (size_t i = 0; (command = command_at(i)) != NULL; i++) {
		assert_non_null(command->run);
		assert_true(strlen(command->name) < 12);
		assert_true((bits & command->bit) == 0);
		bits |= command->bit;
		assert_ptr_equal(command_named(command->name), command);
	}
	assert_null(command_near("frobnicate"));
	assert_non_null(command_near("lits"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(commands),
	    cmocka_unit_test(ways_to_write_an_option),
	    cmocka_unit_test(values),
	    cmocka_unit_test(the_form_is_a_flag_a_name_or_an_ending),
	    cmocka_unit_test(mistakes_are_said),
	    cmocka_unit_test(the_first_mistake_counts_and_help_none),
	    cmocka_unit_test(the_table_is_sound),
	    cmocka_unit_test(the_commands_are_sound),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: BSD-3-Clause */
/* From argv to struct options, by the table in options.c. */
#include "cli/command.h"

#include "base/nearest.h"
#include "base/units.h"

#include <stdio.h>
#include <string.h>
#include <tcphs/tracker.h>
#include <unistd.h>

struct parse {
	int argc, at; /* at: the next argument */
	char **argv;
	const char **arguments;
	struct options *options;
	const struct command *command;
	struct tcphs_error *error; /* of the first mistake */
	bool wrong;
};

static bool mistake(struct parse *parse)
{
	bool first = !parse->wrong;

	parse->wrong = true;
	return first;
}

#define MISTAKE(parse, ...)                                                                        \
	((void)(mistake(parse) && tcphs_error_set((parse)->error, TCPHS_USAGE, __VA_ARGS__)))

static const struct option_info *option_by_letter(char letter)
{
	const struct option_info *info;

	for (size_t i = 0; (info = option_at(i)) != NULL; i++)
		if (info->letter == letter && letter != '\0')
			return info;
	return NULL;
}

static const struct option_info *option_by_name(const char *name, size_t length)
{
	const struct option_info *info;

	for (size_t i = 0; (info = option_at(i)) != NULL; i++)
		if (info->name != NULL && strlen(info->name) == length &&
		    memcmp(info->name, name, length) == 0)
			return info;
	return NULL;
}

static const struct option_info *option_near(const char *name, size_t length, unsigned bit)
{
	const struct option_info *info, *nearest = NULL;
	size_t least = SIZE_MAX;

	for (size_t i = 0; (info = option_at(i)) != NULL; i++) {
		size_t distance;

		if (info->name == NULL || info->group == GROUP_HIDDEN || !(info->commands & bit))
			continue;
		distance = nearest_distance(name, length, info->name, strlen(info->name));
		if (distance < least && nearest_is_near(distance, length)) {
			least = distance;
			nearest = info;
		}
	}
	return nearest;
}

static void unknown_option(struct parse *parse, const char *name, size_t length)
{
	const struct option_info *near = option_near(name, length, parse->command->bit);
	int shown = (int)(length < 40 ? length : 40);

	if (near != NULL)
		MISTAKE(parse, "--%.*s is no option; did you mean --%s?", shown, name, near->name);
	else
		MISTAKE(parse, "--%.*s is no option; 'tcphs %s -h' lists them", shown, name,
		        parse->command->name);
}

/* "--name" or "-n": how messages name an option. */
static void option_spelling(const struct option_info *info, char spelling[32])
{
	if (info->name != NULL)
		snprintf(spelling, 32, "--%s", info->name);
	else
		snprintf(spelling, 32, "-%c", info->letter);
}

static bool set_stop(struct options *options, const char *value)
{
	const char *colon = strchr(value, ':');
	size_t length = colon != NULL ? (size_t)(colon - value) : 0;
	uint64_t kilobytes;

	if (colon == NULL)
		return false;
	colon++;
	if (length == 8 && memcmp(value, "duration", 8) == 0)
		return units_parse_duration(colon, strlen(colon), &options->stop_after) &&
		       options->stop_after > 0;
	if (length == 11 && memcmp(value, "connections", 11) == 0)
		return units_parse_number(colon, strlen(colon), &options->stop_connections) &&
		       options->stop_connections > 0;
	if (length != 8 || memcmp(value, "filesize", 8) != 0 ||
	    !units_parse_number(colon, strlen(colon), &kilobytes) || kilobytes == 0 ||
	    kilobytes > UINT64_MAX / 1000)
		return false;
	options->stop_octets = kilobytes * 1000;
	return true;
}

static bool find_word(const struct option_info *info, const char *value, uint8_t *index)
{
	for (uint8_t i = 0; info->words[i] != NULL; i++) {
		if (strcmp(info->words[i], value) == 0) {
			*index = i;
			return true;
		}
	}
	return false;
}

static bool set_text(const struct option_info *info, const char **field, const char *value)
{
	uint8_t index;

	*field = value;
	return info->words == NULL || find_word(info, value, &index);
}

static bool set_value(struct parse *parse, const struct option_info *info, const char *value)
{
	void *field = (char *)parse->options + info->field;

	if (info->kind == OPTION_FLAG || info->kind == OPTION_CLEAR) {
		*(bool *)field = info->kind == OPTION_FLAG;
		return true;
	}
	if (value == NULL)
		return false;
	switch ((enum option_kind)info->kind) {
	case OPTION_TEXT:
		return set_text(info, field, value);
	case OPTION_NUMBER:
		return units_parse_number(value, strlen(value), field);
	case OPTION_SIZE:
		return units_parse_size(value, strlen(value), 1024, field);
	case OPTION_WORD:
		return find_word(info, value, field);
	case OPTION_CAPTURE:
		parse->arguments[parse->options->argument_count++] = value;
		return true;
	case OPTION_STOP:
		return set_stop(parse->options, value);
	default:
		return false;
	}
}

/* Takes the option's argument: `attached` (may be NULL) or the next word. */
static void take_option(struct parse *parse, const struct option_info *info, const char *attached)
{
	char spelling[32];
	const char *value = attached;

	option_spelling(info, spelling);
	if (info->argument == NULL && attached != NULL) {
		MISTAKE(parse, "%s takes no argument", spelling);
		return;
	}
	if (info->argument != NULL && attached == NULL) {
		if (parse->at >= parse->argc) {
			MISTAKE(parse, "%s needs an argument: %s %s", spelling, spelling,
			        info->argument);
			return;
		}
		value = parse->argv[parse->at++];
	}
	if ((info->commands & parse->command->bit) == 0) {
		MISTAKE(parse, "%s is no option of tcphs %s; 'tcphs %s -h' lists them", spelling,
		        parse->command->name, parse->command->name);
		return;
	}
	if (!set_value(parse, info, value))
		MISTAKE(parse, "%s can't be '%.40s': %s", spelling, value, info->help);
}

static void take_long(struct parse *parse, const char *word)
{
	size_t length = strcspn(word, "=");
	const struct option_info *info = option_by_name(word, length);

	if (info == NULL)
		unknown_option(parse, word, length);
	else
		take_option(parse, info, word[length] == '=' ? word + length + 1 : NULL);
}

/* "-nq", "-c10" */
static void take_letters(struct parse *parse, const char *word)
{
	for (; *word != '\0'; word++) {
		const struct option_info *info = option_by_letter(*word);

		if (info == NULL) {
			MISTAKE(parse, "-%c is no option; 'tcphs %s -h' lists them",
			        *word >= ' ' && *word <= '~' ? *word : '?', parse->command->name);
			return;
		}
		if (info->argument == NULL) {
			take_option(parse, info, NULL);
			continue;
		}
		take_option(parse, info, word[1] != '\0' ? word + 1 : NULL);
		return;
	}
}

/* Whether an option word takes the word after it. */
static bool takes_next(const char *word)
{
	const struct option_info *info;

	if (word[1] == '-') {
		info = option_by_name(word + 2, strcspn(word + 2, "="));
		return info != NULL && info->argument != NULL && strchr(word, '=') == NULL;
	}
	for (word++; *word != '\0'; word++) {
		info = option_by_letter(*word);
		if (info != NULL && info->argument != NULL)
			return word[1] == '\0';
	}
	return false;
}

/* The index of the first word that is no option, or argc. */
static int first_word(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		if (argv[i][0] != '-' || argv[i][1] == '\0')
			return i;
		if (strcmp(argv[i], "--") == 0)
			return argc;
		if (takes_next(argv[i]))
			i++;
	}
	return argc;
}

/* Says so where the first word is neither a command nor a file that is there. */
static void check_word(struct parse *parse, const char *word)
{
	const struct command *near = command_near(word);

	/* A dot or a slash makes it a path, whatever it is near to. */
	if (near == NULL || strpbrk(word, "./") != NULL || access(word, F_OK) == 0)
		return;
	parse->command = near;
	MISTAKE(parse, "there is neither a command nor a file '%.40s'; did you mean 'tcphs %s'?",
	        word, near->name);
}

bool options_parse(int argc, char **argv, const char **arguments, struct options *options,
                   const struct command **command, struct tcphs_error *error)
{
	struct parse parse = {argc, 1, argv, arguments, options, NULL, error, false};
	int word = first_word(argc, argv);
	bool only_words = false;

	*options = (struct options){.arguments = arguments, .level = TCPHS_ERROR_SEVERITY};
	parse.command = word < argc ? command_named(argv[word]) : NULL;
	options->named = parse.command != NULL;
	if (!options->named) {
		parse.command = command_default();
		if (word < argc)
			check_word(&parse, argv[word]);
		word = argc;
	}
	while (parse.at < argc) {
		int index = parse.at++;
		const char *arg = argv[index];

		if (index == word)
			continue;
		if (only_words || arg[0] != '-' || arg[1] == '\0')
			arguments[options->argument_count++] = arg;
		else if (strcmp(arg, "--") == 0)
			only_words = true;
		else if (arg[1] == '-')
			take_long(&parse, arg + 2);
		else
			take_letters(&parse, arg + 1);
	}
	if (options->max_memory != 0 && options->max_memory < TCPHS_MEMORY_LEAST)
		MISTAKE(&parse,
		        "--max-memory: nothing can be followed in less than %u MiB; write e.g. 64M",
		        (unsigned)(TCPHS_MEMORY_LEAST >> 20));
	if (!parse.wrong && !options_settle_form(options, parse.command, error))
		parse.wrong = true;
	*command = parse.command;
	return !parse.wrong || options->help;
}

/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/config.h"

#include "base/escape.h"
#include "tui/theme.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILE_MAX 65536 /* octets of a configuration file */

/* Each takes the rest of its line; on error the text is about the value alone. */
typedef enum tcphs_status setter(struct config *config, char *value, struct tcphs_error *error);

static enum tcphs_status set_theme(struct config *config, char *value, struct tcphs_error *error)
{
	if (theme_name(theme_find(value)) == NULL)
		return tcphs_error_set(error, TCPHS_USAGE,
		                       "there is no theme '%.40s'; write dark, light, safe or mono",
		                       value);
	snprintf(config->theme, sizeof(config->theme), "%s", value);
	return TCPHS_OK;
}

/* "client" or, with its width, "client:24". */
static bool add_column(struct config *config, const char *word, size_t length)
{
	const char *colon = memchr(word, ':', length);
	size_t name = colon != NULL ? (size_t)(colon - word) : length;
	enum column column = column_find(word, name);
	long width = 0;
	char *end;

	if (column == COL_COUNT || config->columns == COL_COUNT ||
	    memchr(config->column, (int)column, config->columns) != NULL)
		return false;
	if (colon != NULL) {
		width = strtol(colon + 1, &end, 10);
		if (end != word + length || width < 3 || width > 200)
			return false;
	}
	config->width[column] = (uint8_t)width;
	config->column[config->columns++] = (uint8_t)column;
	return true;
}

static enum tcphs_status set_columns(struct config *config, char *value, struct tcphs_error *error)
{
	config->columns = 0;
	while (*value != '\0') {
		size_t length = strcspn(value, " \t");

		if (!add_column(config, value, length))
			return tcphs_error_set(
			    error, TCPHS_USAGE,
			    "'%.*s' is no column, or there twice; write some of id client "
			    "server open close packets bytes rtt finding duration start "
			    "verdict, with a width of 3 to 200 as in client:24",
			    (int)(length < 40 ? length : 40), value);
		value += length + strspn(value + length, " \t");
	}
	return TCPHS_OK;
}

/* The index of `value` in words[], which ends with NULL, or -1. */
static int word_of(const char *value, const char *const *words)
{
	for (int i = 0; words[i] != NULL; i++) {
		if (strcmp(words[i], value) == 0)
			return i;
	}
	return -1;
}

static enum tcphs_status set_numbers(struct config *config, char *value, struct tcphs_error *error)
{
	static const char *const words[] = {"relative", "raw", NULL};
	int word = word_of(value, words);

	if (word < 0)
		return tcphs_error_set(error, TCPHS_USAGE,
		                       "numbers can't be '%.40s'; write relative or raw", value);
	config->raw = word == 1;
	return TCPHS_OK;
}

static enum tcphs_status set_time(struct config *config, char *value, struct tcphs_error *error)
{
	static const char *const words[] = {"relative", "delta", "local", "utc", NULL};
	int word = word_of(value, words);

	if (word < 0)
		return tcphs_error_set(error, TCPHS_USAGE,
		                       "time can't be '%.40s'; write relative, delta, local or utc",
		                       value);
	config->time = (enum tcphs_time_mode)word;
	return TCPHS_OK;
}

static enum tcphs_status set_gaps(struct config *config, char *value, struct tcphs_error *error)
{
	static const char *const words[] = {"even", "silences", "scale", NULL};
	int word = word_of(value, words);

	if (word < 0)
		return tcphs_error_set(error, TCPHS_USAGE,
		                       "gaps can't be '%.40s'; write even, silences or scale",
		                       value);
	config->gaps = (uint8_t)word;
	return TCPHS_OK;
}

static enum tcphs_status set_flag(const char *name, bool *flag, const char *value,
                                  struct tcphs_error *error)
{
	static const char *const words[] = {"no", "yes", NULL};
	int word = word_of(value, words);

	if (word < 0)
		return tcphs_error_set(error, TCPHS_USAGE, "%s can't be '%.40s'; write yes or no",
		                       name, value);
	*flag = word == 1;
	return TCPHS_OK;
}

static enum tcphs_status set_mouse(struct config *config, char *value, struct tcphs_error *error)
{
	return set_flag("mouse", &config->mouse, value, error);
}

static enum tcphs_status set_large(struct config *config, char *value, struct tcphs_error *error)
{
	return set_flag("large", &config->large, value, error);
}

static enum tcphs_status set_binding(struct config *config, char *value, struct tcphs_error *error)
{
	char *keys = value + strcspn(value, " \t");

	if (*keys == '\0')
		return tcphs_error_set(error, TCPHS_USAGE,
		                       "'bind %.40s' names no key; write e.g. bind sort S", value);
	*keys++ = '\0';
	return keymap_bind(&config->keys, value, keys + strspn(keys, " \t"), error);
}

static const struct {
	const char *name;
	setter *set;
} settings[] = {
    {"theme", set_theme}, {"columns", set_columns}, {"numbers", set_numbers}, {"time", set_time},
    {"gaps", set_gaps},   {"large", set_large},     {"mouse", set_mouse},     {"bind", set_binding},
};
#define SETTINGS (sizeof(settings) / sizeof(settings[0]))

static enum tcphs_status parse_line(struct config *config, char *line, struct tcphs_error *error)
{
	size_t length = strcspn(line, " \t"), end = strlen(line), i = 0;
	char *value = line + length;

	while (end > 0 && strchr(" \t\r", line[end - 1]) != NULL)
		line[--end] = '\0';
	if (line[0] == '\0' || line[0] == '#')
		return TCPHS_OK;
	value += strspn(value, " \t");
	while (i < SETTINGS &&
	       (strlen(settings[i].name) != length || memcmp(settings[i].name, line, length) != 0))
		i++;
	if (i == SETTINGS)
		return tcphs_error_set(error, TCPHS_USAGE,
		                       "there is no setting '%.*s'; write one of theme, columns, "
		                       "numbers, time, gaps, large, mouse, bind",
		                       (int)(length < 40 ? length : 40), line);
	if (*value == '\0')
		return tcphs_error_set(error, TCPHS_USAGE, "'%s' has no value", settings[i].name);
	return settings[i].set(config, value, error);
}

enum tcphs_status config_parse(struct config *config, const char *name, char *text,
                               struct tcphs_error *error)
{
	unsigned number = 1;
	char shown[160], why[400];

	for (char *line = text; line != NULL; number++) {
		struct tcphs_error cause = {0};
		char *next = strchr(line, '\n');

		if (next != NULL)
			*next++ = '\0';
		line += strspn(line, " \t");
		if (parse_line(config, line, &cause) != TCPHS_OK) {
			escape_into(shown, sizeof(shown), name);
			escape_into(why, sizeof(why), cause.text);
			return tcphs_error_set(error, TCPHS_USAGE, "%s:%u: %s", shown, number, why);
		}
		line = next;
	}
	return TCPHS_OK;
}

static bool find_path(char *path, size_t size)
{
	const char *folder = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");

	if (folder != NULL && folder[0] == '/')
		return (size_t)snprintf(path, size, "%s/tcphs/config", folder) < size;
	return home != NULL && (size_t)snprintf(path, size, "%s/.config/tcphs/config", home) < size;
}

/* None is the usual case; one that can't be read is said, and is no reason to fail. */
static void note_unreadable(struct config *config, const char *path, int cause)
{
	char shown[160];

	if (cause == ENOENT || cause == ENOTDIR)
		return;
	escape_into(shown, sizeof(shown), path);
	snprintf(config->note, sizeof(config->note), "%s can't be read: %s; going on without it",
	         shown, strerror(cause));
}

enum tcphs_status config_load(struct config *config, struct tcphs_error *error)
{
	char path[4096], *text;
	enum tcphs_status status = TCPHS_OK;
	FILE *file;
	size_t length;

	memset(config, 0, sizeof(*config));
	keymap_default(&config->keys);
	config->mouse = true;
	if (!find_path(path, sizeof(path)))
		return TCPHS_OK;
	file = fopen(path, "r");
	if (file == NULL) {
		note_unreadable(config, path, errno);
		return TCPHS_OK;
	}
	text = malloc(FILE_MAX + 1);
	if (text == NULL) {
		fclose(file);
		return tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted");
	}
	length = fread(text, 1, FILE_MAX, file);
	text[length] = '\0';
	if (ferror(file))
		note_unreadable(config, path, errno);
	else
		status = config_parse(config, path, text, error);
	free(text);
	fclose(file);
	return status;
}

/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/lessons.h"

#include "base/escape.h"
#include "base/nearest.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ENDING ".lesson"

/* Seen from the folder of the program: installed, and in the folder it was built in. */
static const char *const places[] = {"../share/tcphs/lessons", "../lessons", "../../lessons"};

static bool is_folder(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool lessons_folder(struct text *folder)
{
	char program[PATH_MAX];
	const ssize_t length = readlink("/proc/self/exe", program, sizeof(program) - 1);
	const char *slash;

	if (length <= 0)
		return false;
	program[length] = '\0';
	slash = strrchr(program, '/');
	for (size_t i = 0; slash != NULL && i < sizeof(places) / sizeof(places[0]); i++) {
		text_clear(folder);
		text_add_octets(folder, program, (size_t)(slash + 1 - program));
		text_add(folder, places[i]);
		if (!folder->failed && is_folder(folder->data))
			return true;
	}
	return false;
}

static int is_lesson(const struct dirent *entry)
{
	const size_t length = strlen(entry->d_name), ending = strlen(ENDING);

	return length > ending && strcmp(entry->d_name + length - ending, ENDING) == 0;
}

/* "01-three-way.lesson" is called three-way. */
static char *name_of(const char *file)
{
	const size_t ending = strlen(file) - strlen(ENDING);
	size_t start = 0;
	char *name;

	while (isdigit((unsigned char)file[start]))
		start++;
	start = start > 0 && file[start] == '-' ? start + 1 : 0;
	name = malloc(ending - start + 1);
	if (name == NULL)
		return NULL;
	memcpy(name, file + start, ending - start);
	name[ending - start] = '\0';
	return name;
}

static bool add_name(struct lesson_names *names, const char *folder, const char *file)
{
	struct lesson_name *name = &names->name[names->count];
	struct text path = {0};

	text_addf(&path, "%s/%s", folder, file);
	name->name = name_of(file);
	if (path.failed || name->name == NULL) {
		free(name->name);
		text_free(&path);
		return false;
	}
	name->path = path.data;
	names->count++;
	return true;
}

bool lessons_find(struct lesson_names *names, struct tcphs_error *error)
{
	struct text folder = {0};
	struct dirent **entry = NULL;
	int count = 0;
	bool good = true;

	*names = (struct lesson_names){NULL, 0};
	if (lessons_folder(&folder))
		count = scandir(folder.data, &entry, is_lesson, alphasort);
	if (count > LESSONS_MAX)
		count = LESSONS_MAX;
	if (count > 0)
		names->name = calloc((size_t)count, sizeof(*names->name));
	for (int i = 0; i < count; i++) {
		good =
		    good && names->name != NULL && add_name(names, folder.data, entry[i]->d_name);
		free(entry[i]);
	}
	free(entry);
	text_free(&folder);
	if (!good)
		tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted");
	return good;
}

void lessons_free(struct lesson_names *names)
{
	for (size_t i = 0; i < names->count; i++) {
		free(names->name[i].name);
		free(names->name[i].path);
	}
	free(names->name);
	*names = (struct lesson_names){NULL, 0};
}

static const char *nearest_name(const struct lesson_names *names, const char *word)
{
	const char *nearest = NULL;
	size_t least = SIZE_MAX;

	for (size_t i = 0; i < names->count; i++) {
		const char *name = names->name[i].name;
		const size_t distance = nearest_distance(word, strlen(word), name, strlen(name));

		if (distance < least && nearest_is_near(distance, strlen(word))) {
			least = distance;
			nearest = name;
		}
	}
	return nearest;
}

bool lessons_locate(const struct lesson_names *names, const char *word, struct text *path,
                    struct tcphs_error *error)
{
	const char *nearest;
	char escaped[128];

	text_clear(path);
	for (size_t i = 0; i < names->count; i++) {
		if (strcmp(names->name[i].name, word) != 0)
			continue;
		text_add(path, names->name[i].path);
		return !path->failed;
	}
	text_add(path, word);
	if (is_folder(word))
		text_add(path, "/lesson");
	if (!path->failed && access(path->data, F_OK) == 0)
		return true;
	escape_into(escaped, sizeof(escaped), word);
	nearest = nearest_name(names, word);
	if (nearest != NULL)
		tcphs_error_set(error, TCPHS_USAGE, "there is no lesson '%s'; did you mean %s?",
		                escaped, nearest);
	else
		tcphs_error_set(error, TCPHS_USAGE,
		                "there is no lesson '%s', nor a file of that name; 'tcphs learn' "
		                "lists the lessons",
		                escaped);
	return false;
}

/* SPDX-License-Identifier: BSD-3-Clause */
/* Where the lessons that ship with the program are, and which there are. */
#ifndef CLI_LESSONS_H
#define CLI_LESSONS_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <tcphs/error.h>

#define LESSONS_MAX 200

struct lesson_name {
	char *name; /* "three-way", without the number that orders and the ending */
	char *path;
};

struct lesson_names {
	struct lesson_name *name;
	size_t count;
};

/* The lessons beside the installed program, or beside its source where it was built; none is
 * no error. */
bool lessons_find(struct lesson_names *names, struct tcphs_error *error);
void lessons_free(struct lesson_names *names);

/* Into *path: the lesson called `word`, or the file or folder (with a file "lesson" in it) of
 * that path. False with an error that suggests something. */
bool lessons_locate(const struct lesson_names *names, const char *word, struct text *path,
                    struct tcphs_error *error);

#endif

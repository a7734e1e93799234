/* SPDX-License-Identifier: BSD-3-Clause */
/* A lesson whose file is at `path`: what its two forms, in the view and plain, share. */
#ifndef CLI_LEARN_H
#define CLI_LEARN_H

#include "teach/lesson_reply.h"

struct options;
struct tcphs_session;

/* A capture's path is relative to the lesson's file. False if memory is exhausted. */
bool learn_capture_path(const char *path, const char *name, struct text *capture);
/* NULL and an error if it can't be opened. */
struct tcphs_session *learn_open(const struct options *options, const char *capture,
                                 struct tcphs_error *error);
/* Opens the captures and looks for every connection and packet that the lesson names. False with
 * an error that names the lesson and the line. */
bool learn_check(const struct options *options, const char *path, const struct lesson *lesson,
                 struct tcphs_error *error);
/* On standard input and output; an enum exit_code. */
int learn_plain(const struct options *options, const char *path, const struct lesson *lesson);

#endif

/* SPDX-License-Identifier: BSD-3-Clause */
/* How each screen is opened; it stands on top of the others then. False: memory exhausted. */
#ifndef TUI_SCREENS_H
#define TUI_SCREENS_H

#include <stdbool.h>
#include <stdint.h>

struct app;
struct tui_lesson;
struct tui_quiz;

bool screen_list_open(struct app *app);
/* The ladder of connection `id`. */
bool screen_ladder_open(struct app *app, uint64_t id);
/* A lesson, from its first page. */
bool screen_lesson_open(struct app *app, struct tui_lesson *given);
/* Questions about connections of the session, one after the other, once it is read. */
bool screen_quiz_open(struct app *app, struct tui_quiz *given);
/* The keys of `place`. */
bool screen_help_open(struct app *app, unsigned place);
/* `text` (UTF-8, lines separated by '\n') to read under `title`; continued lines are
 * indented by `indent`. */
bool screen_text_open(struct app *app, const char *title, const char *text, int indent);

/* The initial sequence numbers of all hosts seen so far. */
bool screen_isn_open(struct app *app);

#endif

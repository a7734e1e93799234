/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/prompt.h"

#include "base/utf8.h"
#include "tui/app.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void history_free(struct history *history)
{
	for (size_t i = 0; i < history->count; i++)
		free(history->line[i]);
	history->count = 0;
}

static void history_add(struct history *history, const char *line)
{
	char *copy;

	if (line[0] == '\0' ||
	    (history->count > 0 && strcmp(history->line[history->count - 1], line) == 0))
		return;
	copy = strdup(line);
	if (copy == NULL)
		return;
	if (history->count == HISTORY_MAX) {
		free(history->line[0]);
		memmove(history->line, history->line + 1,
		        (HISTORY_MAX - 1) * sizeof(history->line[0]));
		history->count--;
	}
	history->line[history->count++] = copy;
}

static void set_text(struct prompt *prompt, const char *text)
{
	snprintf(prompt->text, sizeof(prompt->text), "%s", text);
	prompt->length = prompt->cursor = strlen(prompt->text);
}

static void check(struct prompt *prompt)
{
	prompt->error.text[0] = '\0';
	prompt->error_at = prompt->length;
	prompt->error_length = 0;
	if (prompt->kind->check == NULL ||
	    prompt->kind->check(prompt->context, prompt->text, &prompt->error_at,
	                        &prompt->error_length, &prompt->error))
		prompt->error.text[0] = '\0';
}

void prompt_open(struct app *app, const struct prompt_kind *kind, void *context,
                 const char *initial)
{
	struct prompt *prompt = &app->prompt;

	memset(prompt, 0, sizeof(*prompt));
	prompt->kind = kind;
	prompt->context = context;
	set_text(prompt, initial);
	check(prompt);
}

static void insert(struct prompt *prompt, const char *octets, size_t count)
{
	if (prompt->length + count >= sizeof(prompt->text))
		return;
	memmove(prompt->text + prompt->cursor + count, prompt->text + prompt->cursor,
	        prompt->length - prompt->cursor + 1);
	memcpy(prompt->text + prompt->cursor, octets, count);
	prompt->length += count;
	prompt->cursor += count;
}

static size_t left_of(const struct prompt *prompt, size_t at)
{
	do
		at -= at > 0;
	while (at > 0 && ((unsigned char)prompt->text[at] & 0xC0) == 0x80);
	return at;
}

static size_t right_of(const struct prompt *prompt, size_t at)
{
	do
		at += at < prompt->length;
	while (at < prompt->length && ((unsigned char)prompt->text[at] & 0xC0) == 0x80);
	return at;
}

static void delete (struct prompt *prompt, size_t from, size_t to)
{
	memmove(prompt->text + from, prompt->text + to, prompt->length - to + 1);
	prompt->length -= to - from;
	prompt->cursor = from;
}

static size_t word_left(const struct prompt *prompt)
{
	size_t at = prompt->cursor;

	while (at > 0 && prompt->text[at - 1] == ' ')
		at--;
	while (at > 0 && prompt->text[at - 1] != ' ')
		at--;
	return at;
}

static void walk_history(struct app *app, int by)
{
	struct prompt *prompt = &app->prompt;
	const struct history *history;
	size_t back = prompt->back + (size_t)by; /* -1 wraps: larger than any count */

	if (prompt->kind->history == HISTORY_COUNT)
		return;
	history = &app->history[prompt->kind->history];
	if (back > history->count)
		return;
	if (prompt->back == 0)
		snprintf(prompt->draft, sizeof(prompt->draft), "%s", prompt->text);
	prompt->back = back;
	set_text(prompt, back == 0 ? prompt->draft : history->line[history->count - back]);
}

static void complete(struct prompt *prompt)
{
	char addition[64];

	if (prompt->kind->complete == NULL || prompt->cursor != prompt->length)
		return;
	if (prompt->kind->complete(prompt->context, prompt->text, addition, sizeof(addition)))
		insert(prompt, addition, strlen(addition));
}

static void accept(struct app *app)
{
	struct prompt *prompt = &app->prompt;
	const struct prompt_kind *kind = prompt->kind;
	struct tcphs_error error = {0};
	char text[PROMPT_MAX];

	/* A prompt that asks on (save: overwrite?) opens the next one in accept(). */
	memcpy(text, prompt->text, sizeof(text));
	prompt->kind = NULL;
	if (kind->accept(prompt->context, text, &error)) {
		if (kind->history != HISTORY_COUNT)
			history_add(&app->history[kind->history], text);
		return;
	}
	prompt->kind = kind;
	if (kind->clears)
		set_text(prompt, "");
	check(prompt);
	if (prompt->error.text[0] == '\0')
		prompt->error = error;
}

#define CONTROL(letter) ((letter) - 'a' + 1)

/* Keys that move and delete; false if it is none of them. */
static bool edit(struct prompt *prompt, int key)
{
	switch (key) {
	case TERM_KEY(KEY_LEFT):
	case CONTROL('b'):
		prompt->cursor = left_of(prompt, prompt->cursor);
		return true;
	case TERM_KEY(KEY_RIGHT):
	case CONTROL('f'):
		prompt->cursor = right_of(prompt, prompt->cursor);
		return true;
	case TERM_KEY(KEY_HOME):
	case CONTROL('a'):
		prompt->cursor = 0;
		return true;
	case TERM_KEY(KEY_END):
	case CONTROL('e'):
		prompt->cursor = prompt->length;
		return true;
	case TERM_KEY(KEY_BACKSPACE):
	case 127:
	case '\b':
		delete (prompt, left_of(prompt, prompt->cursor), prompt->cursor);
		return true;
	case TERM_KEY(KEY_DC):
	case CONTROL('d'):
		delete (prompt, prompt->cursor, right_of(prompt, prompt->cursor));
		return true;
	case CONTROL('u'):
		delete (prompt, 0, prompt->cursor);
		return true;
	case CONTROL('k'):
		delete (prompt, prompt->cursor, prompt->length);
		return true;
	case CONTROL('w'):
		delete (prompt, word_left(prompt), prompt->cursor);
		return true;
	default:
		return false;
	}
}

void prompt_key(struct app *app, int key)
{
	struct prompt *prompt = &app->prompt;
	char octets[4];

	if (key == 27) {
		if (prompt->kind->cancel != NULL)
			prompt->kind->cancel(prompt->context);
		prompt->kind = NULL;
		return;
	}
	if (key == '\r' || key == '\n' || key == TERM_KEY(KEY_ENTER)) {
		accept(app);
		return;
	}
	if (key == TERM_KEY(KEY_UP) || key == CONTROL('p'))
		walk_history(app, 1);
	else if (key == TERM_KEY(KEY_DOWN) || key == CONTROL('n'))
		walk_history(app, -1);
	else if (key == '\t')
		complete(prompt);
	else if (!edit(prompt, key) && key >= ' ' && key < TERM_KEY(0))
		insert(prompt, octets, utf8_put((uint32_t)key, octets));
	check(prompt);
	if (prompt->error.text[0] == '\0' && prompt->kind->changed != NULL)
		prompt->kind->changed(prompt->context, prompt->text);
}

/* The octets of the error that its first line has room for. */
static size_t first_line(const struct prompt *prompt, const struct canvas *canvas)
{
	const char *text = prompt->error.text;
	size_t length = strlen(text), room = canvas->width > 3 ? (size_t)canvas->width - 3 : 1;
	size_t cut = utf8_fit(text, length, room, NULL);

	if (cut == length)
		return length;
	while (cut > 0 && text[cut] != ' ')
		cut--;
	return cut;
}

int prompt_height(const struct prompt *prompt, const struct canvas *canvas)
{
	if (prompt->error.text[0] == '\0')
		return 1;
	return first_line(prompt, canvas) < strlen(prompt->error.text) ? 3 : 2;
}

/* Below the line, under the cell `at`; rather at the left than cut. */
static void draw_error(const struct prompt *prompt, const struct canvas *canvas, int at)
{
	size_t cut = first_line(prompt, canvas);
	char first[sizeof(prompt->error.text)];
	int width;

	snprintf(first, sizeof(first), "%.*s", (int)cut, prompt->error.text);
	width = canvas_columns(canvas, first);
	for (int y = 1; y < canvas->height; y++)
		canvas_blank(canvas, y);
	if (at + 2 + width > canvas->width)
		at = canvas->width - width - 2 > 0 ? canvas->width - width - 2 : 0;
	at = canvas_text(canvas, 1, at, TCPHS_S_ERROR, canvas->ascii ? "^ " : "▲ ");
	canvas_text(canvas, 1, at, TCPHS_S_ERROR, first);
	if (prompt->error.text[cut] == ' ')
		canvas_field(canvas, 2, at, canvas->width - at - 1, false, TCPHS_S_ERROR,
		             prompt->error.text + cut + 1);
}

/* What Tab would add stands there already, in dim. */
static void draw_addition(const struct prompt *prompt, const struct canvas *canvas, int x)
{
	char addition[64];

	if (prompt->kind->complete == NULL || prompt->cursor != prompt->length ||
	    !prompt->kind->complete(prompt->context, prompt->text, addition, sizeof(addition)))
		return;
	canvas_text(canvas, 0, x, TCPHS_S_DIM, addition);
}

void prompt_draw(const struct prompt *prompt, const struct canvas *canvas)
{
	size_t start = 0, wrong = prompt->error_at;
	int x, cursor, at;

	canvas_blank(canvas, 0);
	x = canvas_text(canvas, 0, 1, VIEW_KEY, prompt->kind->label) + 1;
	/* A line that is longer than the screen shows the part before the cursor. */
	while (utf8_columns(prompt->text + start, prompt->cursor - start) + (size_t)x + 2 >
	           (size_t)canvas->width &&
	       start < prompt->cursor)
		start = right_of(prompt, start);
	canvas_text(canvas, 0, x, TCPHS_S_PLAIN, prompt->text + start);
	cursor = x + (int)utf8_columns(prompt->text + start, prompt->cursor - start);
	draw_addition(prompt, canvas, cursor);
	if (prompt->error.text[0] != '\0') {
		size_t length = wrong < start ? 0 : prompt->error_length;

		wrong = wrong < start ? start : wrong;
		at = x + (int)utf8_columns(prompt->text + start, wrong - start);
		canvas_octets(canvas, 0, at, canvas->width - at, TCPHS_S_ERROR,
		              prompt->text + wrong, length);
		draw_error(prompt, canvas, at);
	}
	curs_set(1);
	move(canvas->y, cursor);
}

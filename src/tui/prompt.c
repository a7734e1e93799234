/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/prompt.h"

#include "base/escape.h"
#include "base/utf8.h"
#include "tui/app.h"

#include <stdio.h>
#include <string.h>

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

size_t prompt_right_of(const struct prompt *prompt, size_t at)
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
		prompt->cursor = prompt_right_of(prompt, prompt->cursor);
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
		delete (prompt, prompt->cursor, prompt_right_of(prompt, prompt->cursor));
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
	else if (!edit(prompt, key) && key >= ' ' && key < TERM_KEY(0) &&
	         !escape_is_unsafe((uint32_t)key)) /* pasted, perhaps */
		insert(prompt, octets, utf8_put((uint32_t)key, octets));
	check(prompt);
	if (prompt->error.text[0] == '\0' && prompt->kind->changed != NULL)
		prompt->kind->changed(prompt->context, prompt->text);
}

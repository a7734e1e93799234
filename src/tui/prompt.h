/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The line at the bottom that asks: a query, a packet number, a file name, yes or no. Edited
 * like a shell's; a history by kind; an error stands under what is wrong.
 */
#ifndef TUI_PROMPT_H
#define TUI_PROMPT_H

#include "tui/canvas.h"

#include <tcphs/error.h>

struct app;
struct prompt;

#define PROMPT_MAX 512 /* octets of a line */

enum history_kind { HISTORY_QUERY, HISTORY_FIND, HISTORY_PACKET, HISTORY_PATH, HISTORY_COUNT };

#define HISTORY_MAX 32
struct history {
	char *line[HISTORY_MAX]; /* the oldest first */
	size_t count;
};
void history_free(struct history *history);
void history_add(struct history *history, const char *line);

struct prompt_kind {
	const char *label;         /* "/", "packet" */
	enum history_kind history; /* HISTORY_COUNT: keeps none */
	bool clears;               /* what Enter did not take is not kept to be edited */
	/* Called after every change: false, with the error and where it is, if it is wrong. May be
	 * NULL. */
	bool (*check)(void *context, const char *text, size_t *at, size_t *length,
	              struct tcphs_error *error);
	/* The text is another one, and check() finds nothing wrong with it. May be NULL. */
	void (*changed)(void *context, const char *text);
	/* Esc: what changed() did is to be undone. May be NULL. */
	void (*cancel)(void *context);
	/* Enter: false keeps the prompt open and shows the error. */
	bool (*accept)(void *context, const char *text, struct tcphs_error *error);
	/* Tab: what could be added at the end of text; false: nothing. May be NULL. */
	bool (*complete)(void *context, const char *text, char *addition, size_t size);
};

struct prompt {
	const struct prompt_kind *kind; /* NULL: closed */
	void *context;
	char text[PROMPT_MAX];
	size_t length, cursor; /* octets */
	size_t back;           /* lines back in the history; 0: the new one */
	char draft[PROMPT_MAX];
	struct tcphs_error error; /* text is empty if all is well */
	size_t error_at, error_length;
};

void prompt_open(struct app *app, const struct prompt_kind *kind, void *context,
                 const char *initial);
void prompt_key(struct app *app, int key);
/* The octet behind the character at octet `at`. */
size_t prompt_right_of(const struct prompt *prompt, size_t at);
/* The lines it takes at the bottom: 1, or with an error 2, 3 if it is long. */
int prompt_height(const struct prompt *prompt, const struct canvas *canvas);
void prompt_draw(const struct prompt *prompt, const struct canvas *canvas);

#endif

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The view as a whole: a stack of screens, one event loop, and what the screens share.
 *
 * A screen is a struct of operations. It draws on a canvas and is told commands, not keys;
 * the last line of the terminal (keys bar, message or prompt) is the app's.
 */
#ifndef TUI_APP_H
#define TUI_APP_H

#include "tui/canvas.h"
#include "tui/config.h"
#include "tui/keys.h"
#include "tui/prompt.h"
#include "tui/rows.h"
#include "tui/signals.h"
#include "tui/term.h"
#include "tui/tui.h"

struct app;
struct screen;

enum mouse { MOUSE_PRESS, MOUSE_DOUBLE, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN };

struct screen_ops {
	unsigned place; /* enum place: its part of the key table */
	void (*draw)(struct screen *screen, const struct canvas *canvas);
	/* False if the command is none of the screen's. */
	bool (*command)(struct screen *screen, enum command command);
	void (*mouse)(struct screen *screen, enum mouse mouse, int y, int x);
	/* New packets were read, or the clock ran: false if nothing changed. NULL: never. */
	bool (*update)(struct screen *screen, int64_t now);
	/* When update() wants to be called next though no packets come; INT64_MAX: not. */
	int64_t (*wakes)(const struct screen *screen);
	void (*close)(struct screen *screen); /* frees the screen */
};

struct screen {
	const struct screen_ops *ops;
	struct app *app;
	struct screen *below;
};

struct app {
	const struct tui_options *options;
	struct tcphs_session *session;
	struct tcphs_tracker *tracker;
	struct config config;
	struct term term;
	struct theme theme;
	struct signals signals;
	struct rows rows;
	struct screen *top;
	struct prompt prompt;
	struct history history[HISTORY_COUNT];
	enum tcphs_time_mode time;
	uint8_t gaps; /* enum tcphs_gaps */
	bool raw, large;
	char message[512];
	unsigned message_style;
	bool quit, dirty;
	bool chosen_theme; /* by option, configuration or key: the terminal's answer is ignored */
	bool live, loaded;
	enum tcphs_status status;
	struct tcphs_error load_error; /* text is empty unless the input was damaged */
};

void app_push(struct app *app, struct screen *screen);
/* Closes the screen on top; the last one ends the view. */
void app_pop(struct app *app);
/* Shows a line until the next key. */
void app_message(struct app *app, unsigned style, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The index of connection `id` in the tracker; SIZE_MAX if it is no longer held. */
size_t app_find(const struct app *app, uint64_t id);

void app_take_key(struct app *app, int key);

/* loop.c: one turn; *drawn is when the screen was drawn last. */
void app_turn(struct app *app, int64_t *drawn);

/* app_draw.c */
void app_draw(struct app *app);
/* The lines of the terminal that the screen on top has. */
int app_screen_height(const struct app *app);

#endif

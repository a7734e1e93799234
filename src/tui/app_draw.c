/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/app.h"

#include "tui/wrap.h"

#include <string.h>

#define LINES_MIN     5
#define COLUMNS_MIN   40
#define MESSAGE_LINES 5

static const struct {
	const char *name, *glyph;
} short_names[] = {{"Enter", "↵"}, {"Space", "␣"}, {"Backspace", "⌫"}};

/* A key as the bar shows it. */
static const char *short_name(const struct app *app, const char *name)
{
	for (size_t i = 0; !app->term.ascii && i < sizeof(short_names) / sizeof(short_names[0]);
	     i++) {
		if (strcmp(short_names[i].name, name) == 0)
			return short_names[i].glyph;
	}
	return name;
}

/* The keys that matter here, as many as fit; help and back always do, and what only a live view
 * has. */
static void draw_keys(const struct app *app, const struct canvas *canvas)
{
	const struct key_entry *entry;
	int x = 1, last = 0;

	canvas_blank(canvas, 0);
	/* Two rounds: the first finds the room of those that stand there always. */
	for (int round = 0; round < 2; round++) {
		for (size_t i = 0; (entry = key_entry_at(i)) != NULL; i++) {
			bool always = entry->command == CMD_HELP || entry->command == CMD_BACK ||
			              (entry->where & IN_LIVE);
			const char *word = entry->bar;
			char name[32];
			int width;

			if (word == NULL || !(entry->where & app->top->ops->place) ||
			    ((entry->where & IN_LIVE) && !app->live))
				continue;
			if (entry->command == CMD_BACK && app->top->below == NULL)
				word = "quit";
			keymap_key_name(app->config.keys.key[entry->command][0], name,
			                sizeof(name));
			width = canvas_columns(canvas, short_name(app, name)) + 1 +
			        canvas_columns(canvas, word) + 2;
			if (round == 0) {
				last += always ? width : 0;
				continue;
			}
			if (!always && x + width + last > canvas->width + 2)
				continue;
			canvas_text(canvas, 0,
			            canvas_text(canvas, 0, x, VIEW_KEY, short_name(app, name)) + 1,
			            TCPHS_S_DIM, word);
			x += width;
			last -= always ? width : 0;
		}
	}
}

static struct canvas whole(const struct app *app)
{
	return (struct canvas){.theme = &app->theme,
	                       .font = &app->term.font,
	                       .ascii = app->term.ascii,
	                       .height = LINES,
	                       .width = COLS};
}

/* A message may need some lines: an error names a file, a cause and a cure; a filter that was
 * copied is shown whole. */
static int message_height(const struct app *app)
{
	struct canvas canvas = whole(app);
	int lines = wrap_sentence_lines(&canvas, app->message);

	return lines < 1 ? 1 : lines < MESSAGE_LINES ? lines : MESSAGE_LINES;
}

int app_screen_height(const struct app *app)
{
	struct canvas canvas = whole(app);
	int bottom =
	    app->prompt.kind != NULL ? prompt_height(&app->prompt, &canvas) : message_height(app);

	return LINES - bottom;
}

static void draw_message(const struct app *app, const struct canvas *canvas)
{
	for (int y = 0; y < canvas->height; y++)
		canvas_blank(canvas, y);
	wrap_styled(canvas, 0, canvas->height, app->message_style, app->message);
}

void app_draw(struct app *app)
{
	struct canvas canvas = whole(app), part;
	int height = app_screen_height(app);

	app->dirty = false;
	curs_set(0);
	erase();
	if (LINES < LINES_MIN || COLS < COLUMNS_MIN) {
		canvas_text(&canvas, 0, 0, TCPHS_S_PLAIN, "tcphs needs 40 columns and 5 lines");
		refresh();
		return;
	}
	part = canvas_part(&canvas, 0, height);
	app->top->ops->draw(app->top, &part);
	part = canvas_part(&canvas, height, LINES - height);
	if (app->prompt.kind != NULL)
		prompt_draw(&app->prompt, &part);
	else if (app->message[0] != '\0')
		draw_message(app, &part);
	else
		draw_keys(app, &part);
	refresh();
}

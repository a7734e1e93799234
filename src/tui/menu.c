/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/menu.h"

#include <stdlib.h>

#define TEXT_MAX 80

struct menu {
	struct screen screen;
	struct screen_ops ops;
	const struct menu_kind *kind;
	void *context;
	size_t selected, top;
	int y, x, height, width; /* of the items, when it was drawn last */
};

static void draw_frame(const struct canvas *canvas, const struct menu *menu)
{
	int left = menu->x - 2, right = menu->x + menu->width + 1;
	int top = menu->y - 1, bottom = menu->y + menu->height;
	struct canvas box = *canvas;

	box.x += left;
	box.width = right - left + 1;
	for (int y = top; y <= bottom; y++)
		canvas_blank(&box, y);
	for (int x = left + 1; x < right; x++) {
		canvas_text(canvas, top, x, VIEW_RULE, "─");
		canvas_text(canvas, bottom, x, VIEW_RULE, "─");
	}
	for (int y = top + 1; y < bottom; y++) {
		canvas_text(canvas, y, left, VIEW_RULE, "│");
		canvas_text(canvas, y, right, VIEW_RULE, "│");
	}
	canvas_text(canvas, top, left, VIEW_RULE, "┌");
	canvas_text(canvas, top, right, VIEW_RULE, "┐");
	canvas_text(canvas, bottom, left, VIEW_RULE, "└");
	canvas_text(canvas, bottom, right, VIEW_RULE, "┘");
	canvas_text(canvas, top, menu->x, TCPHS_S_TITLE, menu->kind->title);
}

/* At the right, over what matters least. */
static void place(struct menu *menu, const struct canvas *canvas)
{
	size_t count = menu->kind->count(menu->context);
	char text[TEXT_MAX];

	menu->width = canvas_columns(canvas, menu->kind->title);
	for (size_t i = 0; i < count; i++) {
		int columns;

		menu->kind->text(menu->context, i, text, sizeof(text));
		columns = canvas_columns(canvas, text);
		menu->width = columns > menu->width ? columns : menu->width;
	}
	menu->height = canvas->height - 2 < (int)count ? canvas->height - 2 : (int)count;
	menu->height = menu->height < 0 ? 0 : menu->height;
	menu->x = canvas->width - menu->width - 4;
	menu->x = menu->x < 2 ? 2 : menu->x;
	menu->y = canvas->height - 2 > menu->height + 2 ? 3 : 1;
	if (menu->selected < menu->top)
		menu->top = menu->selected;
	if (menu->height > 0 && menu->selected >= menu->top + (size_t)menu->height)
		menu->top = menu->selected - (size_t)menu->height + 1;
	if (menu->top + (size_t)menu->height > count) /* the terminal has become larger */
		menu->top = count - (size_t)menu->height;
}

static void draw(struct screen *screen, const struct canvas *canvas)
{
	struct menu *menu = (struct menu *)screen;
	char text[TEXT_MAX];

	screen->below->ops->draw(screen->below, canvas);
	place(menu, canvas);
	draw_frame(canvas, menu);
	for (int y = 0; y < menu->height; y++) {
		struct canvas line = *canvas;
		size_t item = menu->top + (size_t)y;

		line.x += menu->x - 1;
		line.width = menu->width + 2;
		line.selected = item == menu->selected;
		if (line.selected) {
			canvas_blank(&line, menu->y + y);
			canvas_text(&line, menu->y + y, 0, VIEW_CURSOR, "▶");
		}
		menu->kind->text(menu->context, item, text, sizeof(text));
		canvas_field(&line, menu->y + y, 1, menu->width, false, TCPHS_S_PLAIN, text);
	}
}

static void move_to(struct menu *menu, size_t item)
{
	size_t count = menu->kind->count(menu->context);

	menu->selected = item < count ? item : count - 1;
	if (menu->kind->selected != NULL)
		menu->kind->selected(menu->context, menu->selected);
}

static bool command(struct screen *screen, enum command command)
{
	struct menu *menu = (struct menu *)screen;
	size_t count = menu->kind->count(menu->context);

	if (command == menu->kind->next) {
		move_to(menu, (menu->selected + 1) % count);
		return true;
	}
	switch (command) {
	case CMD_UP:
		move_to(menu, menu->selected > 0 ? menu->selected - 1 : 0);
		return true;
	case CMD_DOWN:
		move_to(menu, menu->selected + 1);
		return true;
	case CMD_PAGE_UP:
	case CMD_HOME:
		move_to(menu, 0);
		return true;
	case CMD_PAGE_DOWN:
	case CMD_END:
		move_to(menu, count - 1);
		return true;
	case CMD_CHOOSE:
		app_pop(screen->app);
		return true;
	default:
		return menu->kind->command != NULL &&
		       menu->kind->command(menu->context, &menu->selected, command);
	}
}

static void mouse(struct screen *screen, enum mouse mouse, int y, int x)
{
	struct menu *menu = (struct menu *)screen;
	bool inside = y >= menu->y && y < menu->y + menu->height && x >= menu->x - 1 &&
	              x <= menu->x + menu->width;

	if (mouse == MOUSE_WHEEL_UP || mouse == MOUSE_WHEEL_DOWN) {
		command(screen, mouse == MOUSE_WHEEL_UP ? CMD_UP : CMD_DOWN);
		return;
	}
	if (inside)
		move_to(menu, menu->top + (size_t)(y - menu->y));
	else
		app_pop(screen->app);
}

static bool update(struct screen *screen, int64_t now)
{
	const struct screen_ops *below = screen->below->ops;

	return below->update != NULL && below->update(screen->below, now);
}

static int64_t wakes(const struct screen *screen)
{
	const struct screen_ops *below = screen->below->ops;

	return below->wakes != NULL ? below->wakes(screen->below) : INT64_MAX;
}

static void close_menu(struct screen *screen)
{
	struct menu *menu = (struct menu *)screen;

	if (menu->kind->closed != NULL)
		menu->kind->closed(menu->context);
	free(menu);
}

bool screen_menu_open(struct app *app, const struct menu_kind *kind, void *context, size_t selected)
{
	struct menu *menu = calloc(1, sizeof(*menu));

	if (menu == NULL)
		return false;
	menu->kind = kind;
	menu->context = context;
	menu->selected = selected;
	menu->ops = (struct screen_ops){.place = IN_MENU | kind->place,
	                                .draw = draw,
	                                .command = command,
	                                .mouse = mouse,
	                                .update = update,
	                                .wakes = wakes,
	                                .close = close_menu};
	menu->screen.ops = &menu->ops;
	app_push(app, &menu->screen);
	return true;
}

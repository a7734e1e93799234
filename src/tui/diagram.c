/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The state diagram with the paths of both endpoints lit, up to the selected line of the
 * ladder below. Steps, findings and neighbours are the ladder's own commands.
 */
#include "tui/diagram_map.h"
#include "tui/diagram_path.h"

#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OTHER_LINES  4 /* title, the segment, the two paths */
#define LADDER_LEAST 6 /* lines beside the map for more of the ladder than the selected one */
#define MARK         3 /* cells beside a state: "C▶ ", " ◀S" */

struct diagram {
	struct screen screen;
	struct ladder_view *view; /* the screen below */
};

static unsigned style_of(bool client, bool server)
{
	return client && server ? TCPHS_S_TITLE
	       : client         ? TCPHS_S_ARROW_SYN
	       : server         ? TCPHS_S_ARROW_FIN
	                        : TCPHS_S_LIFELINE;
}

/* On a screen that is even smaller than the smallest map nothing is shown in part. */
static bool fits(const struct canvas *canvas, int y, int x, int columns)
{
	y -= canvas->shift_y;
	x -= canvas->shift_x;
	return y >= 0 && y < canvas->height && x >= 0 && x + columns <= canvas->width;
}

static void draw_piece(const struct canvas *canvas, const struct diagram_piece *piece,
                       unsigned style)
{
	size_t length = strlen(piece->text), at = 0;

	if (!piece->down) {
		if (fits(canvas, piece->y, piece->x, canvas_columns(canvas, piece->text)))
			canvas_text(canvas, piece->y, piece->x, style, piece->text);
		return;
	}
	for (int y = piece->y; at < length; y++) {
		uint32_t character;
		size_t size = utf8_next(piece->text + at, length - at, &character);

		canvas_octets(canvas, y, piece->x, 1, style, piece->text + at, size);
		at += size;
	}
}

/* C and S stand beside the states that the endpoints are in now. */
static void draw_state(const struct canvas *canvas, const struct diagram_state *place,
                       const struct diagram_path *path, bool begins)
{
	const char *name = tcphs_state_name(place->state);
	struct canvas here = *canvas;
	bool client = path[0].now == place->state, server = path[1].now == place->state;
	bool been[2] = {path[0].been[place->state], path[1].been[place->state]};
	int end = place->x + (int)strlen(name);
	unsigned style;

	if (!fits(canvas, place->y, place->x, (int)strlen(name)))
		return;
	/* Of the two CLOSED, the upper is where it is before anything happened. */
	for (int side = 0; side < 2 && place->state == TCPHS_CLOSED; side++)
		been[side] = begins ? path[side].first == TCPHS_CLOSED
		                    : path[side].moved && path[side].closed;
	if (place->state == TCPHS_CLOSED) {
		client = client && begins == !path[0].moved;
		server = server && begins == !path[1].moved;
	}
	style = style_of(been[0], been[1]);
	here.selected = client || server;
	canvas_text(&here, place->y, place->x, style, name);
	if (client)
		canvas_text(canvas, place->y, place->x - MARK, TCPHS_S_ARROW_SYN,
		            canvas->ascii ? "C> " : "C▶ ");
	if (server)
		canvas_text(canvas, place->y, end, TCPHS_S_ARROW_FIN,
		            canvas->ascii ? " <S" : " ◀S");
}

static void draw_map(const struct canvas *canvas, const struct diagram_map *map,
                     const struct diagram_path *path)
{
	for (size_t i = 0; i < map->pieces; i++) {
		const struct diagram_piece *piece = &map->piece[i];

		draw_piece(canvas, piece,
		           style_of(path[0].lit[piece->from][piece->to],
		                    path[1].lit[piece->from][piece->to]));
	}
	for (size_t i = 0; i < map->states; i++)
		draw_state(canvas, &map->state[i], path, i == 0);
}

/* "C client  CLOSED → SYN-SENT": the end of it, if it is too long. */
static void draw_path(const struct canvas *canvas, int y, int side, const struct diagram_path *path)
{
	static const char *const letter[] = {"C", "S"};
	int x = canvas_text(canvas, y, 1, side == 0 ? TCPHS_S_ARROW_SYN : TCPHS_S_ARROW_FIN,
	                    letter[side]);
	const char *words = path->words;
	int room, cut = 2; /* "… " for what was left out */

	x = canvas_text(canvas, y, x + 1, TCPHS_S_DIM, tcphs_side_name((enum tcphs_side)side)) + 2;
	room = canvas->width - x - 1 -
	       (!path->certain && path->now != TCPHS_UNKNOWN ? (int)strlen(" ?") : 0);
	while (canvas_columns(canvas, words) > room - (words != path->words ? cut : 0)) {
		const char *next = strstr(words, " → ");

		if (next == NULL)
			break;
		words = next + 1;
	}
	if (words != path->words)
		x = canvas_text(canvas, y, x, TCPHS_S_DIM, canvas->ascii ? "~ " : "… ");
	x = canvas_text(canvas, y, x, TCPHS_S_STATE_CHANGED, words);
	if (!path->certain && path->now != TCPHS_UNKNOWN)
		canvas_text(canvas, y, x + 1, TCPHS_S_DIM, "?");
}

/* Where along one direction a part of `shown` of `whole` begins, so that both are in it if
 * they fit, else the client's. */
static int part_of(int shown, int whole, int client, int server)
{
	int middle = abs(client - server) < shown ? (client + server) / 2 : client;
	int from = middle - shown / 2;

	return from < 0 ? 0 : from > whole - shown ? whole - shown : from;
}

/* In the middle of the screen; where there is less room, the part with the states as they are. */
static struct canvas place_map(const struct canvas *canvas, const struct diagram_map *map,
                               const struct diagram_path *path)
{
	int height = canvas->height - OTHER_LINES, width = canvas->width - 2;
	struct canvas place = canvas_part(canvas, 1, height);
	int y[2] = {0, 0}, x[2] = {0, 0};

	for (size_t i = 0; i < map->states; i++) {
		const struct diagram_state *state = &map->state[i];

		for (int side = 0; side < 2; side++) {
			if (state->state == path[side].now &&
			    (state->state != TCPHS_CLOSED || (i == 0) == !path[side].moved)) {
				y[side] = state->y;
				x[side] = state->x + 5;
			}
		}
	}
	place.height = height < map->height ? height : map->height;
	place.width = width < map->width ? width : map->width;
	place.x += (canvas->width - place.width) / 2;
	place.y += (height - place.height) / 2;
	place.shift_y = part_of(place.height, map->height, y[0], y[1]);
	place.shift_x = part_of(place.width, map->width, x[0], x[1]);
	return place;
}

/* The one line of the ladder that a small screen has room for. */
static void draw_selected(const struct ladder_view *view, const struct canvas *canvas, int y)
{
	unsigned width = (unsigned)canvas->width - 1;
	struct tcphs_spans spans;

	if (view->selected >= view->ladder.lines)
		return;
	tcphs_ladder_layout(&view->ladder, view->selected, width < 300 ? width : 300, canvas->ascii,
	                    &spans);
	canvas_spans(canvas, y, &spans);
}

/* Below the map, on a large screen: the ladder, which one steps through. */
static void draw_ladder(struct ladder_view *view, const struct canvas *canvas, int y, int height)
{
	struct canvas part = canvas_part(canvas, y, height);

	canvas_rule(&part, 0);
	part = canvas_part(&part, 1, height - 1);
	ladder_fit(view, canvas);
	view->height = view->large ? (part.height - 1) / 2 : part.height - 1;
	ladder_scroll(view);
	ladder_draw_part(view, &part);
}

static void draw(struct screen *screen, const struct canvas *canvas)
{
	struct ladder_view *view = ((struct diagram *)screen)->view;
	struct diagram_path path[2];
	const struct diagram_map *map =
	    diagram_map_for(canvas->height - OTHER_LINES, canvas->width - 2);
	struct canvas place;
	int below = canvas->height - 3, rest;
	char title[200];

	for (int side = 0; side < 2; side++)
		diagram_follow(view, side, &path[side]);
	tcphs_ladder_title(&view->ladder, canvas->ascii, title, sizeof(title));
	canvas_text(canvas, 0, 1, TCPHS_S_TITLE, title);
	rest = canvas->height - OTHER_LINES - map->height;
	place = place_map(canvas, map, path);
	if (rest >= LADDER_LEAST)
		place.y = canvas->y + 1;
	draw_map(&place, map, path);
	if (rest >= LADDER_LEAST)
		draw_ladder(view, canvas, 1 + map->height, below - map->height);
	else
		draw_selected(view, canvas, below);
	draw_path(canvas, below + 1, 0, &path[0]);
	draw_path(canvas, below + 2, 1, &path[1]);
}

static bool command(struct screen *screen, enum command command)
{
	struct diagram *diagram = (struct diagram *)screen;

	if (command == CMD_DIAGRAM)
		app_pop(screen->app);
	else if (command == CMD_BACK)
		return false;
	else
		return ladder_command(&diagram->view->screen, command);
	return true;
}

static void mouse(struct screen *screen, enum mouse mouse, int y, int x)
{
	(void)y;
	(void)x;
	if (mouse == MOUSE_WHEEL_UP || mouse == MOUSE_WHEEL_DOWN)
		command(screen, mouse == MOUSE_WHEEL_UP ? CMD_UP : CMD_DOWN);
}

static bool update(struct screen *screen, int64_t now)
{
	return ladder_update(&((struct diagram *)screen)->view->screen, now);
}

static int64_t wakes(const struct screen *screen)
{
	return ladder_wakes(&((const struct diagram *)screen)->view->screen);
}

static void close_diagram(struct screen *screen)
{
	free(screen);
}

static const struct screen_ops diagram_ops = {
    .place = IN_DIAGRAM,
    .draw = draw,
    .command = command,
    .mouse = mouse,
    .update = update,
    .wakes = wakes,
    .close = close_diagram,
};

bool screen_diagram_open(struct ladder_view *view)
{
	struct diagram *diagram = calloc(1, sizeof(*diagram));

	if (diagram == NULL)
		return false;
	diagram->screen.ops = &diagram_ops;
	diagram->view = view;
	view->in_pane = false;
	app_push(view->screen.app, &diagram->screen);
	return true;
}

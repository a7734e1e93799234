/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/theme.h"

#include <string.h>

/* A look: the colour of 256 and of 8, and attributes. -1 is the terminal's own colour. */
struct look {
	short rich, basic;
	attr_t attr;
};

struct theme_data {
	const char *name;
	short background; /* of the selected row, of 256; -1: reversed */
	struct look look[VIEW_STYLES];
};

/* clang-format off */
static const struct theme_data themes[] = {
	{"dark", 236, {
		[TCPHS_S_PLAIN]         = { -1,           -1, A_NORMAL},
		[TCPHS_S_DIM]           = {243,           -1, A_DIM},
		[TCPHS_S_TITLE]         = { -1,           -1, A_BOLD},
		[TCPHS_S_TIME]          = {245,           -1, A_DIM},
		[TCPHS_S_LIFELINE]      = {240,           -1, A_DIM},
		[TCPHS_S_STATE]         = {245,           -1, A_DIM},
		[TCPHS_S_STATE_CHANGED] = {255,  COLOR_WHITE, A_BOLD},
		[TCPHS_S_STATE_ASSUMED] = {250,  COLOR_WHITE, A_NORMAL},
		[TCPHS_S_ARROW_SYN]     = { 80,   COLOR_CYAN, A_BOLD},
		[TCPHS_S_ARROW_ACK]     = {110,   COLOR_BLUE, A_NORMAL},
		[TCPHS_S_ARROW_DATA]    = {245,           -1, A_NORMAL},
		[TCPHS_S_ARROW_FIN]     = {176, COLOR_MAGENTA, A_BOLD},
		[TCPHS_S_ARROW_RST]     = {203,    COLOR_RED, A_BOLD},
		[TCPHS_S_OK]            = {114,  COLOR_GREEN, A_NORMAL},
		[TCPHS_S_NOTE]          = {110,   COLOR_CYAN, A_NORMAL},
		[TCPHS_S_WARNING]       = {221, COLOR_YELLOW, A_NORMAL},
		[TCPHS_S_ERROR]         = {203,    COLOR_RED, A_BOLD},
		[TCPHS_S_BRACKET]       = {179, COLOR_YELLOW, A_NORMAL},
		[VIEW_BAR]              = {252,           -1, A_BOLD},
		[VIEW_KEY]              = {179, COLOR_YELLOW, A_NORMAL},
		[VIEW_HEAD]             = {243,           -1, A_DIM},
		[VIEW_RULE]             = {239,           -1, A_DIM},
		[VIEW_CURSOR]           = {179, COLOR_YELLOW, A_BOLD},
		[VIEW_MATCH]            = {221, COLOR_YELLOW, A_UNDERLINE},
		[VIEW_OPENED]           = {114,  COLOR_GREEN, A_NORMAL},
		[VIEW_REFUSED]          = {173,    COLOR_RED, A_NORMAL},
		[VIEW_UNANSWERED]       = {179, COLOR_YELLOW, A_NORMAL},
		[VIEW_BROKEN]           = {203,    COLOR_RED, A_BOLD},
		[VIEW_OTHER]            = {245,           -1, A_NORMAL},
	}},
	{"light", 254, {
		[TCPHS_S_PLAIN]         = { -1,           -1, A_NORMAL},
		[TCPHS_S_DIM]           = {245,           -1, A_DIM},
		[TCPHS_S_TITLE]         = { -1,           -1, A_BOLD},
		[TCPHS_S_TIME]          = {243,           -1, A_NORMAL},
		[TCPHS_S_LIFELINE]      = {249,           -1, A_NORMAL},
		[TCPHS_S_STATE]         = {243,           -1, A_NORMAL},
		[TCPHS_S_STATE_CHANGED] = {232,  COLOR_BLACK, A_BOLD},
		[TCPHS_S_STATE_ASSUMED] = {239,  COLOR_BLACK, A_NORMAL},
		[TCPHS_S_ARROW_SYN]     = { 30,   COLOR_CYAN, A_BOLD},
		[TCPHS_S_ARROW_ACK]     = { 25,   COLOR_BLUE, A_NORMAL},
		[TCPHS_S_ARROW_DATA]    = {241,           -1, A_NORMAL},
		[TCPHS_S_ARROW_FIN]     = { 90, COLOR_MAGENTA, A_BOLD},
		[TCPHS_S_ARROW_RST]     = {160,    COLOR_RED, A_BOLD},
		[TCPHS_S_OK]            = { 28,  COLOR_GREEN, A_NORMAL},
		[TCPHS_S_NOTE]          = { 25,   COLOR_BLUE, A_NORMAL},
		[TCPHS_S_WARNING]       = {130, COLOR_MAGENTA, A_NORMAL},
		[TCPHS_S_ERROR]         = {160,    COLOR_RED, A_BOLD},
		[TCPHS_S_BRACKET]       = { 94,   COLOR_BLUE, A_NORMAL},
		[VIEW_BAR]              = {236,           -1, A_BOLD},
		[VIEW_KEY]              = { 94,   COLOR_BLUE, A_BOLD},
		[VIEW_HEAD]             = {243,           -1, A_NORMAL},
		[VIEW_RULE]             = {250,           -1, A_NORMAL},
		[VIEW_CURSOR]           = {130,   COLOR_BLUE, A_BOLD},
		[VIEW_MATCH]            = {130, COLOR_MAGENTA, A_UNDERLINE},
		[VIEW_OPENED]           = { 28,  COLOR_GREEN, A_NORMAL},
		[VIEW_REFUSED]          = {131,    COLOR_RED, A_NORMAL},
		[VIEW_UNANSWERED]       = {130, COLOR_MAGENTA, A_NORMAL},
		[VIEW_BROKEN]           = {160,    COLOR_RED, A_BOLD},
		[VIEW_OTHER]            = {241,           -1, A_NORMAL},
	}},
	/* Blue and orange instead of green and red (after Okabe and Ito). */
	{"safe", 236, {
		[TCPHS_S_DIM]           = {243,           -1, A_DIM},
		[TCPHS_S_PLAIN]         = { -1,           -1, A_NORMAL},
		[TCPHS_S_TITLE]         = { -1,           -1, A_BOLD},
		[TCPHS_S_TIME]          = {245,           -1, A_DIM},
		[TCPHS_S_LIFELINE]      = {240,           -1, A_DIM},
		[TCPHS_S_STATE]         = {245,           -1, A_DIM},
		[TCPHS_S_STATE_CHANGED] = {255,  COLOR_WHITE, A_BOLD},
		[TCPHS_S_STATE_ASSUMED] = {250,  COLOR_WHITE, A_NORMAL},
		[TCPHS_S_ARROW_SYN]     = {117,   COLOR_CYAN, A_BOLD},
		[TCPHS_S_ARROW_ACK]     = { 75,   COLOR_BLUE, A_NORMAL},
		[TCPHS_S_ARROW_DATA]    = {245,           -1, A_NORMAL},
		[TCPHS_S_ARROW_FIN]     = {227, COLOR_YELLOW, A_BOLD},
		[TCPHS_S_ARROW_RST]     = {208, COLOR_YELLOW, A_BOLD | A_UNDERLINE},
		[TCPHS_S_OK]            = {117,   COLOR_CYAN, A_NORMAL},
		[TCPHS_S_NOTE]          = { 75,   COLOR_CYAN, A_NORMAL},
		[TCPHS_S_WARNING]       = {227, COLOR_YELLOW, A_NORMAL},
		[TCPHS_S_ERROR]         = {208, COLOR_YELLOW, A_BOLD | A_UNDERLINE},
		[TCPHS_S_BRACKET]       = {250,  COLOR_WHITE, A_NORMAL},
		[VIEW_BAR]              = {252,           -1, A_BOLD},
		[VIEW_KEY]              = {117,   COLOR_CYAN, A_NORMAL},
		[VIEW_HEAD]             = {243,           -1, A_DIM},
		[VIEW_RULE]             = {239,           -1, A_DIM},
		[VIEW_CURSOR]           = {227, COLOR_YELLOW, A_BOLD},
		[VIEW_MATCH]            = {227, COLOR_YELLOW, A_UNDERLINE},
		[VIEW_OPENED]           = {117,   COLOR_CYAN, A_NORMAL},
		[VIEW_REFUSED]          = {208, COLOR_YELLOW, A_NORMAL},
		[VIEW_UNANSWERED]       = {227, COLOR_YELLOW, A_NORMAL},
		[VIEW_BROKEN]           = {208, COLOR_YELLOW, A_BOLD | A_UNDERLINE},
		[VIEW_OTHER]            = {245,           -1, A_NORMAL},
	}},
	/* Attributes only: also what NO_COLOR and a terminal without colours get. */
	{"mono", -1, {
		[TCPHS_S_PLAIN]         = { -1, -1, A_NORMAL},
		[TCPHS_S_DIM]           = { -1, -1, A_DIM},
		[TCPHS_S_TITLE]         = { -1, -1, A_BOLD},
		[TCPHS_S_TIME]          = { -1, -1, A_DIM},
		[TCPHS_S_LIFELINE]      = { -1, -1, A_DIM},
		[TCPHS_S_STATE]         = { -1, -1, A_DIM},
		[TCPHS_S_STATE_CHANGED] = { -1, -1, A_BOLD},
		[TCPHS_S_ARROW_SYN]     = { -1, -1, A_BOLD},
		[TCPHS_S_ARROW_FIN]     = { -1, -1, A_BOLD},
		[TCPHS_S_ARROW_RST]     = { -1, -1, A_BOLD | A_UNDERLINE},
		[TCPHS_S_WARNING]       = { -1, -1, A_BOLD},
		[TCPHS_S_ERROR]         = { -1, -1, A_BOLD | A_UNDERLINE},
		[VIEW_BAR]              = { -1, -1, A_BOLD},
		[VIEW_KEY]              = { -1, -1, A_BOLD},
		[VIEW_HEAD]             = { -1, -1, A_DIM},
		[VIEW_RULE]             = { -1, -1, A_DIM},
		[VIEW_CURSOR]           = { -1, -1, A_BOLD},
		[VIEW_MATCH]            = { -1, -1, A_UNDERLINE},
		[VIEW_BROKEN]           = { -1, -1, A_BOLD},
	}},
};
/* clang-format on */
#define THEMES (sizeof(themes) / sizeof(themes[0]))
#define MONO   (THEMES - 1)

const char *theme_name(size_t index)
{
	return index < THEMES ? themes[index].name : NULL;
}

size_t theme_find(const char *name)
{
	size_t i = 0;

	while (i < THEMES && strcmp(themes[i].name, name) != 0)
		i++;
	return i;
}

size_t theme_for_background(bool light)
{
	return theme_find(light ? "light" : "dark");
}

void theme_use(struct theme *theme, size_t index, bool color)
{
	const struct theme_data *data = &themes[color ? index : MONO];
	bool rich = color && COLORS >= 256, reverse = data->background < 0 || !rich;

	theme->index = index;
	theme->color = color;
	for (short i = 0; i < VIEW_STYLES; i++) {
		const struct look *look = &data->look[i];
		short pair = (short)(1 + i), other = (short)(1 + VIEW_STYLES + i);

		/* A grey of its own needs no dimming on top. */
		theme->plain[i] = rich ? look->attr & ~A_DIM : look->attr;
		theme->selected[i] = reverse ? (look->attr & ~A_DIM) | A_REVERSE : theme->plain[i];
		theme->plain_pair[i] = theme->selected_pair[i] = 0;
		if (!color)
			continue;
		init_pair(pair, rich ? look->rich : look->basic, -1);
		init_pair(other, rich ? look->rich : look->basic, rich ? data->background : -1);
		theme->plain_pair[i] = pair;
		theme->selected_pair[i] = reverse ? pair : other;
	}
}

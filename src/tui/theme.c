/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/theme.h"

#include "tui/tui.h"

#include <string.h>

/* What a style means, for the eye. A theme gives each of these its look. */
enum role {
	ROLE_TEXT,
	ROLE_FAINT, /* beside the point */
	ROLE_MUTED, /* numbers and what did not change */
	ROLE_LINE,  /* lifelines, rules */
	ROLE_BAR,
	ROLE_STRONG,
	ROLE_SOFT,
	ROLE_SYN,
	ROLE_ACK,
	ROLE_DATA,
	ROLE_FIN,
	ROLE_RST,
	ROLE_OK,
	ROLE_NOTE,
	ROLE_WARNING,
	ROLE_ACCENT, /* brackets, keys, the cursor */
	ROLE_REFUSED,
	ROLE_WAITING,
	ROLE_COUNT,
};

static const struct {
	uint8_t role;
	attr_t attr; /* beside those of the role's look */
} styles[VIEW_STYLES] = {
    [TCPHS_S_PLAIN] = {ROLE_TEXT, A_NORMAL},
    [TCPHS_S_DIM] = {ROLE_FAINT, A_NORMAL},
    [TCPHS_S_TITLE] = {ROLE_TEXT, A_BOLD},
    [TCPHS_S_TIME] = {ROLE_MUTED, A_NORMAL},
    [TCPHS_S_LIFELINE] = {ROLE_LINE, A_NORMAL},
    [TCPHS_S_STATE] = {ROLE_MUTED, A_NORMAL},
    [TCPHS_S_STATE_CHANGED] = {ROLE_STRONG, A_BOLD},
    [TCPHS_S_STATE_ASSUMED] = {ROLE_SOFT, A_NORMAL},
    [TCPHS_S_ARROW_SYN] = {ROLE_SYN, A_BOLD},
    [TCPHS_S_ARROW_ACK] = {ROLE_ACK, A_NORMAL},
    [TCPHS_S_ARROW_DATA] = {ROLE_DATA, A_NORMAL},
    [TCPHS_S_ARROW_FIN] = {ROLE_FIN, A_BOLD},
    [TCPHS_S_ARROW_RST] = {ROLE_RST, A_BOLD},
    [TCPHS_S_OK] = {ROLE_OK, A_NORMAL},
    [TCPHS_S_NOTE] = {ROLE_NOTE, A_NORMAL},
    [TCPHS_S_WARNING] = {ROLE_WARNING, A_NORMAL},
    [TCPHS_S_ERROR] = {ROLE_RST, A_BOLD},
    [TCPHS_S_BRACKET] = {ROLE_ACCENT, A_NORMAL},
    [VIEW_BAR] = {ROLE_BAR, A_BOLD},
    [VIEW_KEY] = {ROLE_ACCENT, A_BOLD},
    [VIEW_HEAD] = {ROLE_FAINT, A_NORMAL},
    [VIEW_RULE] = {ROLE_LINE, A_NORMAL},
    [VIEW_CURSOR] = {ROLE_ACCENT, A_BOLD},
    [VIEW_MATCH] = {ROLE_WARNING, A_UNDERLINE},
    [VIEW_OPENED] = {ROLE_OK, A_NORMAL},
    [VIEW_REFUSED] = {ROLE_REFUSED, A_NORMAL},
    [VIEW_UNANSWERED] = {ROLE_WAITING, A_NORMAL},
    [VIEW_BROKEN] = {ROLE_RST, A_BOLD},
    [VIEW_OTHER] = {ROLE_DATA, A_NORMAL},
};

/* A colour where there are 2^24, 256 and 8 of them, and attributes. -1 is the terminal's own;
 * of 256 and more, dimming is a colour and A_DIM is left out. */
struct look {
	int rgb;
	short rich, basic;
	attr_t attr;
};

struct theme_data {
	const struct theme_data *like; /* whose looks are its own where it has none; or NULL */
	struct look selected;          /* the background of the selected row; -1: reversed */
	struct look look[ROLE_COUNT];
};

enum { DARK, LIGHT, SAFE, MONO, THEMES };

const char *const tui_themes[] = {
    [DARK] = "dark", [LIGHT] = "light", [SAFE] = "safe", [MONO] = "mono", [THEMES] = NULL};

/* clang-format off */
static const struct theme_data themes[THEMES] = {
	/* Where there are 8 colours, bold ones are drawn bright: no cyan, yellow or black on light,
	 * and blue is too dark on black. */
	[DARK] = {NULL, {0x2C323C, 236, -1, A_NORMAL}, {
		[ROLE_TEXT]    = {-1,        -1,            -1, A_NORMAL},
		[ROLE_FAINT]   = {0x7B818C, 243,            -1, A_DIM},
		[ROLE_MUTED]   = {0x8F96A3, 245,            -1, A_DIM},
		[ROLE_LINE]    = {0x565C68, 240,            -1, A_DIM},
		[ROLE_BAR]     = {0xD3D7DE, 252,            -1, A_NORMAL},
		[ROLE_STRONG]  = {0xF4F6FA, 255,   COLOR_WHITE, A_NORMAL},
		[ROLE_SOFT]    = {0xBCC2CC, 250,   COLOR_WHITE, A_NORMAL},
		[ROLE_SYN]     = {0x56D4DD,  80,    COLOR_CYAN, A_NORMAL},
		[ROLE_ACK]     = {0x82AAE0, 110,    COLOR_CYAN, A_NORMAL},
		[ROLE_DATA]    = {0xB4BBC6, 249,            -1, A_NORMAL},
		[ROLE_FIN]     = {0xD48FD9, 176, COLOR_MAGENTA, A_NORMAL},
		[ROLE_RST]     = {0xFF6B68, 203,     COLOR_RED, A_NORMAL},
		[ROLE_OK]      = {0x86CF86, 114,   COLOR_GREEN, A_NORMAL},
		[ROLE_NOTE]    = {0x82AAE0, 110,    COLOR_CYAN, A_NORMAL},
		[ROLE_WARNING] = {0xF4D35E, 221,  COLOR_YELLOW, A_NORMAL},
		[ROLE_ACCENT]  = {0xD9B166, 179,  COLOR_YELLOW, A_NORMAL},
		[ROLE_REFUSED] = {0xDE8A5A, 173,     COLOR_RED, A_NORMAL},
		[ROLE_WAITING] = {0xD9B166, 179,  COLOR_YELLOW, A_NORMAL},
	}},
	[LIGHT] = {NULL, {0xE4E8EE, 254, -1, A_NORMAL}, {
		[ROLE_TEXT]    = {-1,        -1,            -1, A_NORMAL},
		[ROLE_FAINT]   = {0x737983, 243,            -1, A_DIM},
		[ROLE_MUTED]   = {0x626872, 242,            -1, A_NORMAL},
		[ROLE_LINE]    = {0xA9AFB9, 249,            -1, A_NORMAL},
		[ROLE_BAR]     = {0x2B3038, 236,            -1, A_NORMAL},
		[ROLE_STRONG]  = {0x0B0E13, 232,            -1, A_NORMAL},
		[ROLE_SOFT]    = {0x474D57, 239,            -1, A_NORMAL},
		[ROLE_SYN]     = {0x00777F,  30,    COLOR_BLUE, A_NORMAL},
		[ROLE_ACK]     = {0x1B5BB0,  25,    COLOR_BLUE, A_NORMAL},
		[ROLE_DATA]    = {0x474D57, 239,            -1, A_NORMAL},
		[ROLE_FIN]     = {0x8B1F91,  90, COLOR_MAGENTA, A_NORMAL},
		[ROLE_RST]     = {0xC81E1E, 160,     COLOR_RED, A_NORMAL},
		[ROLE_OK]      = {0x1E7A1E,  28,   COLOR_GREEN, A_NORMAL},
		[ROLE_NOTE]    = {0x1B5BB0,  25,    COLOR_BLUE, A_NORMAL},
		[ROLE_WARNING] = {0xA65300, 130, COLOR_MAGENTA, A_NORMAL},
		[ROLE_ACCENT]  = {0x87590B,  94,    COLOR_BLUE, A_NORMAL},
		[ROLE_REFUSED] = {0xA8483A, 131,     COLOR_RED, A_NORMAL},
		[ROLE_WAITING] = {0xA65300, 130, COLOR_MAGENTA, A_NORMAL},
	}},
	/* Blue and orange instead of green and red (after Okabe and Ito), else as dark. */
	[SAFE] = {&themes[DARK], {0x2C323C, 236, -1, A_NORMAL}, {
		[ROLE_SYN]     = {0x7FCBF5, 117,    COLOR_CYAN, A_NORMAL},
		[ROLE_ACK]     = {0x56A0E9,  75,    COLOR_CYAN, A_NORMAL},
		[ROLE_FIN]     = {0xF0E442, 227,  COLOR_YELLOW, A_NORMAL},
		[ROLE_RST]     = {0xFF8C1A, 208,  COLOR_YELLOW, A_UNDERLINE},
		[ROLE_OK]      = {0x7FCBF5, 117,    COLOR_CYAN, A_NORMAL},
		[ROLE_NOTE]    = {0x56A0E9,  75,    COLOR_CYAN, A_NORMAL},
		[ROLE_WARNING] = {0xF0E442, 227,  COLOR_YELLOW, A_NORMAL},
		[ROLE_ACCENT]  = {0xBCC2CC, 250,   COLOR_WHITE, A_NORMAL},
		[ROLE_REFUSED] = {0xE69F00, 208,  COLOR_YELLOW, A_NORMAL},
		[ROLE_WAITING] = {0xF0E442, 227,  COLOR_YELLOW, A_NORMAL},
	}},
	/* Attributes only: also what NO_COLOR and a terminal without colours get. */
	[MONO] = {NULL, {-1, -1, -1, A_REVERSE}, {
		[ROLE_FAINT]   = {-1, -1, -1, A_DIM},
		[ROLE_MUTED]   = {-1, -1, -1, A_DIM},
		[ROLE_LINE]    = {-1, -1, -1, A_DIM},
		[ROLE_RST]     = {-1, -1, -1, A_UNDERLINE},
		[ROLE_WARNING] = {-1, -1, -1, A_BOLD},
	}},
};
/* clang-format on */

static const struct look *look_of(const struct theme_data *theme, unsigned role)
{
	const struct look *look = &theme->look[role];
	bool none = look->rgb == 0 && look->rich == 0; /* black is nobody's */

	return none && theme->like != NULL ? &theme->like->look[role] : look;
}

/* Reversed, faint text is not fainter, and PuTTY draws bold text grey on grey. */
#define DULLED (A_DIM | A_BOLD)

enum depth { DEPTH_NONE, DEPTH_BASIC, DEPTH_RICH, DEPTH_DIRECT };

const char *theme_name(size_t index)
{
	return index < THEMES ? tui_themes[index] : NULL;
}

size_t theme_find(const char *name)
{
	size_t i = 0;

	while (i < THEMES && strcmp(tui_themes[i], name) != 0)
		i++;
	return i;
}

size_t theme_for_background(bool light)
{
	return light ? LIGHT : DARK;
}

/* How many colours the terminal can show. */
static enum depth depth_of(bool color)
{
	if (!color)
		return DEPTH_NONE;
	if (COLORS < 256)
		return DEPTH_BASIC;
	return tigetflag("RGB") > 0 ? DEPTH_DIRECT : DEPTH_RICH;
}

static int color_of(const struct look *look, enum depth depth)
{
	return depth == DEPTH_DIRECT ? look->rgb : depth == DEPTH_RICH ? look->rich : look->basic;
}

static void make_pair(short pair, int ink, int paper)
{
#if defined(NCURSES_EXT_COLORS) && NCURSES_EXT_COLORS
	init_extended_pair(pair, ink, paper);
#else
	init_pair(pair, (short)ink, (short)paper);
#endif
}

void theme_use(struct theme *theme, size_t index, bool color)
{
	const struct theme_data *data = &themes[color ? index : MONO];
	enum depth depth = depth_of(color);
	int paper = depth == DEPTH_NONE ? -1 : color_of(&data->selected, depth);
	bool reverse = paper < 0;

	theme->index = index;
	theme->color = color;
	for (int i = 0; i < VIEW_STYLES; i++) {
		const struct look *look = look_of(data, styles[i].role);
		attr_t attr = look->attr | styles[i].attr;
		short pair = (short)(1 + i), other = (short)(1 + VIEW_STYLES + i);

		/* A grey of its own needs no dimming on top. */
		theme->plain[i] =
		    depth >= DEPTH_RICH && data != &themes[MONO] ? attr & ~A_DIM : attr;
		theme->selected[i] = reverse ? (attr & ~DULLED) | A_REVERSE : theme->plain[i];
		theme->plain_pair[i] = theme->selected_pair[i] = 0;
		if (depth == DEPTH_NONE || data == &themes[MONO])
			continue;
		make_pair(pair, color_of(look, depth), -1);
		make_pair(other, color_of(look, depth), paper);
		theme->plain_pair[i] = pair;
		theme->selected_pair[i] = reverse ? 0 : other; /* one bar, not patches of colours */
	}
}

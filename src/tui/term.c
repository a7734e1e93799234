/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/term.h"

#include "tui/clock.h"
#include "tui/outlet.h"
#include "tui/terminfo.h"

#include <langinfo.h>
#include <locale.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#define PATIENCE 2000 /* ms: for a terminal that takes nothing, at the end */

/* Whether the terminal is known to take an OSC; others would print it. */
static bool takes_osc(const char *type)
{
	static const char *const known[] = {"xterm", "tmux",    "foot", "alacritty", "rxvt",
	                                    "kitty", "konsole", "vte",  "wezterm",   "st-"};

	if (getenv("TMUX") != NULL)
		return true;
	for (size_t i = 0; type != NULL && i < sizeof(known) / sizeof(known[0]); i++) {
		if (strncmp(type, known[i], strlen(known[i])) == 0)
			return true;
	}
	return false;
}

/* Asks for the background colour (OSC 11); the answer comes among the keys, however late. */
static void ask_background(struct term *term)
{
	static const char question[] = "\033]11;?\033\\";

	if (!term->color || !takes_osc(getenv("TERM")))
		return;
	fwrite(question, 1, sizeof(question) - 1, stdout);
	fflush(stdout);
	term->asked = clock_now();
}

/* What some terminals say without being asked: "15;0", ink and paper. */
static bool says_light(void)
{
	const char *colors = getenv("COLORFGBG"), *paper;

	if (colors == NULL || (paper = strrchr(colors, ';')) == NULL)
		return false;
	return strcmp(paper, ";7") == 0 || strcmp(paper, ";15") == 0;
}

/* Ctrl-S must not freeze the screen, and Ctrl-Q is a key like others. */
static void no_flow_control(void)
{
	struct termios modes;

	if (tcgetattr(STDOUT_FILENO, &modes) != 0)
		return;
	modes.c_iflag &= (tcflag_t) ~(IXON | IXOFF);
	if (tcsetattr(STDOUT_FILENO, TCSADRAIN, &modes) == 0)
		def_prog_mode();
}

static void set_modes(void)
{
	cbreak();
	noecho();
	nonl();
	nodelay(stdscr, TRUE);
	keypad(stdscr, TRUE);
	meta(stdscr, TRUE);
	curs_set(0);
	/* A press counts at once; over a slow line it may come together with its release. */
	mousemask(BUTTON1_PRESSED | BUTTON1_CLICKED | BUTTON1_DOUBLE_CLICKED | BUTTON4_PRESSED |
	              BUTTON5_PRESSED,
	          NULL);
	mouseinterval(0);
	no_flow_control();
}

/* The type with every colour, as terminfo calls it, if the terminal says that it has them. */
static bool direct_type(const char *type, char *direct, size_t size)
{
	static const char few[] = "-256color";
	const char *colors = getenv("COLORTERM");
	size_t length = type != NULL ? strlen(type) : 0, ending = sizeof(few) - 1;

	if (colors == NULL || (strcmp(colors, "truecolor") != 0 && strcmp(colors, "24bit") != 0))
		return false;
	if (length > ending && strcmp(type + length - ending, few) == 0)
		length -= ending;
	return length > 0 &&
	       (size_t)snprintf(direct, size, "%.*s-direct", (int)length, type) < size;
}

static void open_screen(struct term *term, const char *type)
{
	FILE *in = term->tty != NULL ? term->tty : stdin;
	char direct[80];
	int out = dup(STDOUT_FILENO);

	term->out = out >= 0 ? fdopen(out, "w") : NULL;
	if (term->out == NULL) {
		close(out);
		return;
	}
	if (direct_type(type, direct, sizeof(direct)) && terminfo_knows(direct, out))
		term->screen = newterm(direct, term->out, in);
	if (term->screen == NULL)
		term->screen = newterm(NULL, term->out, in);
}

enum tcphs_status term_open(struct term *term, bool ascii, bool color, struct tcphs_error *error)
{
	const char *type = getenv("TERM");

	memset(term, 0, sizeof(*term));
	setlocale(LC_CTYPE, "");
	term->ascii = ascii || strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
	term->fd = STDIN_FILENO;
	if (!isatty(STDIN_FILENO)) {
		term->tty = fopen("/dev/tty", "r");
		if (term->tty == NULL)
			return tcphs_error_set(error, TCPHS_USAGE,
			                       "/dev/tty: no terminal to read keys from; use "
			                       "'tcphs list' or 'tcphs show'");
		term->fd = fileno(term->tty);
	}
	set_escdelay(25);
	/* On the Linux console curses would look for the mouse's daemon by a socket, and a process
	 * in a sandbox dies of the attempt. */
	setenv("NCURSES_GPM_TERMS", "none", 1);
	open_screen(term, type);
	if (term->screen == NULL || tigetstr("cup") == NULL) {
		tcphs_error_set(error, TCPHS_USAGE,
		                "TERM=%.60s: not a terminal that can be drawn on; set TERM, or use "
		                "'tcphs list' or 'tcphs show'",
		                type != NULL ? type : "");
		term_close(term);
		return TCPHS_USAGE;
	}
	set_modes();
	term->color = color && has_colors();
	if (term->color) {
		start_color();
		use_default_colors();
	}
	term->light = says_light();
	font_ask(&term->font, fileno(term->out));
	ask_background(term);
	term->outlet = outlet_open(fileno(term->out));
	return TCPHS_OK;
}

static void close_outlet(struct term *term)
{
	if (term->outlet != NULL)
		outlet_close(term->outlet, PATIENCE);
	term->outlet = NULL;
}

/* A terminal without a second screen keeps the picture: the prompt gets a line of its own. */
static void clear_last_line(void)
{
	const char *second = tigetstr("smcup");

	if (second != NULL && (intptr_t)second != -1)
		return;
	move(LINES - 1, 0);
	clrtoeol();
	refresh();
}

void term_close(struct term *term)
{
	if (term->screen != NULL) {
		clear_last_line();
		close_outlet(term);
		endwin();
		delscreen(term->screen);
		/* An answer that is still on its way must not reach the shell's prompt. */
		tcflush(term->fd, TCIFLUSH);
	}
	font_free(&term->font);
	if (term->out != NULL)
		fclose(term->out);
	if (term->tty != NULL)
		fclose(term->tty);
	memset(term, 0, sizeof(*term));
}

void term_leave(struct term *term)
{
	clear_last_line();
	close_outlet(term);
	def_prog_mode();
	endwin();
}

void term_enter(struct term *term)
{
	/* Modes are the terminal's, not the pipe's. Who was woken in the background is stopped by
	 * setting them, before it draws over what the shell has there. */
	close_outlet(term);
	reset_prog_mode();
	refresh(); /* after endwin() it asks for the modes again */
	term->outlet = outlet_open(fileno(term->out));
	term_resize(term);
}

void term_resize(struct term *term)
{
	struct winsize size;

	(void)term;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0)
		resizeterm(size.ws_row, size.ws_col);
	clearok(curscr, TRUE);
}

bool term_is_ready(const struct term *term)
{
	return term->outlet == NULL || outlet_is_idle(term->outlet);
}

bool term_is_gone(const struct term *term)
{
	int octets = 0;

	return ioctl(term->fd, FIONREAD, &octets) != 0 || octets == 0;
}

/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/term.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#define ESCAPE 27
#define BELL   7

/* Asks for the background colour (OSC 11); the answer comes among the keys. */
static void ask_background(const struct term *term)
{
	static const char question[] = "\033]11;?\033\\";
	const char *type = getenv("TERM");

	/* Only terminals that are known to take an OSC; others would print it. */
	if (!term->color || type == NULL ||
	    (strncmp(type, "xterm", 5) != 0 && strncmp(type, "tmux", 4) != 0 &&
	     strncmp(type, "foot", 4) != 0 && strncmp(type, "alacritty", 9) != 0))
		return;
	fwrite(question, 1, sizeof(question) - 1, stdout);
	fflush(stdout);
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
	mousemask(BUTTON1_PRESSED | BUTTON1_DOUBLE_CLICKED | BUTTON4_PRESSED | BUTTON5_PRESSED,
	          NULL);
	mouseinterval(0); /* a press counts at once */
	no_flow_control();
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
	term->screen = newterm(NULL, stdout, term->tty != NULL ? term->tty : stdin);
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
	ask_background(term);
	return TCPHS_OK;
}

void term_close(struct term *term)
{
	if (term->screen != NULL) {
		endwin();
		delscreen(term->screen);
		/* An answer that is still on its way must not reach the shell's prompt. */
		tcflush(term->fd, TCIFLUSH);
	}
	if (term->tty != NULL)
		fclose(term->tty);
	memset(term, 0, sizeof(*term));
}

void term_leave(struct term *term)
{
	(void)term;
	def_prog_mode();
	endwin();
}

void term_enter(struct term *term)
{
	reset_prog_mode();
	term_resize(term);
}

void term_resize(struct term *term)
{
	struct winsize size;

	(void)term;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0)
		resizeterm(size.ws_row, size.ws_col);
	clearok(curscr, TRUE);
	refresh();
}

bool term_is_gone(const struct term *term)
{
	int octets = 0;

	return ioctl(term->fd, FIONREAD, &octets) != 0 || octets == 0;
}

static int read_key(void)
{
	wint_t key;
	int kind = get_wch(&key);

	return kind == ERR ? TERM_NONE : kind == KEY_CODE_YES ? TERM_KEY(key) : (int)key;
}

/* "rgb:RRRR/GGGG/BBBB": one to four hexadecimal digits each. */
static bool is_light(const char *reply)
{
	static const unsigned weight[] = {3, 6, 1};
	const char *at = strstr(reply, "rgb:");
	double light = 0;

	if (at == NULL)
		return false;
	at += 4;
	for (size_t i = 0; i < 3; i++) {
		char *end;
		unsigned long value = strtoul(at, &end, 16), most = 1;

		for (; at < end; at++)
			most *= 16;
		if (most == 1)
			return false;
		light += weight[i] * (double)value / (double)(most - 1);
		at = end + (*end == '/');
	}
	return light > 5;
}

/* Swallows an OSC whose "ESC ]" was read, up to BEL or ESC \. */
static int read_reply(struct term *term)
{
	char reply[64];
	size_t length = 0;
	int key;

	while ((key = read_key()) != TERM_NONE && key != BELL && key != ESCAPE) {
		if (key < 128 && length + 1 < sizeof(reply))
			reply[length++] = (char)key;
	}
	reply[length] = '\0';
	if (key == ESCAPE)
		read_key();
	if (strncmp(reply, "11;", 3) != 0)
		return TERM_NONE;
	term->light = is_light(reply);
	return TERM_BACKGROUND;
}

int term_key(struct term *term)
{
	int key = read_key(), next;

	if (key != ESCAPE)
		return key;
	next = read_key();
	if (next == ']')
		return read_reply(term);
	if (next != TERM_NONE && next < TERM_KEY(0))
		unget_wch((wchar_t)next);
	return key;
}

static void base64(const char *text, FILE *out)
{
	static const char digit[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	size_t length = strlen(text);

	for (size_t i = 0; i < length; i += 3) {
		size_t count = length - i < 3 ? length - i : 3;
		unsigned group = 0;

		for (size_t j = 0; j < 3; j++)
			group = group << 8 | (j < count ? (unsigned char)text[i + j] : 0u);
		for (size_t j = 0; j < 4; j++)
			fputc(j <= count ? digit[group >> (18 - 6 * j) & 63] : '=', out);
	}
}

void term_copy(struct term *term, const char *text)
{
	(void)term;
	fputs("\033]52;c;", stdout);
	base64(text, stdout);
	fputs("\a", stdout);
	fflush(stdout);
}

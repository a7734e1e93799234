/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The terminal: opened, read key by key, suspended, resized and given back as it was.
 *
 * Keys come from standard input or, where that is a capture, from /dev/tty.
 */
#ifndef TUI_TERM_H
#define TUI_TERM_H

#include "tui/font.h"

#include <curses.h>
#include <stdbool.h>
#include <stdio.h>
#include <tcphs/error.h>

/* A key is a Unicode character, or one of curses's KEY_ codes shifted out of their range. */
#define TERM_KEY(code)  ((int)(0x200000 + (code)))
#define TERM_NONE       (-1)                  /* no key now */
#define TERM_BACKGROUND TERM_KEY(KEY_MAX + 1) /* the terminal has said its background */

struct term {
	SCREEN *screen;
	FILE *out; /* the terminal for curses: a descriptor of its own */
	struct outlet *outlet;
	FILE *tty; /* /dev/tty, where standard input is not the terminal */
	int fd;    /* to poll for keys */
	bool ascii, color, light;
	struct font font; /* of a Linux console */
	int64_t asked;    /* for the background, and no answer yet: when; 0: not */
};

enum tcphs_status term_open(struct term *term, bool ascii, bool color, struct tcphs_error *error);
void term_close(struct term *term);
/* Gives the terminal back and takes it again, around a stop. */
void term_leave(struct term *term);
void term_enter(struct term *term);
/* Takes the new size after SIGWINCH. */
void term_resize(struct term *term);
/* Whether the last drawing has come through: another one would wait for it. */
bool term_is_ready(const struct term *term);
/* The next key or TERM_NONE; never blocks (but for the 25 ms that tell Esc from a sequence). */
int term_key(struct term *term);
/* Whether the terminal is gone, after poll() has said that it is readable. */
bool term_is_gone(const struct term *term);
/* Puts `text` on the clipboard by OSC 52, if the terminal can. */
void term_copy(struct term *term, const char *text);

#endif

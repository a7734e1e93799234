/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The way from curses to the terminal, by a pipe and a thread that carries it on: a terminal
 * that takes nothing for a while (a stalled line) then stops that thread, not the capture. The
 * screen is drawn again only when the terminal has taken the last drawing, so that it never is
 * more than one drawing behind.
 */
#ifndef TUI_OUTLET_H
#define TUI_OUTLET_H

#include <stdbool.h>

struct outlet;

/* From now on what is written to descriptor `out`, a terminal's, goes by the pipe, and reading its
 * modes is no longer possible. NULL if that can't be had: then it is written directly. */
struct outlet *outlet_open(int out);
/* Has the terminal taken all? */
bool outlet_is_idle(const struct outlet *outlet);
/* Makes `out` the terminal's again, after it has taken all or `patience` ms are over; what
 * it did not take is dropped then. */
void outlet_close(struct outlet *outlet, int patience);

#endif

/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/signals.h"

#include <stddef.h>

static volatile sig_atomic_t signal_pending; /* enum signal_event bits */

static const struct {
	int number;
	enum signal_event event;
} handled[] = {
    {SIGINT, SIGNAL_QUIT},     {SIGTERM, SIGNAL_QUIT},    {SIGHUP, SIGNAL_QUIT},
    {SIGTSTP, SIGNAL_SUSPEND}, {SIGWINCH, SIGNAL_RESIZE}, {SIGCONT, SIGNAL_RESUMED},
};
#define HANDLED (sizeof(handled) / sizeof(handled[0]))

static void on_signal(int number)
{
	for (size_t i = 0; i < HANDLED; i++) {
		if (handled[i].number == number)
			signal_pending |= (sig_atomic_t)handled[i].event;
	}
}

void signals_open(struct signals *signals)
{
	struct sigaction action = {.sa_handler = on_signal};
	sigset_t set;

	sigemptyset(&action.sa_mask);
	sigemptyset(&set);
	for (size_t i = 0; i < HANDLED; i++)
		sigaddset(&set, handled[i].number);
	sigprocmask(SIG_BLOCK, &set, &signals->waiting);
	/* A parent may have left them blocked; while waiting they must come through. */
	for (size_t i = 0; i < HANDLED; i++) {
		sigdelset(&signals->waiting, handled[i].number);
		sigaction(handled[i].number, &action, NULL);
	}
}

void signals_close(struct signals *signals)
{
	/* A terminal that goes away says so twice: the second time must not end it half closed. */
	for (size_t i = 0; i < HANDLED; i++)
		signal(handled[i].number, handled[i].number == SIGHUP ? SIG_IGN : SIG_DFL);
	sigprocmask(SIG_SETMASK, &signals->waiting, NULL);
}

unsigned signals_take(const struct signals *signals)
{
	unsigned events;
	sigset_t blocked;

	/* ppoll() lets none through while packets come faster than they are read. */
	sigprocmask(SIG_SETMASK, &signals->waiting, &blocked);
	sigprocmask(SIG_SETMASK, &blocked, NULL);
	events = (unsigned)signal_pending; /* no race: from here on they are blocked */
	signal_pending = 0;
	return events;
}

void signals_stop(void)
{
	struct sigaction action = {.sa_handler = SIG_DFL}, before;
	sigset_t set;

	sigemptyset(&action.sa_mask);
	sigaction(SIGTSTP, &action, &before);
	raise(SIGTSTP);
	sigemptyset(&set);
	sigaddset(&set, SIGTSTP);
	sigprocmask(SIG_UNBLOCK, &set, NULL); /* here it stops, and here it goes on */
	sigprocmask(SIG_BLOCK, &set, NULL);
	sigaction(SIGTSTP, &before, NULL);
}

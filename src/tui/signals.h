/* SPDX-License-Identifier: BSD-3-Clause */
/* The signals of the view: noted in one flag, delivered only while it waits. */
#ifndef TUI_SIGNALS_H
#define TUI_SIGNALS_H

#include <signal.h>
#include <stdbool.h>

enum signal_event {
	SIGNAL_QUIT = 1,    /* SIGINT, SIGTERM, SIGHUP */
	SIGNAL_SUSPEND = 2, /* SIGTSTP */
	SIGNAL_RESIZE = 4,  /* SIGWINCH */
	SIGNAL_RESUMED = 8, /* SIGCONT */
};

struct signals {
	sigset_t waiting; /* the mask for ppoll(): the one from before */
};

/* Blocks the signals and installs the handlers; signals_close() undoes both. */
void signals_open(struct signals *signals);
void signals_close(struct signals *signals);
/* The enum signal_event bits since the last call. */
unsigned signals_take(const struct signals *signals);
/* Stops the process as Ctrl-Z does; returns when it is continued. */
void signals_stop(void);

#endif

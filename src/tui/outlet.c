/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/outlet.h"

#include "base/file.h"
#include "base/thread.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#define ALARM     SIGUSR1   /* gets the thread out of a write that waits */
#define PIPE_ROOM (1 << 20) /* a drawing of a large screen in 2^24 colours is 100 KiB */

struct outlet {
	int out; /* curses's: the pipe's writing end for the time being */
	int terminal;
	int from; /* the pipe's reading end */
	atomic_bool busy, dropping;
	pthread_t thread;
};

/* Who was stopped in the middle of a drawing and is woken in the background finds the shell on the
 * terminal: the rest is not for it, and after fg all is drawn anew. */
static bool is_in_front(int terminal)
{
	pid_t front = tcgetpgrp(terminal);

	return front < 0 || front == getpgrp();
}

/* A terminal that is gone takes everything: whoever reads its keys will learn of it. */
static void give(struct outlet *outlet, const char *octets, size_t count)
{
	while (count > 0 && !atomic_load(&outlet->dropping) && is_in_front(outlet->terminal)) {
		ssize_t taken = write(outlet->terminal, octets, count);

		if (taken < 0 && !file_try_again(outlet->terminal))
			return;
		if (taken > 0) {
			octets += taken;
			count -= (size_t)taken;
		}
	}
}

static void *carry(void *context)
{
	struct outlet *outlet = context;
	struct pollfd wait = {.fd = outlet->from, .events = POLLIN};
	char octets[4096];
	ssize_t count = 1;
	sigset_t alarm;

	sigemptyset(&alarm);
	sigaddset(&alarm, ALARM);
	pthread_sigmask(SIG_UNBLOCK, &alarm, NULL);
	while (count > 0) {
		while (poll(&wait, 1, -1) < 0 && errno == EINTR)
			;
		/* Before they leave the pipe: one of the two always shows that something is on
		 * its way. */
		atomic_store(&outlet->busy, true);
		count = read(outlet->from, octets, sizeof(octets));
		if (count > 0)
			give(outlet, octets, (size_t)count);
		atomic_store(&outlet->busy, false);
	}
	return NULL;
}

static void wake(int number)
{
	(void)number; /* that it came is enough: a write ends */
}

static bool make_pipe(int ends[2])
{
	struct sigaction action = {.sa_handler = wake};

	if (pipe(ends) != 0)
		return false;
#ifdef F_SETPIPE_SZ
	fcntl(ends[1], F_SETPIPE_SZ, PIPE_ROOM);
#endif
	sigemptyset(&action.sa_mask);
	sigaction(ALARM, &action, NULL);
	return true;
}

struct outlet *outlet_open(int out)
{
	struct outlet *outlet = calloc(1, sizeof(*outlet));
	int ends[2] = {-1, -1};

	if (outlet == NULL)
		return NULL;
	outlet->out = out;
	outlet->terminal = fcntl(out, F_DUPFD_CLOEXEC, 0);
	if (outlet->terminal < 0 || !make_pipe(ends))
		goto fail;
	outlet->from = ends[0];
	if (dup2(ends[1], out) < 0)
		goto fail;
	close(ends[1]);
	ends[1] = -1;
	if (thread_start(&outlet->thread, carry, outlet))
		return outlet;
	dup2(outlet->terminal, out);
fail:
	if (ends[0] >= 0)
		close(ends[0]);
	if (ends[1] >= 0)
		close(ends[1]);
	if (outlet->terminal >= 0)
		close(outlet->terminal);
	free(outlet);
	return NULL;
}

bool outlet_is_idle(const struct outlet *outlet)
{
	int waiting = 0;

	return ioctl(outlet->from, FIONREAD, &waiting) == 0 && waiting == 0 &&
	       !atomic_load(&outlet->busy);
}

/* Ends the write that waits and drops what else is on its way, in the terminal's queue as well:
 * curses's last words need some room there. */
static void drop(struct outlet *outlet)
{
	atomic_store(&outlet->dropping, true);
	do {
		pthread_kill(outlet->thread, ALARM);
		poll(NULL, 0, 5);
	} while (!outlet_is_idle(outlet));
	tcflush(outlet->terminal, TCOFLUSH);
}

void outlet_close(struct outlet *outlet, int patience)
{
	for (; patience > 0 && !outlet_is_idle(outlet); patience -= 5)
		poll(NULL, 0, 5);
	if (!outlet_is_idle(outlet))
		drop(outlet);
	dup2(outlet->terminal, outlet->out); /* the pipe's last writer goes */
	pthread_join(outlet->thread, NULL);
	close(outlet->from);
	close(outlet->terminal);
	free(outlet);
}

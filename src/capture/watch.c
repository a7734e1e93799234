/* SPDX-License-Identifier: BSD-3-Clause */
#include "capture/watch.h"

#ifdef __linux__
#include <stdint.h>
#include <sys/inotify.h>
#include <unistd.h>

int watch_open(const char *path)
{
	int watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);

	if (watch >= 0 && inotify_add_watch(watch, path, IN_MODIFY | IN_CLOSE_WRITE) < 0) {
		close(watch);
		watch = -1;
	}
	return watch;
}

void watch_drain(int watch)
{
	uint8_t events[4096];

	while (read(watch, events, sizeof(events)) > 0)
		;
}

#else

int watch_open(const char *path)
{
	(void)path;
	return -1;
}

void watch_drain(int watch)
{
	(void)watch;
}

#endif

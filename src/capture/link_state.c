/* SPDX-License-Identifier: BSD-3-Clause */
#include "capture/link_state.h"

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

struct link_state {
	int socket; /* any socket will do to ask */
	bool down;  /* as last told */
	struct ifreq request;
};

/* Asks; returns the change without remembering it. */
static enum link_change ask(const struct link_state *state)
{
	struct ifreq answer = state->request;
	bool down;

	if (ioctl(state->socket, SIOCGIFFLAGS, &answer) < 0)
		return errno == ENODEV || errno == ENXIO ? LINK_GONE : LINK_SAME;
	down = (answer.ifr_flags & IFF_UP) == 0;
	if (down == state->down)
		return LINK_SAME;
	return down ? LINK_DOWN : LINK_UP;
}

struct link_state *link_state_open(const char *name)
{
	struct link_state *state = calloc(1, sizeof(*state));
	size_t length = strlen(name);

	if (state == NULL)
		return NULL;
	state->socket = socket(AF_INET, SOCK_DGRAM, 0);
	if (state->socket >= 0)
		fcntl(state->socket, F_SETFD, FD_CLOEXEC);
	if (state->socket >= 0 && length < sizeof(state->request.ifr_name)) {
		memcpy(state->request.ifr_name, name, length + 1);
		if (ask(state) != LINK_GONE)
			return state;
	}
	link_state_close(state);
	return NULL;
}

void link_state_close(struct link_state *state)
{
	if (state == NULL)
		return;
	if (state->socket >= 0)
		close(state->socket);
	free(state);
}

enum link_change link_state_change(struct link_state *state)
{
	enum link_change change = ask(state);

	if (change == LINK_DOWN || change == LINK_UP)
		state->down = change == LINK_DOWN;
	return change;
}

bool link_state_was_down(const struct link_state *state)
{
	return state != NULL && state->down;
}

bool link_state_is_down(const struct link_state *state)
{
	enum link_change change;

	if (state == NULL)
		return false;
	change = ask(state);
	return change == LINK_DOWN || (change == LINK_SAME && state->down);
}

/* SPDX-License-Identifier: BSD-3-Clause */
/* Is an interface up? Asked now and then; says what changed. */
#ifndef CAPTURE_LINK_STATE_H
#define CAPTURE_LINK_STATE_H

#include <stdbool.h>

struct link_state;

enum link_change {
	LINK_SAME,
	LINK_DOWN,
	LINK_UP,
	LINK_GONE, /* the interface doesn't exist any more */
};

/* NULL if this can't be asked, e.g. since it is no network interface. */
struct link_state *link_state_open(const char *name);
void link_state_close(struct link_state *state);

/* What changed since the last call; at first since it was up. */
enum link_change link_state_change(struct link_state *state);
/* As link_state_change() told last. */
bool link_state_was_down(const struct link_state *state);
/* Now. False where it can't be asked (NULL). */
bool link_state_is_down(const struct link_state *state);

#endif

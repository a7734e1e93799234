/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where a row's arrow begins and ends on the two lifelines. The scale of time is set by the
 * round trip of the open: half of it is FLIGHT high, shared between the two ways from the
 * point of capture. Rows never stand closer than text needs, and a silence longer than
 * SILENCE is cut short, so the slope is to scale and the distances are as far as there is room.
 */
#ifndef RENDER_PICTURE_PLACE_H
#define RENDER_PICTURE_PLACE_H

#include <tcphs/ladder.h>

struct placing {
	double to_client, to_server; /* from the capture's point, in height */
	double scale;                /* height of a nanosecond; 0: no round trip is known */
	double tap;                  /* where the last row passed the capture's point */
	double end[2];               /* the lowest arrow's end on each lifeline */
	double low;                  /* the lowest end of any arrow */
	bool arrival[2];             /* that end is an arrival */
	double text[2];              /* the lowest text beside each lifeline */
	int64_t time;                /* of the last row */
	bool begun;
};

struct placed {
	double sent, arrived; /* heights on the sender's and the receiver's lifeline */
	bool cut;             /* the silence before it was cut short */
	double cut_at;
};

void placing_begin(struct placing *placing, const struct tcphs_connection *connection, double top);
/* text: which lifelines get a text at the arrow's end, which needs room of its own. */
struct placed placing_row(struct placing *placing, const struct tcphs_row *row, const bool text[2]);
/* Takes `height` over the full breadth, below all that is there; returns where it begins. */
double placing_band(struct placing *placing, double height);

#endif

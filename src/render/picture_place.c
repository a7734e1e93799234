/* SPDX-License-Identifier: BSD-3-Clause */
#include "render/picture_place.h"

#define FLIGHT  28.0 /* height of half a round trip */
#define STEP    25.0 /* between two arrows from or to the same side */
#define SILENCE 72.0 /* the highest distance between two rows */
#define REPLY   8.0  /* from an arrival to the departure that answers it */
#define FIRST   15.0 /* below a band */
#define TEXT    17.0 /* between two texts beside a lifeline */

static double max_of(double a, double b)
{
	return a > b ? a : b;
}

void placing_begin(struct placing *placing, const struct tcphs_connection *connection, double top)
{
	const struct tcphs_open *open = &connection->open;
	double client = (double)open->rtt_to_client, server = (double)open->rtt_to_server;

	*placing = (struct placing){.tap = top, .end = {top, top}, .text = {top, top}};
	if (client < 0 || server < 0 || client + server <= 0) {
		placing->to_client = placing->to_server = FLIGHT / 3;
		return;
	}
	placing->scale = FLIGHT / ((client + server) / 2);
	placing->to_client = FLIGHT * client / (client + server);
	placing->to_server = FLIGHT * server / (client + server);
}

/* The least height of the next arrow's end on lifeline `side`. A label that stands near the
 * sender needs the room above it. */
static double least(const struct placing *placing, int side, bool arrival, bool text, bool near)
{
	double step = arrival == placing->arrival[side] || near ? STEP : REPLY;
	double least = placing->end[side] + (placing->begun ? step : FIRST);

	return text ? max_of(least, placing->text[side] + TEXT) : least;
}

static void reach(struct placing *placing, int side, double height, bool arrival, bool text)
{
	placing->end[side] = height;
	placing->arrival[side] = arrival;
	if (text)
		placing->text[side] = height;
}

struct placed placing_row(struct placing *placing, const struct tcphs_row *row, const bool text[2])
{
	int from = row->from == TCPHS_CLIENT ? 0 : 1, to = 1 - from;
	double before = from == 0 ? placing->to_client : placing->to_server;
	double after = from == 0 ? placing->to_server : placing->to_client;
	double silence = placing->begun ? (double)(row->time - placing->time) * placing->scale : 0;
	double lowest = max_of(placing->end[0], placing->end[1]), tap = placing->tap;
	bool arrives = !row->late && row->fate != TCPHS_LOST;
	struct placed placed;

	if (silence > 0)
		tap += silence > SILENCE ? SILENCE : silence;
	tap = max_of(tap, least(placing, from, false, text[from], !arrives) + before);
	if (arrives)
		tap = max_of(tap, least(placing, to, true, text[to], false) - after);
	placed.sent = tap - before;
	placed.arrived = tap + after;
	placed.cut_at = (lowest + placed.sent) / 2;
	placed.cut = silence > SILENCE * 1.5 && placed.sent - lowest > STEP;
	reach(placing, from, placed.sent, false, text[from]);
	if (arrives)
		reach(placing, to, placed.arrived, true, text[to]);
	placing->tap = tap;
	placing->low = max_of(placing->low, max_of(placed.sent, placed.arrived));
	placing->time = row->time;
	placing->begun = true;
	return placed;
}

double placing_band(struct placing *placing, double height)
{
	double top = max_of(placing->end[0], placing->end[1]);

	top = max_of(top, placing->low);
	top = max_of(top, max_of(placing->text[0], placing->text[1]) + TEXT / 2);
	placing->end[0] = placing->end[1] = placing->tap = top + height;
	placing->text[0] = placing->text[1] = top + height;
	placing->begun = false;
	return top;
}

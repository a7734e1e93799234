/* SPDX-License-Identifier: BSD-3-Clause */
/* Words of a template that are one phrase of several: which, the numbers decide. */
#include "model/sentence_fill.h"

#include <inttypes.h>
#include <stdlib.h>

#include "model/model.h"

/* ---- how long SYNs are apart ---- */

#define SECOND 10 /* in tenths */
#define LINEAR 5  /* times that Linux 6.5 and later wait a second each */

static unsigned gaps(const struct tcphs_diagnosis *d)
{
	unsigned count = 0;

	while (count < TCPHS_APART && d->apart[count] != 0)
		count++;
	return count;
}

/* ", 1, 2 and 4 s apart" */
void sentence_fill_apart(struct filling *filling, int unused)
{
	const struct tcphs_diagnosis *d = filling->diagnosis;
	unsigned count = gaps(d);
	bool more = d->detail[0] > (int64_t)count + 1;

	(void)unused;
	for (unsigned i = 0; i < count; i++) {
		bool last = i > 0 && i + 1 == count && !more;

		bounded_addf(&filling->out, "%s%u", last ? " and " : ", ", d->apart[i] / SECOND);
		if (d->apart[i] % SECOND != 0)
			bounded_addf(&filling->out, ".%u", d->apart[i] % SECOND);
	}
	if (count > 0)
		bounded_add(&filling->out, more ? " … s apart" : " s apart");
}

/* Timers wait a little longer than they are set to, and a path varies: a fifth more or less. */
static bool is_about(unsigned tenths, unsigned wanted)
{
	return (unsigned)abs((int)tenths - (int)wanted) * 5 <= wanted;
}

/* Does each pause behind `i` double the one before? */
static bool doubles_from(const struct tcphs_diagnosis *d, unsigned i)
{
	for (unsigned count = gaps(d); i + 1 < count; i++)
		if (!is_about(d->apart[i + 1], 2u * d->apart[i]))
			return false;
	return true;
}

void sentence_fill_backoff(struct filling *filling, int unused)
{
	const struct tcphs_diagnosis *d = filling->diagnosis;
	unsigned ones = 0, count = gaps(d);
	const char *words =
	    "the standard is 1, 2, 4 s; Linux 6.5 and later first wait five times 1 s";

	(void)unused;
	while (ones < count && is_about(d->apart[ones], SECOND))
		ones++;
	if (ones == 1 && doubles_from(d, 0))
		words = "the standard back-off";
	else if (ones > 1 && ones <= LINEAR && doubles_from(d, ones - 1))
		words = "Linux 6.5 and later first wait five times 1 s";
	else if (count > 0 && is_about(d->apart[0], 3 * SECOND) && doubles_from(d, 0))
		words = "the back-off of before 2011, which began with 3 s";
	bounded_add(&filling->out, words);
}

/* ---- how long TIME-WAIT lasts ---- */

void sentence_fill_waits(struct filling *filling, int which)
{
	bounded_add(&filling->out,
	            filling->diagnosis->detail[which] < TWO_MSL_LINUX
	                ? "is still in TIME-WAIT"
	                : "may still be in TIME-WAIT (240 s by the RFC, 60 s with Linux)");
}

void sentence_fill_msl(struct filling *filling, int which)
{
	bounded_add(&filling->out, filling->diagnosis->detail[which] < TWO_MSL_LINUX
	                               ? "before the network forgot the old one"
	                               : "within the RFC's 240 s, beyond Linux's 60 s");
}

/* ---- how long a header may be ---- */

void sentence_fill_room(struct filling *filling, int which)
{
	const int64_t *detail = filling->diagnosis->detail;

	if (detail[!which] < detail[which])
		bounded_add(&filling->out, "it has at least 20");
	else
		bounded_addf(&filling->out, "the segment has only %" PRId64, detail[which]);
}

/* ---- why a SYN-ACK comes again ---- */

void sentence_fill_heard(struct filling *filling, int which)
{
	bounded_add(&filling->out, filling->diagnosis->detail[which] > 0
	                               ? "an old one, the third segment had been heard"
	                               : "no third segment was heard");
}

/* ---- what a server does with a SYN's data ---- */

void sentence_fill_held(struct filling *filling, int which)
{
	bounded_add(&filling->out, filling->diagnosis->detail[which] > 0
	                               ? "which the server takes at once, without a cookie"
	                               : "held back until the open completes");
}

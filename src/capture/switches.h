/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Which packets of a merged stream came from which capture: the runs between switches, two
 * octets each in the usual case, with marks from which a look-up starts.
 */
#ifndef CAPTURE_SWITCHES_H
#define CAPTURE_SWITCHES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SWITCHES_OCTETS ((size_t)1 << 30) /* of runs: half a billion switches, as a rule */

struct switches {
	size_t captures;
	size_t most;      /* octets of runs: SWITCHES_OCTETS */
	uint64_t total;   /* packets, the open run included */
	size_t capture;   /* of the open run */
	uint64_t length;  /* of the open run */
	uint64_t *counts; /* packets per capture, the open run not included */
	uint8_t *runs;    /* closed runs: capture and length as variable-length numbers */
	size_t used, room;
	uint64_t *marks; /* each: packets before, octets of runs before, counts[captures] */
	size_t mark_count, mark_room;
	size_t since_mark; /* runs */
};

/* False if memory is exhausted. */
bool switches_init(struct switches *switches, size_t captures);
void switches_free(struct switches *switches);

/* The next `count` packets are of `capture`. False if memory is exhausted, or switches_full(). */
bool switches_add(struct switches *switches, size_t capture, uint64_t count);
bool switches_full(const struct switches *switches);

/* The capture of packet `number` (from 1, ≤ total) and its number there. */
void switches_locate(const struct switches *switches, uint64_t number, size_t *capture,
                     uint64_t *in_capture);
/* counts[captures]: packets of each capture before packet `number` (≤ total + 1). */
void switches_before(const struct switches *switches, uint64_t number, uint64_t *counts);

#endif

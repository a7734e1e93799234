/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Do ISNs lie on a line over time, modulo 2^32? Then they are a clock without a secret.
 *
 * The gaps from one ISN to the next are taken from the shortest to the longest: the shortest
 * gives the rate (once for each number of whole turns that the counter may have made in it),
 * every longer one must agree within 2 % and makes the rate finer. Shorter ones than a few
 * milliseconds say nothing: what a path and a scheduler add is of that size.
 */
#ifndef MODEL_ISN_LINE_H
#define MODEL_ISN_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct isn_point {
	int64_t time; /* ns */
	uint64_t packet;
	uint32_t isn, peer_isn;
	bool peer_known, stamped;
};

struct isn_gap {
	double seconds;
	uint32_t ticks; /* modulo 2^32 */
};

struct isn_line {
	double rate;   /* ticks a second */
	double off;    /* ticks, the farthest that an ISN was from where the clock put it */
	double chance; /* that random numbers fit as well */
	bool even;     /* the gaps are all alike: a constant step looks the same */
};

/* Fits point[0..count), sorted by time; gap[] has room for count - 1. False if there is no
 * such line, or none that chance would not explain. */
bool isn_line_fit(const struct isn_point *point, size_t count, struct isn_gap *gap,
                  struct isn_line *line);

#endif

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The tests of one host's ISNs, one sample a 4-tuple. Conditions, sample sizes and error rates
 * are those of tcphs-checks(7); of several patterns that hold, the most telling one is said.
 */
#ifndef MODEL_ISN_TESTS_H
#define MODEL_ISN_TESTS_H

#include <tcphs/isn.h>
#include "model/isn_line.h"

#define ISN_BIT(code) ((uint16_t)(1u << ((code)-TCPHS_D_ISN_ZERO)))

/* Takes away what is the same connection seen through an address translator; sorts by time.
 * *repeat is the packet of the first ISN that repeats another, or 0; *pairs how many pairs. */
size_t isn_points_prepare(struct isn_point *point, size_t count, uint32_t *pairs, uint64_t *repeat,
                          uint32_t *repeated);

/* Tests point[0..count), sorted by time, and sets verdict, codes, needed, chance, bits, fixed,
 * steps and rate of *report; its `repeats` and `samples` are given. gap[] has room for count. */
void isn_tests_run(const struct isn_point *point, size_t count, struct isn_gap *gap,
                   struct tcphs_isn_report *report);

#endif

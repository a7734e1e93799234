/* SPDX-License-Identifier: BSD-3-Clause */
/* What belongs to a selection; for those who read again. */
#ifndef TRACK_SELECTION_MATCH_H
#define TRACK_SELECTION_MATCH_H

#include "track/selection.h"

/* Brings the items in order, for what follows; false: memory is exhausted. */
bool selection_sort(struct selection *selection);
/* Is it a segment of a selected connection, or an ICMP error about one? `decoder` made it. */
bool selection_has(const struct selection *selection, const struct tcphs_decoder *decoder,
                   const struct tcphs_segment *segment);
/* Whether its 4-tuple is that of any selected connection. */
bool selection_has_tuple(const struct selection *selection, const struct tcphs_segment *segment);
/* The first and the last packet of what is selected; false if nothing is. */
bool selection_stretch(const struct selection *selection, uint64_t *first, uint64_t *last);

#endif

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Several captures as one stream in time order. The order of the packets within a capture is
 * kept, even where its times run backwards. Captures are opened when their first packet's
 * turn comes, so that a thousand rotated files need the buffer of one.
 */
#ifndef CAPTURE_MERGE_H
#define CAPTURE_MERGE_H

#include <tcphs/source.h>
#include "capture/reader.h"
#include "capture/switches.h"

struct merge;

/* Room for `count` captures. NULL and an error if memory is exhausted. */
struct merge *merge_new(size_t count, struct switches *switches, struct tcphs_error *error);
/* Adds capture `index` of the run, whose first packet is *first. A reader that can't be opened
 * again is handed over, with *first read from it and still valid; otherwise it is NULL. False
 * if memory is exhausted. */
bool merge_add(struct merge *merge, struct capture *capture, size_t index, struct reader *reader,
               const struct tcphs_packet *first);
/* Makes *why what is said at the end, unless something else is already. */
void merge_note_damage(struct merge *merge, const struct tcphs_error *why);
/* Another merge of the same captures, at their start; for captures that can be read again. */
struct merge *merge_copy(const struct merge *merge, struct tcphs_error *error);
void merge_free(struct merge *merge);

/* As tcphs_source_read(). The damage of one capture ends that one only; what is said with END
 * is the first damage met. */
enum tcphs_source_state merge_read(struct merge *merge, struct tcphs_packet *batch, size_t max,
                                   size_t *count, struct tcphs_error *error);
bool merge_seek(struct merge *merge, uint64_t number, struct tcphs_error *error);

/* Octets of the files read so far. */
uint64_t merge_taken(const struct merge *merge);

#endif

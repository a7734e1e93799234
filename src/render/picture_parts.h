/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside of picture*.c: a ladder that is being drawn, and its lines. */
#ifndef RENDER_PICTURE_PARTS_H
#define RENDER_PICTURE_PARTS_H

#include "render/picture.h"
#include "render/picture_arrow.h"
#include "render/picture_place.h"

#define LATE_MAX 16 /* arrows in the air at once; more arrive at once */

struct flying {
	uint32_t line;
	double sent, arrived;
	int from;
};

struct picture {
	struct text *out; /* what stands above the lifelines' layer */
	struct text cuts; /* where a lifeline is broken */
	const struct tcphs_ladder *ladder;
	const struct picture_options *options;
	const struct geometry *geometry;
	struct placing placing;
	struct flying flying[LATE_MAX]; /* late segments: drawn once it is known what they cross */
	size_t in_air;
	double part_top[3], part_end[3];
	double time_end;  /* the lowest time */
	uint8_t state[2]; /* last drawn */
	bool certain[2];
};

/* Each line is a group, which a page can show step by step and explains when pointed at. */
void picture_open_group(struct picture *picture, size_t index);
void picture_close_group(struct picture *picture);
void picture_draw_state(struct picture *picture, int side, double y, uint8_t state, bool certain,
                        bool strong);
void picture_draw_time(struct picture *picture, size_t index, double y);
/* A late segment arrives after whatever its receiver has sent meanwhile; -1: all of them now. */
void picture_land_flying(struct picture *picture, int sender_of_next, double sent_next);

/* picture_bands.c: the lines that are no segment, each over the full breadth. */
void picture_run(struct picture *picture, size_t index);
void picture_gap(struct picture *picture, size_t index);
void picture_remark(struct picture *picture, size_t index);
void picture_dropped(struct picture *picture, size_t index);
void picture_start(struct picture *picture, size_t index);
void picture_end(struct picture *picture, size_t index);

#endif

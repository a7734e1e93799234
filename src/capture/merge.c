/* SPDX-License-Identifier: BSD-3-Clause */
#include "capture/merge.h"

#include <stdlib.h>
#include <string.h>

#define SLOT_BATCH 256

/* A capture's part in the merge. */
struct slot {
	struct capture *capture;
	size_t index; /* among the run's captures */
	struct reader *reader;
	struct tcphs_packet *batch; /* SLOT_BATCH, read ahead */
	size_t next, count;         /* batch[next..count) is still to be given */
	bool done;
};

struct merge {
	struct switches *switches;
	struct slot *slots; /* ordered by first packet */
	size_t count;
	size_t opened;   /* slots[opened..count) have given nothing yet and aren't open */
	uint64_t number; /* of the last packet given */
	uint64_t taken;  /* octets of those done */
	struct tcphs_error damage;
};

struct merge *merge_new(size_t count, struct switches *switches, struct tcphs_error *error)
{
	struct merge *merge = calloc(1, sizeof(*merge));

	if (merge != NULL)
		merge->slots = calloc(count, sizeof(*merge->slots));
	if (merge == NULL || merge->slots == NULL) {
		free(merge);
		tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted");
		return NULL;
	}
	merge->switches = switches;
	return merge;
}

/* By time; captures that begin at the same nanosecond by name, so that the order on the
 * command line makes no difference. */
static bool comes_before(const struct capture *a, const struct capture *b)
{
	if (a->first_time != b->first_time)
		return a->first_time < b->first_time;
	return strcmp(a->file.name, b->file.name) < 0;
}

bool merge_add(struct merge *merge, struct capture *capture, size_t index, struct reader *reader,
               const struct tcphs_packet *first)
{
	struct slot slot = {.capture = capture, .index = index, .reader = reader};
	size_t place = merge->count;

	capture->first_time = first->time;
	if (reader != NULL) {
		slot.batch = malloc(SLOT_BATCH * sizeof(*slot.batch));
		if (slot.batch == NULL)
			return false;
		slot.batch[0] = *first;
		slot.count = 1;
		reader->input->patient = true; /* its next packet decides the order */
	}
	while (place > 0 && comes_before(capture, merge->slots[place - 1].capture))
		place--;
	memmove(&merge->slots[place + 1], &merge->slots[place],
	        (merge->count++ - place) * sizeof(slot));
	merge->slots[place] = slot;
	return true;
}

void merge_note_damage(struct merge *merge, const struct tcphs_error *why)
{
	if (why->status != TCPHS_OK && merge->damage.status == TCPHS_OK)
		merge->damage = *why;
}

struct merge *merge_copy(const struct merge *merge, struct tcphs_error *error)
{
	struct merge *copy = merge_new(merge->count > 0 ? merge->count : 1, merge->switches, error);

	if (copy == NULL)
		return NULL;
	copy->count = merge->count;
	for (size_t i = 0; i < merge->count; i++) {
		copy->slots[i].capture = merge->slots[i].capture;
		copy->slots[i].index = merge->slots[i].index;
	}
	return copy;
}

static void close_slot(struct slot *slot)
{
	reader_close(slot->reader);
	free(slot->batch);
	slot->reader = NULL;
	slot->batch = NULL;
	slot->next = slot->count = 0;
}

void merge_free(struct merge *merge)
{
	if (merge == NULL)
		return;
	for (size_t i = 0; i < merge->count; i++)
		close_slot(&merge->slots[i]);
	free(merge->slots);
	free(merge);
}

/* This capture gives no more; *why says it if it is damaged. */
static void finish_slot(struct merge *merge, struct slot *slot, const struct tcphs_error *why)
{
	merge_note_damage(merge, why);
	if (slot->reader != NULL)
		merge->taken += slot->reader->input->taken;
	close_slot(slot);
	slot->done = true;
}

static void refill_slot(struct merge *merge, struct slot *slot)
{
	struct tcphs_error why = {0};

	slot->next = slot->count = 0;
	if (slot->reader->ops->read(slot->reader, slot->batch, SLOT_BATCH, &slot->count, &why) !=
	    TCPHS_SOURCE_MORE)
		finish_slot(merge, slot, &why);
}

/* Opens a capture at its packet `number` and reads ahead. */
static void open_slot(struct merge *merge, struct slot *slot, uint64_t number)
{
	struct tcphs_error why = {0};

	if (slot->count > 0) /* a pipe */
		return;
	slot->batch = malloc(SLOT_BATCH * sizeof(*slot->batch));
	if (slot->batch == NULL)
		tcphs_error_set(&why, TCPHS_NOMEM, "memory is exhausted");
	else
		slot->reader = reader_open(slot->capture, false, &why);
	if (slot->reader != NULL &&
	    (number == slot->reader->number + 1 || reader_seek(slot->reader, number, &why)))
		refill_slot(merge, slot);
	else
		finish_slot(merge, slot, &why);
}

/* Time of the slot's next packet. */
static int64_t slot_time(const struct slot *slot)
{
	return slot->count > 0 ? slot->batch[slot->next].time : slot->capture->first_time;
}

struct turn {
	struct slot *slot;   /* whose packet is next, NULL if there is none */
	struct slot *second; /* who comes after it, or NULL */
};

/* Of equal times the earlier slot is first. */
static struct turn next_turn(struct merge *merge)
{
	size_t end = merge->opened < merge->count ? merge->opened + 1 : merge->count;
	struct turn turn = {0};

	for (size_t i = 0; i < end; i++) {
		struct slot *slot = &merge->slots[i];

		if (slot->done)
			continue;
		if (turn.slot == NULL || slot_time(slot) < slot_time(turn.slot)) {
			turn.second = turn.slot;
			turn.slot = slot;
		} else if (turn.second == NULL || slot_time(slot) < slot_time(turn.second)) {
			turn.second = slot;
		}
	}
	return turn;
}

/* May the slot go on, or is it another one's turn? */
static bool keeps_turn(const struct turn *turn)
{
	int64_t mine = slot_time(turn->slot);

	if (turn->second == NULL)
		return true;
	return mine < slot_time(turn->second) ||
	       (mine == slot_time(turn->second) && turn->slot < turn->second);
}

/* Gives the packets of turn->slot that come before anybody else's; returns how many. */
static size_t give_run(struct merge *merge, const struct turn *turn, struct tcphs_packet *batch,
                       size_t max)
{
	struct slot *slot = turn->slot;
	size_t count = 0;

	do {
		batch[count] = slot->batch[slot->next++];
		batch[count++].number = ++merge->number;
	} while (count < max && slot->next < slot->count && keeps_turn(turn));
	return count;
}

/* Remembers whose the last `count` packets were, unless an earlier reading did. */
static bool note_run(struct merge *merge, const struct slot *slot, size_t count)
{
	uint64_t known = merge->switches->total;

	if (merge->number <= known)
		return true;
	if (merge->number - known < count)
		count = (size_t)(merge->number - known);
	return switches_add(merge->switches, slot->index, count);
}

/* Whose packets these are can't be remembered. */
static void set_untold(const struct merge *merge, struct tcphs_error *error)
{
	if (switches_full(merge->switches))
		tcphs_error_set(error, TCPHS_NOMEM,
		                "packet %llu: the packets of the %zu files take turns too often to "
		                "be found again; read fewer files at once, or mergecap's copy",
		                (unsigned long long)merge->number, merge->count);
	else
		tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted");
}

enum tcphs_source_state merge_read(struct merge *merge, struct tcphs_packet *batch, size_t max,
                                   size_t *count, struct tcphs_error *error)
{
	*count = 0;
	/* A refill makes the octets given before invalid: only at the start of a call. */
	for (size_t i = 0; i < merge->opened; i++)
		if (!merge->slots[i].done && merge->slots[i].next == merge->slots[i].count)
			refill_slot(merge, &merge->slots[i]);
	while (*count < max) {
		struct turn turn = next_turn(merge);
		size_t run;

		if (turn.slot == NULL)
			break;
		if (turn.slot == &merge->slots[merge->opened] && merge->opened < merge->count) {
			merge->opened++;
			open_slot(merge, turn.slot, 1);
			continue;
		}
		run = give_run(merge, &turn, batch + *count, max - *count);
		*count += run;
		if (!note_run(merge, turn.slot, run)) {
			set_untold(merge, error);
			return TCPHS_SOURCE_ERROR;
		}
		if (turn.slot->next == turn.slot->count)
			return TCPHS_SOURCE_MORE;
	}
	if (*count > 0)
		return TCPHS_SOURCE_MORE;
	if (merge->damage.status != TCPHS_OK && error != NULL)
		*error = merge->damage;
	return TCPHS_SOURCE_END;
}

bool merge_seek(struct merge *merge, uint64_t number, struct tcphs_error *error)
{
	uint64_t *before;

	if (number > merge->switches->total + 1) {
		tcphs_error_set(error, TCPHS_USAGE, "packet %llu was not read yet",
		                (unsigned long long)number);
		return false;
	}
	before = malloc(merge->switches->captures * sizeof(*before));
	if (before == NULL) {
		tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted");
		return false;
	}
	switches_before(merge->switches, number, before);
	merge->opened = 0;
	merge->taken = 0;
	for (size_t i = 0; i < merge->count; i++) {
		struct slot *slot = &merge->slots[i];
		uint64_t given = before[slot->index];

		close_slot(slot);
		slot->done = slot->capture->ended && slot->capture->packets == given && given > 0;
		if (given == 0)
			continue;
		merge->opened = i + 1;
		if (!slot->done)
			open_slot(merge, slot, given + 1);
	}
	free(before);
	merge->number = number - 1;
	return true;
}

uint64_t merge_taken(const struct merge *merge)
{
	uint64_t taken = merge->taken;

	for (size_t i = 0; i < merge->count; i++)
		if (merge->slots[i].reader != NULL)
			taken += merge->slots[i].reader->input->taken;
	return taken;
}

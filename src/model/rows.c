/* SPDX-License-Identifier: BSD-3-Clause */
/* The rows of the ladder: what was captured, and the diagnoses; paint.c adds the states. */
#include "model/model.h"

#include "model/reach.h"

#include <stdlib.h>
#include <string.h>

static uint8_t role_of(const struct model *m, uint32_t i)
{
	const struct event *p = &m->in->event[i];
	int a = m->fin[1] < m->fin[0];

	if (p->bits & (EVENT_DEAD | EVENT_RUN))
		return TCPHS_ROLE_NONE;
	if (event_is_rst(p))
		return TCPHS_ROLE_RST;
	if (event_is_syn(p))
		return TCPHS_ROLE_SYN;
	if (event_is_synack(p))
		return TCPHS_ROLE_SYNACK;
	if (i == m->fin[a] && i != NO_EVENT)
		return TCPHS_ROLE_FIN1;
	if (i == m->fin[!a])
		return TCPHS_ROLE_FIN2;
	if (i == m->third)
		return TCPHS_ROLE_ACK;
	if (i == m->fin_ack[a])
		return TCPHS_ROLE_ACK1;
	if (i == m->fin_ack[!a])
		return TCPHS_ROLE_ACK2;
	return event_data(p) > 0 ? TCPHS_ROLE_DATA : TCPHS_ROLE_NONE;
}

static void fill_segment(const struct model *m, struct tcphs_row *row, uint32_t i)
{
	const struct event *p = &m->in->event[i];

	row->packet = model_packet(m, i);
	row->time = model_time(m, i);
	row->from = model_word(m, event_side(p));
	row->flags = p->bits & EVENT_FLAGS;
	row->quiet = (p->bits & EVENT_QUIET) != 0;
	row->seq = p->seq;
	row->ack = p->ack;
	row->length = p->length;
	row->window = p->window;
	row->role = role_of(m, i);
	row->again = -1;
	row->fate = p->bits & EVENT_COPY ? TCPHS_COPY : TCPHS_FATE_UNKNOWN;
	row->options = m->in->options != NULL ? &m->in->options[i] : NULL;
}

/* Two events of one run (one a direction) become one row. `nxt` is each side's number before. */
static uint32_t fill_run(const struct model *m, struct tcphs_row *row, uint32_t i,
                         struct reach reach[2])
{
	uint32_t used = 0;

	row->is_run = row->quiet = 1;
	row->again = -1;
	row->from = model_word(m, event_side(&m->in->event[i]));
	for (; used < 2 && i + used < m->in->events; used++) {
		const struct event *p = &m->in->event[i + used];
		int x = event_side(p);

		if (!(p->bits & EVENT_RUN) || (used == 1 && x == event_side(&m->in->event[i])))
			break;
		row->run_packets[model_word(m, x)] = p->length;
		row->run_bytes[model_word(m, x)] = reach_follow(&reach[x], p);
		row->run_last_packet = model_packet(m, i + used);
		row->run_last_time = model_time(m, i + used);
	}
	row->packet = model_packet(m, i);
	row->time = model_time(m, i);
	return used;
}

static struct tcphs_row *add_row(struct model *m)
{
	struct tcphs_analysis *out = m->out;
	struct tcphs_row *row;

	if (out->rows == out->row_room) {
		size_t room = out->row_room == 0 ? 32 : out->row_room * 2;
		struct tcphs_row *bigger = realloc(out->row, room * sizeof(*bigger));

		if (bigger == NULL) {
			m->failed = true;
			return NULL;
		}
		out->row = bigger;
		out->row_room = room;
	}
	row = &out->row[out->rows++];
	memset(row, 0, sizeof(*row));
	return row;
}

/* row_of[i] is the row of event i; a pseudo event takes effect at the row behind it. */
static bool fill_rows(struct model *m, uint32_t *row_of)
{
	struct reach reach[2] = {0};

	for (uint32_t i = 0; i < m->in->events;) {
		const struct event *p = &m->in->event[i];
		struct tcphs_row *row;
		uint32_t used = 1;

		if (p->bits & EVENT_PSEUDO) {
			reach_follow(&reach[event_side(p)], p);
			row_of[i++] = (uint32_t)m->out->rows;
			continue;
		}
		row = add_row(m);
		if (row == NULL)
			return false;
		if (p->bits & EVENT_RUN)
			used = fill_run(m, row, i, reach);
		else
			fill_segment(m, row, i);
		if (!(p->bits & EVENT_RUN))
			reach_follow(&reach[event_side(p)], p);
		for (uint32_t k = 0; k < used; k++)
			row_of[i + k] = (uint32_t)m->out->rows - 1;
		i += used;
	}
	return true;
}

static struct tcphs_row *row_of_diagnosis(const struct tcphs_analysis *out, uint32_t d)
{
	return out->diagnosis[d].row < out->rows ? &out->row[out->diagnosis[d].row] : NULL;
}

/* They come in order of packets. Where the capture disordered these, those of one row may have
 * others between them: they are brought to where the row's first one is. */
static bool group_diagnoses(struct tcphs_analysis *out)
{
	struct tcphs_diagnosis *grouped = malloc(out->diagnoses * sizeof(*grouped));
	uint32_t at = 0;

	if (grouped == NULL)
		return false;
	for (uint32_t d = 0; d < out->diagnoses; d++)
		if (row_of_diagnosis(out, d) != NULL)
			row_of_diagnosis(out, d)->diagnosis = UINT32_MAX;
	for (uint32_t d = 0; d < out->diagnoses; d++) {
		struct tcphs_row *row = row_of_diagnosis(out, d);

		if (row == NULL) {
			grouped[at++] = out->diagnosis[d];
			continue;
		}
		if (row->diagnosis == UINT32_MAX) {
			row->diagnosis = at;
			at += row->diagnoses;
			row->diagnoses = 0;
		}
		grouped[row->diagnosis + row->diagnoses++] = out->diagnosis[d];
	}
	memcpy(out->diagnosis, grouped, out->diagnoses * sizeof(*grouped));
	free(grouped);
	return true;
}

static bool attach_diagnoses(struct model *m, const uint32_t *row_of)
{
	struct tcphs_analysis *out = m->out;
	bool together = true;

	for (uint32_t d = 0; d < out->diagnoses; d++) {
		struct tcphs_diagnosis *diagnosis = &out->diagnosis[d];
		struct tcphs_row *row;

		if (diagnosis->row == NO_EVENT)
			continue;
		diagnosis->row = row_of[diagnosis->row];
		row = row_of_diagnosis(out, d);
		if (row == NULL)
			continue;
		if (row->diagnoses++ == 0)
			row->diagnosis = d;
		together &= row->diagnosis + row->diagnoses == d + 1;
	}
	return together || group_diagnoses(out);
}

bool model_rows(struct model *m)
{
	uint32_t *row_of = malloc((m->in->events + 1) * sizeof(*row_of));

	m->out->rows = 0;
	if (row_of == NULL || !fill_rows(m, row_of)) {
		free(row_of);
		return false;
	}
	model_paint(m, row_of, 0);
	model_paint(m, row_of, 1);
	if (!attach_diagnoses(m, row_of)) {
		free(row_of);
		return false;
	}
	free(row_of);
	return model_repeats(m);
}

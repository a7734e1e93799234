/* SPDX-License-Identifier: BSD-3-Clause */
/* The diagnoses of one connection, as they are found and at the end in order. */
#include "model/model.h"

#include <stdlib.h>
#include <string.h>

#define DIAGNOSES_MAX 65536u /* a connection; beyond it they are only counted */

uint64_t model_packet(const struct model *m, uint32_t event)
{
	return event == NO_EVENT ? 0 : m->in->first_packet + m->in->event[event].packet;
}

int64_t model_time(const struct model *m, uint32_t event)
{
	return m->in->start + event_time(&m->in->event[event]);
}

static void fill_segment(const struct model *m, const struct event *p, struct tcphs_diagnosis *d)
{
	d->from = event_side(p) == m->client ? TCPHS_CLIENT : TCPHS_SERVER;
	d->segment = !(p->bits & (EVENT_RUN | EVENT_PSEUDO));
	d->seq = p->seq;
	d->ack = p->ack;
	d->end = event_end(p);
}

struct tcphs_diagnosis *model_emit(struct model *m, enum tcphs_code code, uint32_t event)
{
	struct tcphs_analysis *out = m->out;
	struct tcphs_diagnosis *d;

	if (out->diagnoses == out->diagnosis_room) {
		size_t room = out->diagnosis_room == 0 ? 16 : out->diagnosis_room * 2;
		struct tcphs_diagnosis *bigger;

		if (room > DIAGNOSES_MAX) {
			out->connection.diagnoses_dropped++;
			return NULL;
		}
		bigger = realloc(out->diagnosis, room * sizeof(*bigger));
		if (bigger == NULL) {
			m->failed = true;
			return NULL;
		}
		out->diagnosis = bigger;
		out->diagnosis_room = room;
	}
	d = &out->diagnosis[out->diagnoses++];
	memset(d, 0, sizeof(*d));
	d->code = (uint16_t)code;
	d->severity = tcphs_code_info(code)->severity;
	d->row = event;
	d->packet = model_packet(m, event);
	d->from = TCPHS_NOBODY;
	if (event != NO_EVENT)
		fill_segment(m, &m->in->event[event], d);
	return d;
}

struct tcphs_diagnosis *model_emit_numbers(struct model *m, enum tcphs_code code, uint32_t event,
                                           uint32_t expected, uint32_t got)
{
	struct tcphs_diagnosis *d = model_emit(m, code, event);

	if (d != NULL) {
		d->numbers = 1;
		d->expected = expected;
		d->got = got;
	}
	return d;
}

void model_emit_shaped(struct model *m, enum tcphs_code code, uint32_t event)
{
	struct tcphs_diagnosis *d = model_emit(m, code, event);

	if (d != NULL)
		model_detail(m, d);
}

void model_emit_details(struct model *m, enum tcphs_code code, uint32_t event, int64_t first,
                        int64_t second)
{
	struct tcphs_diagnosis *d = model_emit(m, code, event);

	if (d != NULL) {
		d->detail[0] = first;
		d->detail[1] = second;
	}
}

/* What the sentence says, where the tracker noted it in a form of its own. */
static void detail_icmp(const struct note *note, struct tcphs_diagnosis *d)
{
	d->detail[0] = note->icmp_type;
	d->detail[1] = note->icmp_code;
	d->by.family = note->family;
	memcpy(d->by.octets, note->sender, sizeof(note->sender));
}

static void detail_note(const struct model *m, const struct note *note, struct tcphs_diagnosis *d)
{
	if (note->code == TCPHS_D_ICMP_ERROR) {
		detail_icmp(note, d);
		return;
	}
	d->numbers = note->numbers;
	d->expected = note->expected;
	d->got = note->got;
	d->detail[0] = note->detail;
	switch (note->code) {
	case TCPHS_D_OPT_MALFORMED: /* kind and length: nothing that was expected */
		d->detail[0] = note->expected;
		d->detail[1] = note->got;
		d->numbers = 0;
		break;
	case TCPHS_D_HDR_BAD_OFFSET:
		d->detail[0] = (int64_t)note->got * 4;
		d->detail[1] = (int64_t)note->expected * 4;
		break;
	case TCPHS_D_CAP_DUP:
		m->out->connection.copies++;
		break;
	case TCPHS_D_DATA_BEFORE_OPEN:
	case TCPHS_D_OVERLAP_CONFLICT:
		d->detail[0] = note->event != NO_EVENT ? event_data(&m->in->event[note->event]) : 0;
		break;
	default:
		break;
	}
}

void model_emit_notes(struct model *m)
{
	for (size_t i = 0; i < m->in->notes; i++) {
		const struct note *note = &m->in->note[i];
		struct tcphs_diagnosis *d;

		if (note->event != NO_EVENT && note->event >= m->in->events)
			continue; /* memory failed the segment that was noted */
		d = model_emit(m, (enum tcphs_code)note->code, note->event);
		if (d == NULL)
			continue;
		detail_note(m, note, d);
		if (note->event == NO_EVENT) {
			d->packet = m->in->first_packet + note->packet;
			d->from = note->side == m->client ? TCPHS_CLIENT : TCPHS_SERVER;
		}
	}
}

/* By packet, then in the order of the catalogue. */
static int compare(const void *a, const void *b)
{
	const struct tcphs_diagnosis *x = a, *y = b;

	if (x->packet != y->packet)
		return x->packet < y->packet ? -1 : 1;
	return (int)x->code - (int)y->code;
}

void model_finish_diagnoses(struct model *m)
{
	struct tcphs_connection *conn = &m->out->connection;

	if (m->out->diagnoses > 1)
		qsort(m->out->diagnosis, m->out->diagnoses, sizeof(*m->out->diagnosis), compare);
	conn->diagnoses = (uint32_t)m->out->diagnoses;
	conn->worst = TCPHS_NOTE;
	for (size_t i = 0; i < m->out->diagnoses; i++)
		if (m->out->diagnosis[i].severity > conn->worst) {
			conn->worst = m->out->diagnosis[i].severity;
			conn->worst_code = m->out->diagnosis[i].code;
		}
}

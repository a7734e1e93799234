/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What was analysed before must not show: each analysis is made by an analyst whose scratch was
 * overwritten first, and by a new one, and both say the same. All that is told of it is told.
 *
 * The input is the program: an octet of options, then STEP octets for each segment: of which of a
 * few 4-tuples, what it carries, and how its numbers miss those that would be right. Some steps are
 * a whole conversation instead: such have a shape (model/shape.h), which a new analyst does not
 * know.
 */
#include "fuzz.h"
#include "invariants.h"
#include "shown.h"

#include "track/halves.h"

#include <string.h>

#define STEP         5u
#define SEGMENTS_MAX 400u
#define TUPLES       5u
#define POISON       0xa5

enum option { KEEP_ALL = 1, HALVES = 2, LOOK_ON = 4, RAW = 8, NO_FOLD = 16, GAPS = 32 };

/* How far a 4-tuple has come. */
struct progress {
	uint32_t nxt[2];
	uint64_t calls;
};

struct program {
	struct tcphs_tracker *tracker;
	struct progress tuple[TUPLES];
	struct tcphs_segment last;
	struct tcphs_analysis worn, fresh; /* the first is used again and again */
	unsigned options;
	uint64_t packet;
	uint16_t conversations;
	int64_t time;
};

/* ---- segments ---------------------------------------------------------------------- */

static struct tcphs_address address_of(unsigned tuple, bool of_server)
{
	struct tcphs_address address = {.family = tuple == 1 ? 6 : 4};

	address.octets[0] = 10;
	address.octets[3] = (uint8_t)(of_server || tuple == 2 ? 1 : 2 + tuple);
	return address;
}

static uint16_t port_of(unsigned tuple, bool of_server)
{
	return of_server || tuple == 2 ? 80 : (uint16_t)(1024 + tuple); /* 2: connected to itself */
}

/* Mostly the number that is right; 0 … 15 says how it is not. */
static uint32_t missed(uint32_t right, unsigned how)
{
	static const int32_t by[16] = {0,  0, 0,    0,   0,    0,     0,     0,
	                               -1, 1, -100, 100, 1460, -1460, 100000};

	return how == 15 ? 0 : right + (uint32_t)by[how];
}

static void give_options(struct tcphs_segment *s, unsigned which, unsigned how)
{
	struct tcphs_options *options = &s->options;

	if (which & 1) {
		options->present |= TCPHS_OPT_MSS;
		options->mss = 1460;
	}
	if (which & 2) {
		options->present |= TCPHS_OPT_WSCALE | TCPHS_OPT_SACK_PERMITTED;
		options->wscale = how == 15 ? 15 : 7;
	}
	if (which & 4) {
		options->present |= TCPHS_OPT_TIMESTAMPS;
		options->tsval = (uint32_t)(s->time / 1000000) - (how == 14 ? 100000 : 0);
		options->tsecr = s->flags & TCPHS_ACK ? options->tsval : 0;
	}
	if (how >= 8 && how < 14)
		options->present |= (uint16_t)(TCPHS_OPT_MD5 << (how - 8));
	options->tfo_length = how == 11 ? 8 : 0;
}

/* What a header or the way there may show, beside numbers. */
static void give_trouble(struct tcphs_segment *s, unsigned how)
{
	static const uint8_t states[] = {TCPHS_CHECKSUM_GOOD, TCPHS_CHECKSUM_BAD,
	                                 TCPHS_CHECKSUM_OFFLOAD, TCPHS_CHECKSUM_UNKNOWN};

	s->checksum_state = states[how < 4 ? how : 0];
	s->kind = how == 4 || how == 5 ? TCPHS_SEGMENT_ICMP : TCPHS_SEGMENT_TCP;
	s->icmp_type = s->src.family == 4 ? 3 : 1;
	s->icmp_code = how == 4 ? 1 : 4;
	s->icmp_from = s->dst;
	s->trouble = how == 6 ? TCPHS_HEADER_BAD_OFFSET : how == 7 ? TCPHS_HEADER_CUT : 0;
	s->reserved = how == 8 ? 5 : 0;
	s->window = how == 9 ? 0 : how == 10 ? 1 : 1000;
	s->urgent = how == 11;
	s->retry = how == 12;
}

static struct tcphs_segment segment_of(struct program *p, const uint8_t *step)
{
	static const uint16_t flags[16] = {TCPHS_SYN,
	                                   TCPHS_SYN,
	                                   TCPHS_SYN | TCPHS_ACK,
	                                   TCPHS_SYN | TCPHS_ACK,
	                                   TCPHS_ACK,
	                                   TCPHS_ACK,
	                                   TCPHS_ACK | TCPHS_PSH,
	                                   TCPHS_ACK,
	                                   TCPHS_FIN | TCPHS_ACK,
	                                   TCPHS_FIN | TCPHS_ACK,
	                                   TCPHS_RST,
	                                   TCPHS_RST | TCPHS_ACK,
	                                   TCPHS_SYN | TCPHS_ECE | TCPHS_CWR,
	                                   TCPHS_FIN,
	                                   TCPHS_SYN | TCPHS_ACK | TCPHS_ECE,
	                                   TCPHS_SYN | TCPHS_FIN};
	static const uint32_t lengths[8] = {0, 0, 0, 1, 100, 1460, 70000, 0};
	unsigned tuple = (step[0] & 15) % TUPLES, back = step[0] >> 7, how = step[2] & 15;
	struct progress *progress = &p->tuple[tuple];
	struct tcphs_segment s = {.packet = p->packet, .data_offset = 5};

	s.time = p->time += how == 13 ? -1000000 : how == 14 ? INT64_C(300000000000) : 100000 * how;
	s.flags = flags[step[1] & 15];
	s.src = address_of(tuple, back);
	s.dst = address_of(tuple, !back);
	s.sport = port_of(tuple, back);
	s.dport = port_of(tuple, !back);
	if ((s.flags & TCPHS_SYN) && (step[1] & 128)) /* a new call */
		progress->nxt[back] = (uint32_t)++progress->calls * 100000 - (back ? 0 : 2000);
	s.seq = missed(progress->nxt[back], step[2] >> 4);
	s.ack = s.flags & TCPHS_ACK ? missed(progress->nxt[!back], step[3] & 15) : 0;
	s.length = lengths[step[1] >> 4 & 7];
	s.payload_whole = s.length > 0;
	s.payload_sum = step[3] >> 7;
	give_trouble(&s, step[3] >> 4 & 7 ? 0 : step[4] & 15);
	give_options(&s, s.flags & TCPHS_SYN ? 7u & step[4] : 4u & step[4], step[4] >> 4);
	if ((step[2] >> 4) < 8 && s.kind == TCPHS_SEGMENT_TCP && !(s.flags & TCPHS_RST))
		progress->nxt[back] +=
		    s.length + ((s.flags & TCPHS_SYN) != 0) + ((s.flags & TCPHS_FIN) != 0);
	return s;
}

static void track(struct program *p, struct tcphs_segment s)
{
	if (p->options & HALVES) {
		struct digest digest[2], *const lists[2] = {&digest[0], &digest[1]};
		size_t count[2];

		digest_halves(p->tracker->key, &s, 1, lists, count);
		expect(tracker_add(p->tracker->half, &s, &digest[1], count[1]));
		expect(tracker_add(p->tracker, &s, &digest[0], count[0]));
		return;
	}
	expect(tcphs_tracker_add(p->tracker, &s, 1));
}

static void add(struct program *p, const uint8_t *step)
{
	struct tcphs_segment s;
	bool again = (step[0] & 0x70) == 0x70 && p->packet > 0;

	p->packet++;
	s = again ? p->last : segment_of(p, step);
	s.packet = p->packet;
	p->last = s;
	track(p, s);
}

/* A plain one, cut anywhere, of a 4-tuple of its own. Numbers, times and options are the input's.
 */
static void converse(struct program *p, const uint8_t *step)
{
	static const struct {
		uint16_t flags;
		uint8_t back;
		uint16_t length;
	} plain[] = {{TCPHS_SYN, 0, 0}, {TCPHS_SYN | TCPHS_ACK, 1, 0},
	             {TCPHS_ACK, 0, 0}, {TCPHS_ACK | TCPHS_PSH, 0, 100},
	             {TCPHS_ACK, 1, 0}, {TCPHS_FIN | TCPHS_ACK, 0, 0},
	             {TCPHS_ACK, 1, 0}, {TCPHS_FIN | TCPHS_ACK, 1, 0},
	             {TCPHS_ACK, 0, 0}};
	uint32_t nxt[2] = {(uint32_t)step[2] << 24 | step[3], (uint32_t)step[3] << 24 | step[2]};
	uint16_t port = (uint16_t)(2000 + p->conversations++);
	size_t count = 1 + step[1] % (sizeof(plain) / sizeof(plain[0]));

	for (size_t i = 0; i < count; i++) {
		bool back = plain[i].back != (i > 4 && (step[1] & 32) != 0); /* the server closes */
		struct tcphs_segment s = {.packet = ++p->packet, .data_offset = 5, .window = 1000};

		if (i == step[4] >> 4) /* somebody waits before this one */
			p->time += step[4] & 8 ? INT64_C(300000000000) : INT64_C(200000000);
		s.time = p->time += 1000 * (step[3] + 1);
		s.flags = i + 1 == count && (step[1] & 64) ? TCPHS_RST | TCPHS_ACK : plain[i].flags;
		s.src = address_of(0, back);
		s.dst = address_of(0, !back);
		s.sport = back ? 80 : port;
		s.dport = back ? port : 80;
		s.seq = nxt[back];
		s.ack = s.flags & TCPHS_ACK ? nxt[!back] : 0;
		s.length = s.flags & TCPHS_RST ? 0 : plain[i].length;
		give_options(&s, s.flags & TCPHS_SYN ? 1 | (step[4] & 6) : step[4] & 4, 0);
		nxt[back] += s.length + ((s.flags & (TCPHS_SYN | TCPHS_FIN)) != 0);
		track(p, s);
	}
}

/* ---- analyses ---------------------------------------------------------------------- */

static void spoil(void *memory, size_t count, size_t size)
{
	if (memory != NULL)
		memset(memory, POISON, count * size);
}

/* All but what memory there is. */
static void spoil_log(struct log *log)
{
	struct log kept = *log;

	spoil(log, 1, sizeof(*log));
	log->entry = kept.entry;
	log->room = kept.room;
	log->pending = kept.pending;
	log->pending_room = kept.pending_room;
	spoil(log->entry, log->room, sizeof(*log->entry));
	spoil(log->pending, log->pending_room, sizeof(*log->pending));
}

static void spoil_model(struct model *model)
{
	struct log side[2] = {model->infer.side[0], model->infer.side[1]};
	struct shape *shapes = model->shapes;

	spoil(model, 1, sizeof(*model));
	model->shapes = shapes; /* what it knows, as what `lone` has, it may use */
	for (int x = 0; x < 2; x++) {
		model->infer.side[x] = side[x];
		spoil_log(&model->infer.side[x]);
	}
}

static void spoil_analysis(struct tcphs_analysis *analysis)
{
	spoil(&analysis->connection, 1, sizeof(analysis->connection));
	spoil(analysis->row, analysis->row_room, sizeof(*analysis->row));
	spoil(analysis->diagnosis, analysis->diagnosis_room, sizeof(*analysis->diagnosis));
	analysis->rows = analysis->diagnoses = 0;
}

static void spoil_analyst(struct analyst *analyst)
{
	struct arranged *a = &analyst->arranged;
	struct whole *w = &analyst->whole;

	spoil_model(&analyst->model);
	spoil(a->event, a->room, sizeof(*a->event));
	spoil(a->sorted, a->room, sizeof(*a->sorted));
	spoil(a->from, a->room, sizeof(*a->from));
	spoil(a->to, a->room, sizeof(*a->to));
	spoil(a->note, a->note_room, sizeof(*a->note));
	spoil(a->options, a->options_room, sizeof(*a->options));
	spoil(w->event, w->room, sizeof(*w->event));
	spoil(w->to, w->room, sizeof(*w->to));
	spoil(w->note, w->note_room, sizeof(*w->note));
	spoil(w->row, w->row_room, sizeof(*w->row));
	spoil_analysis(&w->folded);
}

static void expect_same_row(struct tcphs_row a, struct tcphs_row b)
{
	expect((a.options == NULL) == (b.options == NULL));
	if (a.options != NULL)
		expect(memcmp(a.options, b.options, sizeof(*a.options)) == 0);
	a.options = b.options = NULL;
	expect(memcmp(&a, &b, sizeof(a)) == 0);
}

static void expect_same(const struct tcphs_analysis *a, const struct tcphs_analysis *b)
{
	expect(memcmp(&a->connection, &b->connection, sizeof(a->connection)) == 0);
	expect(a->rows == b->rows && a->diagnoses == b->diagnoses);
	for (size_t i = 0; i < a->rows; i++)
		expect_same_row(a->row[i], b->row[i]);
	if (a->diagnoses > 0)
		expect(memcmp(a->diagnosis, b->diagnosis, a->diagnoses * sizeof(*a->diagnosis)) ==
		       0);
}

static void analyse(struct program *p, size_t index, bool rows)
{
	struct spot spot = tracker_spot(p->tracker, index);
	struct analyst fresh = {0};

	spoil_analyst(p->tracker->analyst);
	spoil_analysis(&p->worn);
	expect(tracker_analyse_slot(spot.tracker, p->tracker->analyst, spot.slot, rows, &p->worn));
	if (rows)
		check_analysis(p->tracker, &p->worn);
	expect(tracker_analyse_slot(spot.tracker, &fresh, spot.slot, rows, &p->fresh));
	expect_same(&p->worn, &p->fresh);
	analyst_free(&fresh);
}

static void look(struct program *p)
{
	struct tcphs_ladder_options options = {.raw = (p->options & RAW) != 0,
	                                       .no_fold = (p->options & NO_FOLD) != 0,
	                                       .gaps = (p->options & GAPS) != 0,
	                                       .wrap = (unsigned)(p->packet % 3) * 60u,
	                                       .time = (enum tcphs_time_mode)(p->options >> 6)};

	for (size_t i = 0; i < tcphs_tracker_count(p->tracker); i++) {
		analyse(p, i, false);
		analyse(p, i, true);
		show(&p->worn, &options, (uint8_t)(p->options + i));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct program p = {.options = size > 0 ? data[0] : 0, .time = 1000000000};
	struct tcphs_tracker_options options = {.seed = {1, 2},
	                                        .keep_all = (p.options & KEEP_ALL) != 0};
	size_t steps = size > 0 ? (size - 1) / STEP : 0;

	p.tracker = tcphs_tracker_new(&options);
	expect(p.tracker != NULL);
	if (p.options & HALVES)
		expect(halves_part(p.tracker));
	for (size_t i = 0; i < steps && i < SEGMENTS_MAX; i++) {
		const uint8_t *step = data + 1 + i * STEP;

		if ((step[0] & 0x70) == 0x60)
			converse(&p, step);
		else
			add(&p, step);
		if ((p.options & (LOOK_ON | HALVES)) == LOOK_ON && i % 16 == 15)
			look(&p);
	}
	tcphs_tracker_finish(p.tracker);
	look(&p);
	tcphs_analysis_free(&p.worn);
	tcphs_analysis_free(&p.fresh);
	tcphs_tracker_free(p.tracker);
	return 0;
}

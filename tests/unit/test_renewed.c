/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Several SYN-ACKs: the options, the numbers and the octets of the server are those of the first
 * that acknowledges the client's SYN (RFC 9293 §3.10.7.3), wherever it stands, folded or not.
 */
#include "segments.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <tcphs/diagnosis.h>
#include <tcphs/tracker.h>

#define C    1000u /* the client's ISN */
#define DATA 6u    /* segments of data */
#define SIZE 100u  /* of 100 octets */

struct answer {
	uint32_t isn, ack;
	uint8_t wscale; /* 0: a SYN-ACK without options but the MSS */
	uint16_t mss;
};

struct scene {
	const char *name;
	struct answer answer[3]; /* until mss is 0 */
	unsigned counts;         /* which of them */
};

static const struct scene scenes[] = {
    {"one alone", {{5000, C + 1, 7, 1460}}, 0},
    {"an ignored one with a lower number before", {{500, C, 7, 536}, {5000, C + 1, 10, 1460}}, 1},
    {"an ignored one with a higher number before",
     {{900000, C + 7000, 0, 536}, {5000, C + 1, 10, 1460}},
     1},
    {"two ignored ones before",
     {{900000, C, 3, 536}, {800000, C - 20000, 0, 512}, {5000, C + 1, 10, 1460}},
     2},
    {"an ignored one behind", {{5000, C + 1, 10, 1460}, {900000, C, 3, 536}}, 0},
    {"the second has another number, too late",
     {{5000, C + 1, 10, 1460}, {900000, C + 1, 3, 536}},
     0},
    {"ignored ones only, the numbers of the first", {{900000, C, 3, 536}, {800000, C, 0, 512}}, 0},
};

static struct tcphs_segment synack(const struct answer *answer)
{
	struct tcphs_segment s = segment_back(segment_from(1, SYNACK, answer->isn, answer->ack));

	s.options.present = TCPHS_OPT_MSS;
	s.options.mss = answer->mss;
	if (answer->wscale == 0)
		return s;
	s.options.present |= TCPHS_OPT_WSCALE | TCPHS_OPT_SACK_PERMITTED | TCPHS_OPT_TIMESTAMPS;
	s.options.wscale = answer->wscale;
	s.options.tsval = answer->isn * 3;
	s.options.tsecr = 10;
	return s;
}

static void add(struct tcphs_tracker *tracker, struct tcphs_segment s)
{
	static const int64_t apart = 10000000;
	struct tcphs_tracker_counts counts = tcphs_tracker_counts(tracker);

	s.packet = counts.segments + 1;
	s.time = (int64_t)s.packet * apart;
	s.ip_id = (uint16_t)s.packet;
	assert_true(tcphs_tracker_add(tracker, &s, 1));
}

static struct tcphs_segment stamped(struct tcphs_segment s, uint32_t tsval, uint32_t tsecr)
{
	s.options.present |= TCPHS_OPT_TIMESTAMPS;
	s.options.tsval = tsval;
	s.options.tsecr = tsecr;
	return s;
}

static struct tcphs_tracker *play(const struct scene *scene, bool keep_all)
{
	struct tcphs_tracker_options options = {.keep_all = keep_all, .seed = {1, 2}};
	struct tcphs_tracker *tracker = tcphs_tracker_new(&options);
	struct tcphs_segment syn = stamped(segment_from(1, SYN, C, 0), 10, 0);
	const struct answer *counts = &scene->answer[scene->counts];
	uint32_t isn = counts->isn;

	assert_non_null(tracker);
	syn.options.present |= TCPHS_OPT_MSS | TCPHS_OPT_WSCALE | TCPHS_OPT_SACK_PERMITTED;
	syn.options.mss = 1460;
	syn.options.wscale = 7;
	add(tracker, syn);
	for (unsigned i = 0; i < 3 && scene->answer[i].mss != 0; i++)
		add(tracker, synack(&scene->answer[i]));
	if (counts->ack != C + 1)
		return tracker;
	add(tracker, stamped(segment_from(1, ACK, C + 1, isn + 1), 11, isn * 3));
	for (uint32_t n = 0; n < DATA; n++) {
		struct tcphs_segment s = stamped(
		    segment_back(segment_from(1, ACK, isn + 1 + n * SIZE, C + 1)), isn * 3, 11);

		s.length = SIZE;
		add(tracker, s);
		add(tracker,
		    stamped(segment_from(1, ACK, C + 1, isn + 1 + (n + 1) * SIZE), 11, isn * 3));
	}
	return tracker;
}

static void judge(const struct scene *scene, const struct tcphs_connection *conn)
{
	const struct tcphs_endpoint *server = &conn->end[TCPHS_SERVER];
	const struct answer *counts = &scene->answer[scene->counts];

	assert_int_equal(server->isn, counts->isn);
	assert_int_equal(server->mss, counts->mss);
	assert_int_equal(server->wscale, counts->wscale != 0 ? counts->wscale : -1);
	assert_int_equal(server->timestamps, counts->wscale != 0);
	assert_int_equal(server->sack, counts->wscale != 0);
	assert_int_equal(server->bytes, counts->ack == C + 1 ? DATA * SIZE : 0);
}

/* What follows has nothing about numbers to be said of. */
static void judge_diagnoses(const struct tcphs_analysis *analysis)
{
	for (size_t i = 0; i < analysis->diagnoses; i++) {
		assert_int_not_equal(analysis->diagnosis[i].code, TCPHS_D_SEQ_GAP);
		assert_int_not_equal(analysis->diagnosis[i].code, TCPHS_D_RETX);
		assert_int_not_equal(analysis->diagnosis[i].code, TCPHS_D_RETX_SPURIOUS);
		assert_int_not_equal(analysis->diagnosis[i].code, TCPHS_D_TS_MISSING);
		assert_int_not_equal(analysis->diagnosis[i].code, TCPHS_D_ACK_UNSEEN);
	}
}

/* The rows' octets are the data that was sent: a run begins where the SYN-ACK that counts ends. */
static void judge_rows(const struct scene *scene, const struct tcphs_analysis *analysis)
{
	uint64_t octets = 0;

	for (size_t i = 0; i < analysis->rows; i++)
		octets += analysis->row[i].is_run ? analysis->row[i].run_bytes[TCPHS_SERVER]
		          : analysis->row[i].from == TCPHS_SERVER ? analysis->row[i].length
		                                                  : 0;
	assert_int_equal(octets, scene->answer[scene->counts].ack == C + 1 ? DATA * SIZE : 0);
}

static void test_scenes(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2 * sizeof(scenes) / sizeof(scenes[0]); i++) {
		const struct scene *scene = &scenes[i / 2];
		struct tcphs_tracker *tracker = play(scene, i % 2 != 0);
		struct tcphs_analysis analysis = {0};

		assert_int_equal(tcphs_tracker_count(tracker), 1);
		assert_true(tcphs_tracker_summarise(tracker, 0, &analysis));
		judge(scene, &analysis.connection);
		judge_diagnoses(&analysis);
		assert_true(tcphs_tracker_analyse(tracker, 0, &analysis));
		judge(scene, &analysis.connection);
		judge_rows(scene, &analysis);
		tcphs_analysis_free(&analysis);
		tcphs_tracker_free(tracker);
	}
}

/* A RST in SYN-SENT that does not confirm the SYN; without ACK its field is no number to compare. */
static void test_bad_refusal(void **state)
{
	static const struct {
		unsigned flags;
		uint32_t ack;
	} rst[] = {{RST | ACK, C + 900}, {RST, C + 1}};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct tcphs_tracker *tracker = tcphs_tracker_new(NULL);
		struct tcphs_analysis out = {0};
		const struct tcphs_diagnosis *found = NULL;

		assert_non_null(tracker);
		add(tracker, segment_from(1, SYN, C, 0));
		add(tracker, segment_back(segment_from(1, rst[i].flags, 0, rst[i].ack)));
		add(tracker, segment_back(segment_from(1, SYNACK, 5000, C + 1)));
		add(tracker, segment_from(1, ACK, C + 1, 5001));
		assert_true(tcphs_tracker_analyse(tracker, 0, &out));
		for (size_t k = 0; k < out.diagnoses; k++)
			if (out.diagnosis[k].code == TCPHS_D_REFUSED_BAD_ACK)
				found = &out.diagnosis[k];
		assert_non_null(found);
		assert_int_equal(found->packet, 2);
		assert_int_equal(found->numbers, (rst[i].flags & ACK) != 0);
		if (found->numbers) {
			assert_int_equal(found->expected, C + 1);
			assert_int_equal(found->got, rst[i].ack);
		}
		tcphs_analysis_free(&out);
		tcphs_tracker_free(tracker);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_scenes),
	    cmocka_unit_test(test_bad_refusal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The bound on memory holds whatever arrives, what is given up is counted, half-open before
 * established, and no segment is lost or counted twice on the way.
 */
#include "base/bytes.h"
#include "segments.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <tcphs/diagnosis.h>
#include <tcphs/tracker.h>

#define MIB   (UINT64_C(1) << 20)
#define BOUND (24 * MIB)

struct world {
	struct tcphs_tracker *tracker;
	struct tcphs_tracker_options options;
	uint64_t packet, most;
	uint64_t finals, segments;      /* of connections that were final */
	struct tcphs_analysis analysis; /* of some of them */
	uint64_t analysed, said, final_evicted;
};

static void count_final(void *context, struct tcphs_tracker *tracker, size_t index)
{
	struct world *w = context;
	struct tcphs_connection conn;

	tcphs_tracker_peek(tracker, index, &conn);
	w->finals++;
	w->segments += conn.packets;
	if (w->finals % 1000 != 0) /* an analysis takes its time */
		return;
	assert_true(tcphs_tracker_summarise(tracker, index, &w->analysis));
	w->analysed++;
	for (size_t i = 0; i < w->analysis.diagnoses; i++)
		w->said += w->analysis.diagnosis[i].code == TCPHS_D_EVICTED;
	w->final_evicted += w->analysis.connection.final == TCPHS_FINAL_EVICTED;
}

static void open_world(struct world *w, uint64_t bound)
{
	memset(w, 0, sizeof(*w));
	w->options = (struct tcphs_tracker_options){
	    .max_memory = bound, .seed = {1, 2}, .on_final = count_final, .context = w};
	w->tracker = tcphs_tracker_new(&w->options);
	assert_non_null(w->tracker);
}

static void add(struct world *w, struct tcphs_segment s)
{
	s.packet = ++w->packet;
	s.time = (int64_t)w->packet * 1000;
	s.ip_id = (uint16_t)w->packet;
	assert_true(tcphs_tracker_add(w->tracker, &s, 1));
	if (w->packet % 64 == 0) {
		uint64_t memory = tcphs_tracker_counts(w->tracker).memory;

		if (memory > w->most)
			w->most = memory;
	}
}

/* Every segment is in exactly one connection, and every connection became final once. */
static struct tcphs_tracker_counts close_world(struct world *w)
{
	struct tcphs_tracker_counts counts = tcphs_tracker_counts(w->tracker);

	assert_int_equal(counts.segments, w->packet);
	assert_int_equal(counts.connections, tcphs_tracker_count(w->tracker) + counts.evicted);
	tcphs_tracker_finish(w->tracker);
	assert_int_equal(w->finals, counts.connections);
	assert_int_equal(w->segments, w->packet);
	assert_int_equal(w->said, w->final_evicted); /* with a diagnosis, and no other */
	tcphs_analysis_free(&w->analysis);
	print_message("connections %llu, evicted %llu, memory %llu at most\n",
	              (unsigned long long)counts.connections, (unsigned long long)counts.evicted,
	              (unsigned long long)w->most);
	tcphs_tracker_free(w->tracker);
	return counts;
}

static void open_connection(struct world *w, uint64_t host)
{
	struct tcphs_segment answer = segment_back(segment_from(host, SYNACK, 5000, 1001));

	add(w, segment_from(host, SYN, 1000, 0));
	add(w, answer);
	add(w, segment_from(host, ACK, 1001, 5001));
}

static void test_many_syns(void **state)
{
	struct tcphs_tracker_counts counts;
	struct world w;

	(void)state;
	open_world(&w, BOUND);
	for (uint32_t i = 0; i < 300000; i++)
		add(&w, segment_from(0x0b000000 + i, SYN, i, 0));
	counts = close_world(&w);
	assert_in_range(w.most, 1, BOUND);
	assert_int_equal(counts.connections, 300000);
	assert_in_range(counts.evicted, 1, 299999);
	assert_in_range(w.said, 1, w.analysed - 1); /* some were given up, some were not */
}

static void test_many_established(void **state)
{
	struct tcphs_tracker_counts counts;
	struct world w;

	(void)state;
	open_world(&w, BOUND);
	for (uint32_t i = 0; i < 300000; i++)
		open_connection(&w, 0x0b000000 + i);
	counts = close_world(&w);
	assert_in_range(w.most, 1, BOUND);
	assert_int_equal(counts.connections, 300000); /* none was given up while it opened */
	assert_in_range(counts.evicted, 1, 299999);
}

/* A flood of SYNs does not push out whom the server talks to. */
static void test_half_open_go_first(void **state)
{
	struct tcphs_tracker_counts counts;
	struct world w;
	size_t established = 0;

	(void)state;
	open_world(&w, BOUND);
	for (uint32_t i = 0; i < 1000; i++)
		open_connection(&w, 0x0b000000 + i);
	for (uint32_t i = 0; i < 400000; i++)
		add(&w, segment_from(0x0c000000 + i, SYN, i, 0));
	for (size_t i = 0; i < tcphs_tracker_count(w.tracker); i++) {
		struct tcphs_connection conn;

		tcphs_tracker_peek(w.tracker, i, &conn);
		established += conn.packets == 3;
	}
	counts = close_world(&w);
	assert_in_range(w.most, 1, BOUND);
	assert_in_range(counts.evicted, 1, 401000);
	assert_int_equal(established, 1000);
}

/* So many of the connections opened by hosts from 0x0b000000 on are still there. */
static size_t held_of(const struct world *w, uint32_t count)
{
	size_t held = 0;

	for (size_t i = 0; i < tcphs_tracker_count(w->tracker); i++) {
		struct tcphs_connection conn;
		uint32_t host;

		tcphs_tracker_peek(w->tracker, i, &conn);
		host = get_be32(conn.end[TCPHS_CLIENT].address.octets);
		held += host >= 0x0b000000 && host < 0x0b000000 + count;
	}
	return held;
}

/* Nor do SYNs that are answered and then left alone, however recent they are. */
static void test_half_open_answered_go_first(void **state)
{
	struct tcphs_tracker_counts counts;
	struct world w;

	(void)state;
	open_world(&w, BOUND);
	for (uint32_t i = 0; i < 1000; i++)
		open_connection(&w, 0x0b000000 + i);
	for (uint32_t i = 0; i < 200000; i++) {
		add(&w, segment_from(0x0c000000 + i, SYN, 1000, 0));
		add(&w, segment_back(segment_from(0x0c000000 + i, SYNACK, 5000, 1001)));
	}
	assert_int_equal(held_of(&w, 1000), 1000);
	counts = close_world(&w);
	assert_in_range(counts.evicted, 1, 200000);
}

/* Of established connections those go that have been silent longest: who speaks stays, among
 * as many as were opened at the same time and are silent, of which hardly one is left. */
static void test_idle_go_first(void **state)
{
	struct tcphs_tracker_counts counts;
	struct world w;

	(void)state;
	open_world(&w, BOUND);
	for (uint32_t i = 0; i < 2000; i++)
		open_connection(&w, 0x0b000000 + i);
	for (uint32_t i = 0; i < 200000; i++) {
		open_connection(&w, 0x0c000000 + i);
		add(&w, segment_from(0x0b000000 + i % 1000, ACK, 1001, 5001));
	}
	assert_int_equal(held_of(&w, 1000), 1000);
	assert_in_range(held_of(&w, 2000), 1000, 1010);
	counts = close_world(&w);
	assert_in_range(counts.evicted, 1, 201000);
}

/* The same octets over and over: nothing of it can be folded away, and still it is bounded. */
static void test_endless_retransmission(void **state)
{
	struct tcphs_tracker_counts counts;
	struct tcphs_analysis analysis = {0};
	struct world w;

	(void)state;
	open_world(&w, BOUND);
	open_connection(&w, 0x0b000001);
	for (uint32_t i = 0; i < 2000000; i++) {
		struct tcphs_segment s =
		    segment_from(0x0b000001, ACK | TCPHS_PSH, 1001 + i % 2 * 100, 5001);

		s.length = 100;
		add(&w, s);
	}
	assert_true(tcphs_tracker_analyse(w.tracker, 0, &analysis));
	assert_int_equal(analysis.connection.packets, 2000003);
	assert_int_equal(analysis.connection.end[TCPHS_CLIENT].bytes, 200000000);
	assert_in_range(analysis.rows, 3, 2000002);
	tcphs_analysis_free(&analysis);
	counts = close_world(&w);
	assert_in_range(w.most, 1, BOUND);
	assert_int_equal(counts.connections, 1);
}

static void open_keeping(struct world *w, const struct tcphs_tracker_options *options)
{
	open_world(w, 0);
	tcphs_tracker_free(w->tracker);
	w->tracker = tcphs_tracker_new(options);
	assert_non_null(w->tracker);
}

/* Ten octets each; an option says which it is. */
static void add_numbered(struct world *w, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		struct tcphs_segment s = segment_from(0x0b000001, ACK, 1001 + i * 10, 5001);

		s.length = 10;
		s.options.wscale = (uint8_t)i;
		add(w, s);
	}
}

/* Where every segment is kept there is a bound as well: the middle is counted only. */
static void test_endless_rows(void **state)
{
	struct tcphs_tracker_options options = {.seed = {1, 2}, .keep_all = true};
	const uint32_t count = 1200000;
	struct tcphs_analysis analysis = {0};
	struct world w;

	(void)state;
	open_keeping(&w, &options);
	open_connection(&w, 0x0b000001);
	add_numbered(&w, count);
	assert_true(tcphs_tracker_analyse(w.tracker, 0, &analysis));
	assert_int_equal(analysis.connection.packets, count + 3);
	assert_int_equal(analysis.connection.end[TCPHS_CLIENT].bytes, count * 10);
	assert_in_range(analysis.rows, 3, 1u << 20);
	assert_true(analysis.connection.rows_dropped > 0);
	/* each row that is left has its own options */
	assert_int_equal(analysis.row[100].options->wscale, (uint8_t)(100 - 3));
	assert_int_equal(analysis.row[analysis.rows - 1].options->wscale, (uint8_t)(count - 1));
	tcphs_analysis_free(&analysis);
	tcphs_tracker_free(w.tracker);
}

/* With a bound on memory, too: of one long connection, and then of many. */
static void test_bounded_rows(void **state)
{
	struct tcphs_tracker_options options = {
	    .seed = {1, 2}, .keep_all = true, .max_memory = 8 * MIB};
	const uint32_t count = 200000;
	struct tcphs_analysis analysis = {0};
	struct world w;

	(void)state;
	open_keeping(&w, &options);
	add_numbered(&w, count);
	assert_true(tcphs_tracker_analyse(w.tracker, 0, &analysis));
	assert_int_equal(analysis.connection.packets, count);
	assert_true(analysis.connection.rows_dropped > 0);
	assert_true(analysis.rows > 1000);
	assert_int_equal(analysis.row[analysis.rows - 1].options->wscale, (uint8_t)(count - 1));
	for (uint32_t i = 0; i < count; i++)
		add(&w, segment_from(0x0c000000 + i / 50, ACK, 1001 + i * 10, 5001));
	assert_in_range(w.most, 1, 8 * MIB);
	tcphs_analysis_free(&analysis);
	tcphs_tracker_free(w.tracker);
}

static void test_reused_tuple(void **state)
{
	struct tcphs_tracker_counts counts;
	struct world w;

	(void)state;
	open_world(&w, 8 * MIB);
	for (uint32_t i = 0; i < 200000; i++) {
		uint32_t isn = i * 100000;

		add(&w, segment_from(0x0b000001, SYN, isn, 0));
		add(&w, segment_back(segment_from(0x0b000001, RST | ACK, 0, isn + 1)));
	}
	counts = close_world(&w);
	assert_int_equal(counts.connections, 200000);
	assert_in_range(w.most, 1, 8 * MIB);
	assert_in_range(counts.evicted, 1, 199999);
}

/* A full table of SYNs, and then they are answered: the cold parts are what is short. */
static void test_answered_flood(void **state)
{
	struct world w;

	(void)state;
	open_world(&w, BOUND);
	for (uint32_t i = 0; i < 300000; i++)
		add(&w, segment_from(0x0b000000 + i, SYN, 1000, 0));
	for (uint32_t i = 100000; i < 300000; i++)
		add(&w, segment_back(segment_from(0x0b000000 + i, SYNACK, 5000, 1001)));
	assert_in_range(w.most, 1, BOUND);
	tcphs_analysis_free(&w.analysis);
	tcphs_tracker_free(w.tracker);
}

/* Connections that want small blocks of events, then larger and larger ones. */
static void test_growing_connections(void **state)
{
	struct tcphs_tracker_counts counts;
	struct world w;

	(void)state;
	open_world(&w, BOUND);
	for (uint32_t length = 10; length < 3000; length = length * 3 / 2)
		for (uint32_t i = 0; i < 600000 / length; i++) {
			open_connection(&w, 0x0b000000 + length * 65536 + i);
			for (uint32_t k = 0; k < length; k++) { /* never in order: nothing folds */
				struct tcphs_segment s = segment_from(
				    0x0b000000 + length * 65536 + i, ACK, 1001 + k % 2 * 100, 5001);

				s.length = 100;
				add(&w, s);
			}
		}
	counts = close_world(&w);
	assert_in_range(w.most, 1, BOUND);
	assert_in_range(counts.evicted, 1, counts.connections);
}

/* One direction only was captured, of long transfers: data, or the ACKs of what isn't there. */
static void test_one_sided_bulk(void **state)
{
	struct tcphs_tracker_counts counts;
	struct world w;

	(void)state;
	open_world(&w, 0);
	for (uint32_t host = 0x0b000000; host < 0x0b000000 + 200; host++)
		for (uint32_t k = 0; k < 2000; k++) {
			bool data = host % 2;
			struct tcphs_segment s =
			    segment_from(host, ACK, data ? 1001 + k * 100 : 1001,
			                 data ? 5001 : 5001 + k * 3000000);

			s.length = data ? 100 : 0;
			add(&w, s);
		}
	for (size_t i = 0; i < 200; i++) {
		assert_true(tcphs_tracker_summarise(w.tracker, i, &w.analysis));
		assert_int_equal(w.analysis.connection.packets, 2000);
		assert_int_equal(w.analysis.connection.end[TCPHS_CLIENT].bytes, i % 2 ? 200000 : 0);
	}
	counts = close_world(&w);
	assert_in_range(counts.memory, 1, 8 * MIB); /* 20 if all were kept */
}

/* Notes, which are allocated by themselves. */
static void test_remarkable_segments(void **state)
{
	struct world w;

	(void)state;
	open_world(&w, BOUND);
	for (uint32_t i = 0; i < 400000; i++) {
		struct tcphs_segment s = segment_from(0x0b000000 + i % 40000, ACK, i * 7919, 5001);

		s.reserved = 5;
		s.urgent = 9;
		s.options.present = TCPHS_OPT_MALFORMED;
		add(&w, s);
	}
	close_world(&w);
	assert_in_range(w.most, 1, BOUND);
}

static void test_ipv6(void **state)
{
	struct world w;

	(void)state;
	open_world(&w, BOUND);
	for (uint32_t i = 0; i < 300000; i++) {
		struct tcphs_segment s = segment_from(0x0b000000 + i, SYN, i, 0);

		s.src.family = s.dst.family = 6;
		add(&w, s);
	}
	close_world(&w);
	assert_in_range(w.most, 1, BOUND);
}

/* A bound that nothing fits into is taken as the least that does. */
static void test_tiny_bound(void **state)
{
	struct tcphs_tracker_counts counts;
	struct world w;

	(void)state;
	open_world(&w, 1);
	for (uint32_t i = 0; i < 100000; i++)
		open_connection(&w, 0x0b000000 + i);
	counts = close_world(&w);
	assert_in_range(w.most, 1, TCPHS_MEMORY_LEAST);
	assert_in_range(counts.connections - counts.evicted, 4000, 100000);
}

static void test_no_bound(void **state)
{
	struct tcphs_tracker_counts counts;
	struct world w;

	(void)state;
	open_world(&w, 0);
	for (uint32_t i = 0; i < 100000; i++)
		open_connection(&w, 0x0b000000 + i);
	counts = close_world(&w);
	assert_int_equal(counts.evicted, 0);
	assert_int_equal(counts.connections, 100000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_many_syns),
	    cmocka_unit_test(test_many_established),
	    cmocka_unit_test(test_half_open_go_first),
	    cmocka_unit_test(test_half_open_answered_go_first),
	    cmocka_unit_test(test_idle_go_first),
	    cmocka_unit_test(test_endless_retransmission),
	    cmocka_unit_test(test_endless_rows),
	    cmocka_unit_test(test_bounded_rows),
	    cmocka_unit_test(test_reused_tuple),
	    cmocka_unit_test(test_answered_flood),
	    cmocka_unit_test(test_growing_connections),
	    cmocka_unit_test(test_one_sided_bulk),
	    cmocka_unit_test(test_remarkable_segments),
	    cmocka_unit_test(test_ipv6),
	    cmocka_unit_test(test_tiny_bound),
	    cmocka_unit_test(test_no_bound),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

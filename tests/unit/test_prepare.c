/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Summaries that a second thread prepares are those that the tracker makes itself, for whoever
 * takes all of them and for whoever leaves some out.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <pthread.h>
#include <tcphs/diagnosis.h>
#include <tcphs/tracker.h>

#include "track/tracker.h"

#define CONNECTIONS 5000u
#define KINDS       5u

static struct tcphs_segment segment_of(uint32_t connection, uint64_t packet, bool back, uint16_t flags)
{
	struct tcphs_segment s = {.packet = packet, .time = (int64_t)packet * 1000, .flags = flags};
	struct tcphs_address client = {.family = 4}, server = {.family = 4};

	memcpy(client.octets, &connection, sizeof(connection));
	server.octets[3] = 1;
	s.src = back ? server : client;
	s.dst = back ? client : server;
	s.sport = back ? 80 : 4000;
	s.dport = back ? 4000 : 80;
	s.seq = back ? 9000 : connection * 64000;
	s.ack = flags & TCPHS_ACK ? connection * 64000 + 1 : 0;
	s.data_offset = 5;
	s.window = 1000;
	return s;
}

/* No answer, refused, answered, without any flags, a SYN with data that nobody answers. */
static void add_connection(struct tcphs_tracker *t, uint32_t i, uint64_t *packet)
{
	struct tcphs_segment s = segment_of(i, ++*packet, false, TCPHS_SYN);

	if (i % KINDS == 3)
		s.flags = 0;
	if (i % KINDS == 4)
		s.length = 100;
	assert_true(tcphs_tracker_add(t, &s, 1));
	if (i % KINDS != 1 && i % KINDS != 2)
		return;
	s = segment_of(i, ++*packet, true, i % KINDS == 1 ? TCPHS_RST | TCPHS_ACK : TCPHS_SYN | TCPHS_ACK);
	if (i % KINDS == 1)
		s.seq = 0;
	assert_true(tcphs_tracker_add(t, &s, 1));
}

struct taker {
	struct tcphs_tracker *other; /* the same, not prepared */
	struct tcphs_analysis plain;
	size_t leave_out; /* each so many connections, half of them are not asked for */
	size_t compared;
	size_t borrowed; /* of them from what was prepared */
};

static void compare(void *context, struct tcphs_tracker *tracker, size_t index)
{
	struct taker *taker = context;
	const struct tcphs_connection *a, *b = &taker->plain.connection;
	const struct tcphs_analysis *prepared;

	if (taker->leave_out > 0 && index % taker->leave_out < taker->leave_out / 2)
		return;
	assert_non_null(tracker->prepared); /* else nobody prepares, and there is nothing to compare */
	prepared = tcphs_tracker_summary(tracker, index);
	assert_non_null(prepared);
	taker->borrowed += prepared != &tracker->scratch_out;
	a = &prepared->connection;
	assert_true(tcphs_tracker_summarise(taker->other, index, &taker->plain));
	assert_int_equal(a->id, index + 1);
	assert_int_equal(a->id, b->id);
	assert_int_equal(a->open.kind, b->open.kind);
	assert_int_equal(a->packets, b->packets);
	assert_int_equal(a->end[0].isn, b->end[0].isn);
	assert_int_equal(a->end[1].state, b->end[1].state);
	assert_int_equal(prepared->diagnoses, taker->plain.diagnoses);
	for (size_t i = 0; i < taker->plain.diagnoses; i++)
		assert_int_equal(prepared->diagnosis[i].code, taker->plain.diagnosis[i].code);
	taker->compared++;
}

static size_t run(size_t leave_out)
{
	struct taker taker = {.leave_out = leave_out};
	struct tcphs_tracker_options options = {.seed = {1, 2}};
	struct tcphs_tracker *tracker;
	uint64_t packets[2] = {0, 0};

	taker.other = tcphs_tracker_new(&options);
	options.prepare = true;
	options.on_final = compare;
	options.context = &taker;
	tracker = tcphs_tracker_new(&options);
	assert_non_null(tracker);
	assert_non_null(taker.other);
	for (uint32_t i = 0; i < CONNECTIONS; i++) {
		add_connection(tracker, i, &packets[0]);
		add_connection(taker.other, i, &packets[1]);
	}
	tcphs_tracker_finish(taker.other);
	tcphs_tracker_finish(tracker);
	tcphs_tracker_free(tracker);
	tcphs_tracker_free(taker.other);
	tcphs_analysis_free(&taker.plain);
	if (leave_out < 64) /* who leaves out whole blocks gets no more from there */
		assert_int_equal(taker.borrowed, taker.compared);
	return taker.compared;
}

static void test_all_taken(void **state)
{
	(void)state;
	assert_int_equal(run(0), CONNECTIONS);
}

static void test_some_left_out(void **state)
{
	(void)state;
	assert_int_equal(run(2), CONNECTIONS / 2);    /* every other one */
	assert_int_equal(run(1000), CONNECTIONS / 2); /* whole blocks, the first too */
	assert_int_equal(run(50), CONNECTIONS / 2);
}

/* ---- summaries for two who count --------------------------------------------------- */

struct counter {
	struct tcphs_tracker *other; /* as above; each thread its own */
	struct tcphs_analysis plain;
	uint64_t next, end; /* ids */
	pthread_t thread;
	uint64_t most; /* after so many it ends */
};

/* What goes on in the second thread must not end the test from there: it ends that half. */
static bool count_one(void *context, const struct tcphs_analysis *summary)
{
	struct counter *counter = context;
	const struct tcphs_connection *a = &summary->connection, *b = &counter->plain.connection;

	counter->thread = pthread_self();
	if (counter->most-- == 0 || a->id != counter->next ||
	    !tcphs_tracker_summarise(counter->other, a->id - 1, &counter->plain))
		return false;
	counter->next += a->id == b->id && a->open.kind == b->open.kind && a->packets == b->packets &&
			 a->end[0].isn == b->end[0].isn && a->worst == b->worst &&
			 summary->diagnoses == counter->plain.diagnoses;
	return true;
}

static void two_count(uint64_t most, struct counter counter[2])
{
	struct tcphs_tracker_options options = {.seed = {1, 2}};
	struct tcphs_tracker *tracker;
	uint64_t packets[3] = {0, 0, 0};

	for (size_t i = 0; i < 2; i++) {
		counter[i] = (struct counter){.most = most, .next = 1 + i * CONNECTIONS / 2};
		counter[i].other = tcphs_tracker_new(&options);
		for (uint32_t k = 0; k < CONNECTIONS; k++)
			add_connection(counter[i].other, k, &packets[i]);
		tcphs_tracker_finish(counter[i].other);
	}
	options.on_summary = count_one;
	options.summary_context[0] = &counter[0];
	options.summary_context[1] = &counter[1];
	tracker = tcphs_tracker_new(&options);
	assert_non_null(tracker);
	for (uint32_t i = 0; i < CONNECTIONS; i++)
		add_connection(tracker, i, &packets[2]);
	tcphs_tracker_finish(tracker);
	tcphs_tracker_free(tracker);
	for (size_t i = 0; i < 2; i++) {
		tcphs_tracker_free(counter[i].other);
		tcphs_analysis_free(&counter[i].plain);
	}
}

static void test_two_count(void **state)
{
	struct counter counter[2];

	(void)state;
	two_count(UINT64_MAX, counter);
	assert_int_equal(counter[0].next, CONNECTIONS / 2 + 1);
	assert_int_equal(counter[1].next, CONNECTIONS + 1);
	assert_true(pthread_equal(counter[0].thread, pthread_self()));
	assert_false(pthread_equal(counter[1].thread, pthread_self()));
}

static void test_one_ends_its_half(void **state)
{
	struct counter counter[2];

	(void)state;
	two_count(10, counter);
	assert_int_equal(counter[0].next, 11);
	assert_int_equal(counter[1].next, CONNECTIONS / 2 + 11);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_taken),
		cmocka_unit_test(test_some_left_out),
		cmocka_unit_test(test_two_count),
		cmocka_unit_test(test_one_ends_its_half),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

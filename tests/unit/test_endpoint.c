/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The arithmetic of one endpoint: what arrives is acceptable or not, covers a SYN or FIN or not,
 * is in order or not (RFC 9293 §3.10.7). Numbers are relative to the initial ones, and every case
 * is played at several places of the circle of 2^32, those too where it wraps.
 */
#include "model/endpoint.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define SYN    TCPHS_SYN
#define ACK    TCPHS_ACK
#define FIN    (TCPHS_FIN | TCPHS_ACK)
#define RST    TCPHS_RST
#define SYNACK (TCPHS_SYN | TCPHS_ACK)

enum way { END, SENDS, TAKES, DROPS }; /* TAKES: it arrives and is accepted; DROPS: and is not */

struct step {
	uint8_t way, state; /* state: behind the step */
	uint16_t flags;
	int32_t seq, ack; /* relative to its sender's, its receiver's ISN */
	uint16_t length;
	int32_t rcv_nxt; /* behind the step, relative; 0: not looked at */
};

struct scene {
	const char *name;
	struct step step[12];
};

#define OPENED                                                                                     \
	{SENDS, TCPHS_SYN_SENT, SYN, 0, 0, 0, 0}, {TAKES, TCPHS_ESTABLISHED, SYNACK, 0, 1, 0, 1},  \
	{                                                                                          \
		SENDS, TCPHS_ESTABLISHED, ACK, 1, 1, 0, 1                                          \
	}
#define ANSWERED                                                                                   \
	{TAKES, TCPHS_SYN_RECEIVED, SYN, 0, 0, 0, 1},                                              \
	{                                                                                          \
		SENDS, TCPHS_SYN_RECEIVED, SYNACK, 0, 1, 0, 1                                      \
	}

static const struct scene active[] = {
    {"SYN-ACK that acknowledges the ISN itself",
     {{SENDS, TCPHS_SYN_SENT, SYN, 0, 0, 0, 0}, {DROPS, TCPHS_SYN_SENT, SYNACK, 0, 0, 0, 0}}},
    {"SYN-ACK beyond what was sent",
     {{SENDS, TCPHS_SYN_SENT, SYN, 0, 0, 0, 0}, {DROPS, TCPHS_SYN_SENT, SYNACK, 0, 2, 0, 0}}},
    {"SYN-ACK of a SYN with data, both ways",
     {{SENDS, TCPHS_SYN_SENT, SYN, 0, 0, 10, 0}, {TAKES, TCPHS_ESTABLISHED, SYNACK, 0, 11, 0, 1}}},
    {"SYN-ACK of such a SYN without its data",
     {{SENDS, TCPHS_SYN_SENT, SYN, 0, 0, 10, 0}, {TAKES, TCPHS_ESTABLISHED, SYNACK, 0, 1, 0, 1}}},
    {"RST in SYN-SENT needs an ACK that covers the SYN",
     {{SENDS, TCPHS_SYN_SENT, SYN, 0, 0, 0, 0},
      {DROPS, TCPHS_SYN_SENT, RST, 0, 0, 0, 0},
      {DROPS, TCPHS_SYN_SENT, RST | ACK, 0, 7, 0, 0},
      {TAKES, TCPHS_CLOSED, RST | ACK, 0, 1, 0, 0}}},
    {"simultaneous open",
     {{SENDS, TCPHS_SYN_SENT, SYN, 0, 0, 0, 0},
      {TAKES, TCPHS_SYN_RECEIVED, SYN, 0, 0, 0, 1},
      {SENDS, TCPHS_SYN_RECEIVED, SYNACK, 0, 1, 0, 1},
      {TAKES, TCPHS_ESTABLISHED, SYNACK, 0, 1, 0, 1}}},
    {"RST must be exact", /* RFC 5961 §3.2 */
     {OPENED,
      {DROPS, TCPHS_ESTABLISHED, RST, 2, 0, 0, 1},
      {DROPS, TCPHS_ESTABLISHED, RST, 0, 0, 0, 1},
      {TAKES, TCPHS_CLOSED, RST, 1, 0, 0, 0}}},
    {"RST behind data that arrived",
     {OPENED,
      {TAKES, TCPHS_ESTABLISHED, ACK, 1, 1, 100, 101},
      {SENDS, TCPHS_ESTABLISHED, ACK, 1, 101, 0, 101},
      {DROPS, TCPHS_ESTABLISHED, RST, 1, 0, 0, 101},
      {TAKES, TCPHS_CLOSED, RST, 101, 0, 0, 0}}},
    {"old, far and unsent",
     {OPENED,
      {TAKES, TCPHS_ESTABLISHED, ACK, 1, 1, 100, 101},
      {SENDS, TCPHS_ESTABLISHED, ACK, 1, 101, 0, 101},
      {DROPS, TCPHS_ESTABLISHED, ACK, 1, 1, 100, 101},    /* all of it is old */
      {DROPS, TCPHS_ESTABLISHED, FIN, 100000, 1, 0, 101}, /* right of the window */
      {DROPS, TCPHS_ESTABLISHED, ACK, 101, 2, 50, 101},   /* acknowledges what was not sent */
      {TAKES, TCPHS_ESTABLISHED, ACK, 51, 1, 100, 151},   /* half old, half new */
      {DROPS, TCPHS_ESTABLISHED, SYN, 500, 0, 0, 151},    /* challenge ACK */
      {DROPS, TCPHS_ESTABLISHED, SYNACK, 0, 1, 0, 151}}}, /* the same SYN-ACK again */
    {"no ACK, not processed", {OPENED, {DROPS, TCPHS_ESTABLISHED, TCPHS_PSH, 1, 0, 10, 1}}},
    {"FIN ahead of data waits for it",
     {OPENED,
      {TAKES, TCPHS_ESTABLISHED, FIN, 201, 1, 0, 1},
      {TAKES, TCPHS_ESTABLISHED, ACK, 101, 1, 100, 1},
      {TAKES, TCPHS_CLOSE_WAIT, ACK, 1, 1, 100, 202},
      {SENDS, TCPHS_LAST_ACK, FIN, 1, 202, 0, 0},
      {TAKES, TCPHS_LAST_ACK, ACK, 202, 1, 0, 0},
      {TAKES, TCPHS_CLOSED, ACK, 202, 2, 0, 0}}},
    {"FIN in two steps",
     {OPENED,
      {SENDS, TCPHS_FIN_WAIT_1, FIN, 1, 1, 5, 0},
      {TAKES, TCPHS_FIN_WAIT_1, ACK, 1, 6, 0, 0}, /* the data, not the FIN */
      {TAKES, TCPHS_FIN_WAIT_2, ACK, 1, 7, 0, 0},
      {TAKES, TCPHS_FIN_WAIT_2, ACK, 1, 7, 30, 31},
      {TAKES, TCPHS_TIME_WAIT, FIN, 31, 7, 0, 32},
      {DROPS, TCPHS_TIME_WAIT, RST, 31, 0, 0, 32},
      {TAKES, TCPHS_CLOSED, RST, 32, 0, 0, 0}}},
    {"FIN and its ACK in one",
     {OPENED,
      {SENDS, TCPHS_FIN_WAIT_1, FIN, 1, 1, 0, 0},
      {TAKES, TCPHS_TIME_WAIT, FIN, 1, 2, 0, 2}}},
    {"crossing FINs",
     {OPENED,
      {SENDS, TCPHS_FIN_WAIT_1, FIN, 1, 1, 0, 0},
      {TAKES, TCPHS_CLOSING, FIN, 1, 1, 0, 2},
      {SENDS, TCPHS_CLOSING, ACK, 2, 2, 0, 2},
      {SENDS, TCPHS_CLOSING, FIN, 1, 2, 0, 2}, /* its FIN again */
      {TAKES, TCPHS_TIME_WAIT, ACK, 2, 2, 0, 2}}},
    {"segments without a SYN-ACK show that there was one",
     {{SENDS, TCPHS_SYN_SENT, SYN, 0, 0, 0, 0},
      {SENDS, TCPHS_SYN_SENT, ACK, 0, 1, 0, 0},
      {SENDS, TCPHS_ESTABLISHED, ACK, 1, 1, 0, 0}}},
};

static const struct scene passive[] = {
    {"a listener heeds nothing but a SYN",
     {{DROPS, TCPHS_LISTEN, RST, 0, 0, 0, 0},
      {DROPS, TCPHS_LISTEN, ACK, 1, 1, 0, 0},
      {DROPS, TCPHS_LISTEN, SYNACK, 0, 1, 0, 0},
      {DROPS, TCPHS_LISTEN, FIN, 1, 1, 0, 0},
      {TAKES, TCPHS_SYN_RECEIVED, SYN, 0, 0, 0, 1}}},
    {"ACK of the SYN",
     {ANSWERED,
      {DROPS, TCPHS_SYN_RECEIVED, ACK, 1, 0, 0, 1},
      {DROPS, TCPHS_SYN_RECEIVED, ACK, 1, 2, 0, 1},
      {DROPS, TCPHS_SYN_RECEIVED, SYN, 0, 0, 0, 1},
      {TAKES, TCPHS_ESTABLISHED, ACK, 1, 1, 0, 1}}},
    {"back to LISTEN",
     {ANSWERED,
      {DROPS, TCPHS_SYN_RECEIVED, RST, 2, 0, 0, 1},
      {TAKES, TCPHS_LISTEN, RST, 1, 0, 0, 0}}},
    {"a passive end that is established closes",
     {ANSWERED,
      {TAKES, TCPHS_ESTABLISHED, ACK, 1, 1, 0, 1},
      {TAKES, TCPHS_CLOSED, RST, 1, 0, 0, 0}}},
    {"third segment with the FIN", {ANSWERED, {TAKES, TCPHS_CLOSE_WAIT, FIN, 1, 1, 20, 22}}},
    {"a pure ACK proves nothing, data does",
     {ANSWERED,
      {SENDS, TCPHS_SYN_RECEIVED, ACK, 1, 1, 0, 1},
      {SENDS, TCPHS_ESTABLISHED, ACK, 1, 1, 10, 1}}},
    {"an ACK beyond the SYN does, too", {ANSWERED, {SENDS, TCPHS_ESTABLISHED, ACK, 1, 31, 0, 31}}},
    {"closes before the third segment",
     {ANSWERED,
      {SENDS, TCPHS_FIN_WAIT_1, FIN, 1, 1, 0, 1},
      {TAKES, TCPHS_FIN_WAIT_2, ACK, 1, 2, 0, 1},
      {TAKES, TCPHS_TIME_WAIT, FIN, 1, 2, 0, 2}}},
};

static void play(const struct scene *scene, enum tcphs_state start, uint32_t ours, uint32_t theirs)
{
	struct endpoint e = {.state = (uint8_t)start, .shift = 0};

	for (const struct step *step = scene->step; step->way != END; step++) {
		bool sends = step->way == SENDS;
		struct event event = {
		    .seq = (sends ? ours : theirs) + (uint32_t)step->seq,
		    .ack = step->flags & ACK ? (sends ? theirs : ours) + (uint32_t)step->ack : 0,
		    .bits = step->flags,
		    .length = step->length,
		    .window = 64000,
		};

		print_message("%s, step %td\n", scene->name, step - scene->step);
		if (sends)
			endpoint_send(&e, &event, true);
		else
			assert_int_equal(endpoint_receive(&e, &event).ignored, step->way == DROPS);
		assert_string_equal(tcphs_state_name((enum tcphs_state)e.state),
		                    tcphs_state_name((enum tcphs_state)step->state));
		if (step->rcv_nxt != 0)
			assert_int_equal(e.rcv_nxt, theirs + (uint32_t)step->rcv_nxt);
	}
}

static const uint32_t places[] = {0, 1000, 0x7fffffff, 0x80000000, 0xffffff80, 0xffffffff};
#define PLACES (sizeof(places) / sizeof(places[0]))

static void test_scenes(void **state)
{
	(void)state;
	for (size_t at = 0; at < PLACES * PLACES; at++) {
		uint32_t ours = places[at % PLACES], theirs = places[at / PLACES];

		for (size_t i = 0; i < sizeof(active) / sizeof(active[0]); i++)
			play(&active[i], TCPHS_CLOSED, ours, theirs);
		for (size_t i = 0; i < sizeof(passive) / sizeof(passive[0]); i++)
			play(&passive[i], TCPHS_LISTEN, ours, theirs);
	}
}

/* ISS < ack <= SND.NXT, and not without an ISS. */
static void test_ack_covers_syn(void **state)
{
	struct endpoint e = {.iss_known = true};

	(void)state;
	for (size_t i = 0; i < PLACES; i++) {
		e.iss = places[i];
		e.snd_nxt = e.iss + 11;
		for (int32_t ack = -20; ack <= 20; ack++)
			assert_int_equal(endpoint_ack_covers_syn(&e, e.iss + (uint32_t)ack),
			                 ack >= 1 && ack <= 11);
	}
	e.iss_known = false;
	assert_false(endpoint_ack_covers_syn(&e, e.iss + 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_scenes),
	                                   cmocka_unit_test(test_ack_covers_syn)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

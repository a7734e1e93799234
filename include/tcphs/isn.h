/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * How guessable are a host's initial sequence numbers (RFC 9293 §3.4.1, RFC 6528)?
 *
 * An accumulator takes the ISNs of a capture, connection by connection, and tests them host by
 * host. RFC 6528 hides the clock with a secret hash of the 4-tuple, so numbers are compared
 * across 4-tuples only: one sample for each. On one 4-tuple the ISN is a bare clock, and that
 * is as it should be; there only its direction and its rate are looked at.
 *
 * A test that finds nothing proves nothing: the verdict says how many samples there were and
 * how many it needs, never "random" or "secure". Each finding carries the probability that a
 * generator without a flaw looks like that (`chance`).
 *
 * Memory grows with hosts and 4-tuples up to the caps below; what is beyond them is counted,
 * not tested. The results do not depend on the seed. Times are nanoseconds since 1970.
 */
#ifndef TCPHS_ISN_H
#define TCPHS_ISN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tcphs/connection.h>
#include <tcphs/diagnosis.h>

#ifdef __cplusplus
extern "C" {
#endif

/* How much is kept: hosts, samples of one host (once half of all are taken, gradually fewer),
 * samples in all, later ISNs of one 4-tuple. Of all later ISNs half as many as samples are kept,
 * of repetitions and the like as many as hosts. */
#define TCPHS_ISN_HOSTS_MAX   1048576u
#define TCPHS_ISN_PER_HOST    16384u
#define TCPHS_ISN_SAMPLES_MAX 2097152u
#define TCPHS_ISN_PER_TUPLE   64u

/* From how many samples on each test speaks. */
#define TCPHS_ISN_NEED_CONSTANT    3u
#define TCPHS_ISN_NEED_STEP        4u
#define TCPHS_ISN_NEED_TUPLE_CLOCK 4u
#define TCPHS_ISN_NEED_CLOCK       8u
#define TCPHS_ISN_NEED_ENTROPY     16u

enum tcphs_isn_verdict {
	TCPHS_ISN_TOO_FEW, /* nothing found, in fewer samples than all the tests need */
	TCPHS_ISN_NO_PATTERN,
	TCPHS_ISN_REPEATED,
	TCPHS_ISN_LOW_ENTROPY,
	TCPHS_ISN_CLOCK,
	TCPHS_ISN_STEP,
	TCPHS_ISN_CONSTANT,
	TCPHS_ISN_VERDICTS,
};
const char *tcphs_isn_verdict_name(enum tcphs_isn_verdict verdict); /* "no-pattern" */

struct tcphs_isn;

struct tcphs_isn_options {
	uint64_t seed[2];                /* key of the tables; both 0: fresh randomness */
	uint32_t hosts_max, samples_max; /* 0: the caps above; or lower ones */
	uint64_t max_memory;             /* octets, whatever the caps are; 0: no bound */
};

/* NULL options: the defaults. NULL if memory is exhausted. */
struct tcphs_isn *tcphs_isn_new(const struct tcphs_isn_options *options);
void tcphs_isn_free(struct tcphs_isn *isn); /* NULL is fine */

/*
 * Adds both endpoints' ISNs, as far as they were captured and not inferred. Connections come
 * in the order of their ids. One that is there twice (another encapsulation, both sides of an
 * address translator) counts once. False if memory is exhausted.
 */
bool tcphs_isn_add(struct tcphs_isn *isn, const struct tcphs_connection *connection);

/* One endpoint's ISN, for those who have no connection. */
struct tcphs_isn_sample {
	struct tcphs_address host, peer;
	uint16_t port, peer_port;
	uint32_t isn, peer_isn;
	uint32_t next;       /* one past the highest number it sent, where next_known */
	bool peer_isn_known; /* captured, not inferred */
	bool stamped;        /* the SYN had timestamps */
	bool next_known;
	bool closed_by_fin; /* it sent the first FIN: TIME-WAIT was its */
	int64_t time;       /* when the segment with the ISN passed */
	bool time_known;    /* else the connection's start stands in */
	uint64_t packet;
};
/* Copies *sample. False if memory is exhausted; what was added before stays. */
bool tcphs_isn_add_sample(struct tcphs_isn *isn, const struct tcphs_isn_sample *sample);

struct tcphs_isn_report {
	struct tcphs_address host;
	uint64_t connections; /* whose ISN from this host was captured */
	uint64_t left_out;    /* of them, beyond a cap and not looked at */
	uint32_t samples;     /* distinct 4-tuples */
	uint32_t needed;      /* samples that the verdict (or, too few, a verdict) needs */
	uint8_t verdict;      /* enum tcphs_isn_verdict */
	uint16_t codes;       /* bit i: TCPHS_D_ISN_ZERO + i was found */
	double chance;    /* that a sound generator gives this verdict; 1 if nothing was found */
	int bits;         /* at most so many bits must be guessed; -1: not enough samples to say */
	uint32_t fixed;   /* mask of the bits that no sample differs in; 0 below 2 samples */
	uint32_t repeats; /* pairs of connections with the same ISN */
	uint32_t step_low, step_high; /* least and greatest difference from one to the next */
	double rate;                  /* ticks a second of the clock they all follow; 0: none */
	bool even;         /* at even gaps, where steps of one size look the same as that clock */
	uint32_t reused;   /* 4-tuples that came back with a new ISN */
	double tuple_rate; /* ticks a second on one 4-tuple; 0: none was found */
	uint32_t tuple_samples; /* ISNs on the 4-tuple that gave tuple_rate */
};

size_t tcphs_isn_hosts(const struct tcphs_isn *isn); /* in order of appearance */
/* Tests host `index`. False if memory is exhausted. */
bool tcphs_isn_report(struct tcphs_isn *isn, size_t index, struct tcphs_isn_report *report);
/* The verdict as a sentence: "no pattern in 20 samples", "too few samples: 12 of 16". */
size_t tcphs_isn_report_text(const struct tcphs_isn_report *report, char *text, size_t size);
/* The ISNs that were tested, one a 4-tuple, in order of time; for a picture. Returns how many
 * there are and writes at most `room`. 0 if memory is exhausted. */
struct tcphs_isn_point {
	int64_t time; /* ns since 1970, UTC */
	uint32_t isn; /* raw, in the machine's order */
};
size_t tcphs_isn_points(struct tcphs_isn *isn, size_t index, struct tcphs_isn_point *point,
                        size_t room);

/* What was not looked at because a cap was reached. */
struct tcphs_isn_left_out {
	uint64_t hosts;                  /* ISNs of hosts beyond the cap on hosts */
	uint64_t isns;                   /* ISNs of known hosts */
	uint32_t hosts_max, samples_max; /* the caps there were: TCPHS_ISN_…, or below by options */
};
struct tcphs_isn_left_out tcphs_isn_left_out(const struct tcphs_isn *isn);

/* A diagnosis about a host: `connection` is null in its record. */
struct tcphs_isn_finding {
	struct tcphs_address host;
	uint16_t code;    /* enum tcphs_code */
	uint8_t severity; /* enum tcphs_severity */
	bool numbers;     /* expected and got are meant */
	uint64_t packet;  /* the one that decided it */
	uint32_t expected, got;
	char text[256]; /* a sentence with this host's numbers */
};

/* Calls `found` for every diagnosis, host by host in order of appearance. False if memory is
 * exhausted or `found` returned false, which stops it. */
bool tcphs_isn_diagnose(struct tcphs_isn *isn,
                        bool (*found)(void *context, const struct tcphs_isn_finding *finding),
                        void *context);

#ifdef __cplusplus
}
#endif
#endif

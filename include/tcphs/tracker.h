/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The tracker: hands each segment to its connection and keeps, of each connection, what its
 * ladder needs (SYN, FIN, RST, what answers them, whatever a check points at; runs of
 * ordinary data are folded to counts). Memory grows with connections, never with packets.
 *
 * An analysis is made from that on demand: both endpoints' states after every row, the kinds
 * of open and close, the diagnoses. It costs about a quarter microsecond for an ordinary
 * connection. The tracker borrows nothing from the segments it is given.
 */
#ifndef TCPHS_TRACKER_H
#define TCPHS_TRACKER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tcphs/connection.h>
#include <tcphs/segment.h>

#ifdef __cplusplus
extern "C" {
#endif

struct tcphs_tracker;

#define TCPHS_LEAVING SIZE_MAX /* index of the connection that on_final is called for */

/* The least bound on memory: what a tracker needs for its first few thousand connections. */
#define TCPHS_MEMORY_LEAST (UINT64_C(8) << 20)

struct tcphs_tracker_options {
	uint64_t max_memory; /* octets; 0: no bound; below TCPHS_MEMORY_LEAST: that */
	uint64_t seed[2];    /* key of the flow table's hash; both 0: fresh randomness */
	bool keep_all;       /* every segment becomes a row, with its options; nothing is folded */
	bool live;           /* connections age out by capture time, see `final` */
	/* Called when a connection is final (live: at once; else at tcphs_tracker_finish(), in
	 * order of ids). It may be peeked at and analysed. If `index` is TCPHS_LEAVING
	 * (always in a live tracker, and of what is given up to stay within max_memory), the
	 * tracker forgets it after the call. May be NULL. */
	void (*on_final)(void *context, struct tcphs_tracker *tracker, size_t index);
	void *context;
	/* In place of on_final, of what is there at tcphs_tracker_finish(), for who only counts: one
	 * half of the connections goes to summary_context[0] and the other, at the same time from
	 * another thread, to summary_context[1], each in the order of first packets. Which half is
	 * which, and whether `id` is more than a number within its half, depends on how they were
	 * tracked (a session that reads ahead does so in halves). The summary is borrowed for the
	 * call; NULL if memory is exhausted, and nothing follows. False ends that half. May be
	 * NULL. */
	bool (*on_summary)(void *context, const struct tcphs_analysis *summary);
	void *summary_context[2];
	/* tcphs_tracker_finish() lets a second thread summarise connections ahead of on_final,
	 * whose tcphs_tracker_summary() then only takes what is ready. */
	bool prepare;
	/* No packet may take long, and no index, for somebody waits at a terminal: memory comes in
	 * small pages, which are slower to look things up in, and the order of connections is kept
	 * while they come and leave. */
	bool even;
};

struct tcphs_tracker_counts {
	uint64_t segments;     /* given to tcphs_tracker_add() and belonging to a connection */
	uint64_t remarks;      /* ICMP errors that found their connection */
	uint64_t remarks_lost; /* and those that found none */
	uint64_t connections;  /* ever */
	uint64_t evicted;      /* given up to stay within max_memory */
	uint64_t memory;       /* octets in use now */
	uint64_t copies;       /* segments that the capture held twice */
};

/* NULL if memory is exhausted. NULL options: the defaults. */
struct tcphs_tracker *tcphs_tracker_new(const struct tcphs_tracker_options *options);
void tcphs_tracker_free(struct tcphs_tracker *tracker);

/* Adds segments in capture order. False if memory is exhausted (what was there stays usable). */
bool tcphs_tracker_add(struct tcphs_tracker *tracker, const struct tcphs_segment *segments,
                       size_t count);
/* Live: lets connections age to capture time `now` although no segment came. */
void tcphs_tracker_tick(struct tcphs_tracker *tracker, int64_t now);
/* The capture is over: every connection becomes final. */
void tcphs_tracker_finish(struct tcphs_tracker *tracker);

/* Connections held, in order of their ids; indices run from 0 and stay valid (live: until
 * the next add or tick). */
size_t tcphs_tracker_count(const struct tcphs_tracker *tracker);
/* The index of the connection with this id; if that has left, of the one that stands in its
 * place, which may be tcphs_tracker_count(). */
size_t tcphs_tracker_find(const struct tcphs_tracker *tracker, uint64_t id);
struct tcphs_tracker_counts tcphs_tracker_counts(const struct tcphs_tracker *tracker);

/* What is known of a connection without any analysis: identity, first and last packet, start,
 * duration, packets, bytes, and nothing else. */
void tcphs_tracker_peek(const struct tcphs_tracker *tracker, size_t index,
                        struct tcphs_connection *connection);
/* Analyses connection `index` into *analysis (zero-initialised before the first use, then
 * reused). False if memory is exhausted. */
bool tcphs_tracker_analyse(const struct tcphs_tracker *tracker, size_t index,
                           struct tcphs_analysis *analysis);
/* The same without rows: summary and diagnoses only, which is cheaper. */
bool tcphs_tracker_summarise(const struct tcphs_tracker *tracker, size_t index,
                             struct tcphs_analysis *analysis);

/* The same without a copy: the tracker's own, which the caller may change, until it is asked
 * anything else or given more. NULL if memory is exhausted. */
struct tcphs_analysis *tcphs_tracker_summary(struct tcphs_tracker *tracker, size_t index);

#ifdef __cplusplus
}
#endif
#endif

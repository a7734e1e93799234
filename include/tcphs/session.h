/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A session: one source, its decoder and its tracker, pumped step by step. What every
 * command and the view stand on. It neither prints nor blocks.
 */
#ifndef TCPHS_SESSION_H
#define TCPHS_SESSION_H

#include <tcphs/decode.h>
#include <tcphs/source.h>
#include <tcphs/tracker.h>

#ifdef __cplusplus
extern "C" {
#endif

struct tcphs_session;

struct tcphs_session_options {
	struct tcphs_source_options source;
	struct tcphs_decode_options decode;
	struct tcphs_tracker_options tracker;
	uint64_t max_packets; /* stop after so many; 0: no bound */
	/* Likewise, checked at each step: connections seen, octets read, ns of the clock. */
	uint64_t max_connections, max_octets;
	int64_t max_time;
	/* Files: a second thread shares in reading, decoding and tracking. Until the end the caller
	 * then leaves the source, the decoder and the tracker alone, but for
	 * tcphs_tracker_counts(); tcphs_session_progress() says how far it is. */
	bool read_ahead;
};

/* As tcphs_source_open_files() and _live(); the caller closes. options are copied, the strings
 * in them borrowed until the session is closed. */
struct tcphs_session *tcphs_session_open_files(const char *const *paths, size_t count,
                                               const struct tcphs_session_options *options,
                                               struct tcphs_error *error);
struct tcphs_session *tcphs_session_open_live(const char *interface,
                                              const struct tcphs_session_options *options,
                                              struct tcphs_error *error);
void tcphs_session_close(struct tcphs_session *session); /* NULL is fine */

/* Reads, decodes and tracks at most about `packets` packets. With END the tracker has been
 * finished; the error then says whether the input was damaged (TCPHS_DAMAGED). */
enum tcphs_source_state tcphs_session_step(struct tcphs_session *session, size_t packets,
                                           struct tcphs_error *error);
/* Ends the session now, as at the end of the input (Ctrl-C on a live run). */
void tcphs_session_finish(struct tcphs_session *session);
/* Will no more packets come? From then on connections may still become final. */
bool tcphs_session_is_over(const struct tcphs_session *session);

struct tcphs_source *tcphs_session_source(struct tcphs_session *session);
struct tcphs_decoder *tcphs_session_decoder(struct tcphs_session *session);
struct tcphs_tracker *tcphs_session_tracker(struct tcphs_session *session);
struct tcphs_decode_options tcphs_session_decode_options(const struct tcphs_session *session);
uint64_t tcphs_session_packets(const struct tcphs_session *session); /* read so far */
/* The time stamp of the newest packet read by tcphs_session_step(); 0 before the first, and where
 * a second thread reads ahead. */
int64_t tcphs_session_time(const struct tcphs_session *session);
/* Octets of the files consumed and in all (0: unknown). */
void tcphs_session_progress(const struct tcphs_session *session, uint64_t *done, uint64_t *total);

/* Analyses connection `index` with every segment as a row, with options, by reading the
 * source again from where the connection begins to where it ends. False, with what to do
 * about it, if the packets are no longer held. */
bool tcphs_session_unfold(struct tcphs_session *session, size_t index,
                          struct tcphs_analysis *analysis, struct tcphs_error *error);

/* Decodes the packet of a row of connection `connection` again, for what a row does not keep: the
 * checksum, the options. False, with the reason, if it is no longer held, or was in fragments. */
bool tcphs_session_header(struct tcphs_session *session, const struct tcphs_connection *connection,
			  const struct tcphs_row *row, struct tcphs_segment *segment,
			  struct tcphs_error *error);

#ifdef __cplusplus
}
#endif
#endif

/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What tcphs knows of one TCP connection: the words for states, opens and closes, the
 * summary, the rows of its ladder, its diagnoses. Values, filled by the tracker.
 *
 * Sequence numbers are the raw 32-bit ones, host order. Times are nanoseconds: instants
 * since 1970 UTC, durations from one packet to another. Packet numbers count from 1 over
 * all captures of the run (tcphs_source_locate() maps them); 0 means there is none.
 */
#ifndef TCPHS_CONNECTION_H
#define TCPHS_CONNECTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tcphs/segment.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The states of RFC 9293 §3.3.2, and UNKNOWN: nothing of that endpoint was ever seen. */
enum tcphs_state {
	TCPHS_UNKNOWN,
	TCPHS_CLOSED,
	TCPHS_LISTEN,
	TCPHS_SYN_SENT,
	TCPHS_SYN_RECEIVED,
	TCPHS_ESTABLISHED,
	TCPHS_FIN_WAIT_1,
	TCPHS_FIN_WAIT_2,
	TCPHS_CLOSE_WAIT,
	TCPHS_CLOSING,
	TCPHS_LAST_ACK,
	TCPHS_TIME_WAIT,
	TCPHS_STATE_COUNT,
};
const char *tcphs_state_name(enum tcphs_state state); /* "SYN-SENT" */

enum tcphs_side { TCPHS_CLIENT, TCPHS_SERVER, TCPHS_BOTH, TCPHS_NOBODY };
const char *tcphs_side_name(enum tcphs_side side); /* "client" "server" "both"; NULL for nobody */

enum tcphs_open_kind {
	TCPHS_OPEN_THREE_WAY,
	TCPHS_OPEN_FOUR_WAY,
	TCPHS_OPEN_SIMULTANEOUS,
	TCPHS_OPEN_FAST,
	TCPHS_OPEN_SELF,
	TCPHS_OPEN_REFUSED,
	TCPHS_OPEN_NO_ANSWER,
	TCPHS_OPEN_HALF,
	TCPHS_OPEN_ABORTED,
	TCPHS_OPEN_PARTIAL,
	TCPHS_OPEN_MIDSTREAM,
	TCPHS_OPEN_COUNT,
};
const char *tcphs_open_name(enum tcphs_open_kind kind); /* "three-way" */

enum tcphs_close_kind {
	TCPHS_CLOSE_NONE,
	TCPHS_CLOSE_FOUR_WAY,
	TCPHS_CLOSE_THREE_WAY,
	TCPHS_CLOSE_SIMULTANEOUS,
	TCPHS_CLOSE_HALF,
	TCPHS_CLOSE_RESET,
	TCPHS_CLOSE_FIN_RESET,
	TCPHS_CLOSE_COUNT,
};
const char *tcphs_close_name(enum tcphs_close_kind kind); /* "four-way" */

enum tcphs_vantage { TCPHS_VANTAGE_UNKNOWN, TCPHS_AT_CLIENT, TCPHS_AT_SERVER, TCPHS_IN_MIDDLE };
const char *tcphs_vantage_name(enum tcphs_vantage vantage); /* "client"; NULL if unknown */

/* Why a live connection is final. */
enum tcphs_final {
	TCPHS_FINAL_NO,
	TCPHS_FINAL_CLOSED,     /* closed and quiet for 60 s */
	TCPHS_FINAL_UNANSWERED, /* no answer for 130 s */
	TCPHS_FINAL_HALF_OPEN,  /* half open for 75 s */
	TCPHS_FINAL_REPLACED,   /* a new connection on the same 4-tuple */
	TCPHS_FINAL_EVICTED,    /* given up to stay within the memory bound */
	TCPHS_FINAL_END,        /* the run ended */
};
const char *tcphs_final_name(enum tcphs_final final); /* "closed"; NULL for NO */

/* What the diagnoses add to the verdict. */
enum tcphs_cause {
	TCPHS_CAUSE_NONE,
	TCPHS_CAUSE_ICMP,          /* an ICMP error was all the answer to its SYNs */
	TCPHS_CAUSE_SILENT_PEER,   /* reset after keepalives that nobody answered */
	TCPHS_CAUSE_FORGOTTEN,     /* reset by an end that did not know it any more */
	TCPHS_CAUSE_MET_OLD,       /* an end still had an older connection of the same ports */
	TCPHS_CAUSE_OLD_ANSWERED,  /* an older connection of the same ports was all that answered */
	TCPHS_CAUSE_TIME_WAIT,     /* its TIME-WAIT was ended early by an old duplicate */
	TCPHS_CAUSE_QUEUE,         /* its server ignored the third segment again and again */
	TCPHS_CAUSE_TAKEN_BACK,    /* its client reset a right SYN-ACK */
	TCPHS_CAUSE_STRAY_ANSWER,  /* likewise, and the capture has no SYN that it answers */
	TCPHS_CAUSE_THIRD_WRONG,   /* its server reset a third segment with a wrong ACK */
	TCPHS_CAUSE_THIRD_RESET,   /* a RST from the server's side answered a right third segment */
	TCPHS_CAUSE_GIVEN_UP,      /* its server reset what the client had left half open */
	TCPHS_CAUSE_OLD_SYN,       /* it began with an old SYN, which its client reset */
	TCPHS_CAUSE_NO_CONNECTION, /* its RST tells a probe that there is no such connection */
	TCPHS_CAUSE_FORGED,        /* who reset it goes on: the RST was somebody else's */
	TCPHS_CAUSE_ANSWERED,      /* its RST has the form of an answer to a segment */
	TCPHS_CAUSE_UNHEARD,       /* its client asked on after the SYN-ACK */
	TCPHS_CAUSE_SIGNED,        /* its SYNs are signed, and got no answer at all */
	TCPHS_CAUSE_STUCK,         /* data was sent again and again and never acknowledged */
	TCPHS_CAUSE_STUCK_LARGE,   /* likewise in large segments: a small MTU may be why */
	TCPHS_CAUSE_COUNT,
};

struct tcphs_endpoint {
	struct tcphs_address address;
	uint16_t port;
	bool isn_known, isn_inferred; /* inferred: from the other side's acknowledgement */
	uint32_t isn;
	uint8_t state;      /* enum tcphs_state, at the end */
	bool certain;       /* of that state */
	bool expired;       /* that is CLOSED, 2 MSL after TIME-WAIT began: assumed */
	bool options_known; /* its SYN was captured with all its options; else the next are not */
	uint16_t mss;       /* 0: none */
	int16_t wscale;     /* as offered, -1: none */
	bool sack, timestamps;
	uint64_t packets, bytes; /* bytes of payload, copies not counted */
	int64_t isn_time;        /* when the first segment with that ISN passed; 0: unknown */
	uint32_t next;           /* one past the highest number it sent (SYN and FIN count) */
	bool next_known;
};

/* The packets that an open or a close is made of, the first of each. */
enum tcphs_open_packet {
	TCPHS_P_SYN,    /* the client's */
	TCPHS_P_SYNACK, /* that acknowledges it */
	TCPHS_P_ACK,    /* the third segment; the client's ACK of SYN2 */
	TCPHS_P_SYN2,   /* the server's own SYN (simultaneous, four-way) */
	TCPHS_P_ACK1,   /* four-way: the server's ACK of the client's SYN */
	TCPHS_P_OPEN_RST,
	TCPHS_OPEN_PACKETS,
};
enum tcphs_close_packet {
	TCPHS_P_FIN1, /* the initiator's */
	TCPHS_P_CLOSE_ACK1,
	TCPHS_P_FIN2,
	TCPHS_P_ACK2,
	TCPHS_P_RST,
	TCPHS_CLOSE_PACKETS,
};

struct tcphs_open {
	uint8_t kind; /* enum tcphs_open_kind */
	bool complete;
	uint64_t packet[TCPHS_OPEN_PACKETS]; /* 0: none */
	uint32_t syn_retransmissions, synack_retransmissions;
	int64_t rtt, rtt_to_server, rtt_to_client; /* ns, -1 unknown; rtt = both */
	uint32_t data_in_syn;                      /* octets */
};

struct tcphs_close {
	uint8_t kind; /* enum tcphs_close_kind */
	bool complete;
	uint8_t initiator;                    /* enum tcphs_side */
	uint64_t packet[TCPHS_CLOSE_PACKETS]; /* 0: none */
	uint64_t half_close_bytes;
	/* ns, -1 unknown: from the first FIN or RST to the last packet of the close */
	int64_t duration;
};

enum tcphs_severity { TCPHS_NOTE, TCPHS_WARNING, TCPHS_ERROR_SEVERITY, TCPHS_SEVERITY_COUNT };
const char *tcphs_severity_name(enum tcphs_severity severity); /* "note" "warning" "error" */

struct tcphs_connection {
	uint64_t id;    /* from 1, in order of the first packet */
	uint32_t encap; /* for tcphs_decoder_encapsulation() */
	bool client_inferred;
	struct tcphs_endpoint end[2]; /* [TCPHS_CLIENT], [TCPHS_SERVER] */
	uint64_t packets, first_packet, last_packet;
	uint64_t copies; /* of those packets, what the capture holds twice */
	int64_t start, duration;
	struct tcphs_open open;
	struct tcphs_close close;
	uint8_t vantage;     /* enum tcphs_vantage */
	uint8_t final;       /* enum tcphs_final */
	uint8_t worst;       /* enum tcphs_severity of the worst diagnosis, if diagnoses > 0 */
	uint16_t worst_code; /* enum tcphs_code of the first such; unless worst is a note */
	uint32_t diagnoses;
	uint32_t diagnoses_dropped;   /* beyond the cap, only counted */
	uint64_t rows_dropped;        /* segments of the ladder beyond the cap, only counted */
	uint8_t cause;                /* enum tcphs_cause */
	uint8_t icmp_type, icmp_code; /* of TCPHS_CAUSE_ICMP */
	struct tcphs_address icmp_by; /* who sent it */
};

#define TCPHS_VERDICT_MAX 1024 /* octets that hold every verdict */

/* One sentence for a person about the connection: what happened and, where it failed, the
 * likely causes and what to look at next. Returns the length, as snprintf does. */
size_t tcphs_connection_verdict(const struct tcphs_connection *connection, char *text, size_t size);
/* Opened, not reset, and what was sent arrived. */
bool tcphs_connection_went_well(const struct tcphs_connection *connection);

/* ---- the rows of a ladder ---------------------------------------------------------- */

/* What a segment is to the open or the close. */
enum tcphs_role {
	TCPHS_ROLE_NONE,
	TCPHS_ROLE_SYN,
	TCPHS_ROLE_SYNACK,
	TCPHS_ROLE_ACK,
	TCPHS_ROLE_FIN1,
	TCPHS_ROLE_ACK1,
	TCPHS_ROLE_FIN2,
	TCPHS_ROLE_ACK2,
	TCPHS_ROLE_RST,
	TCPHS_ROLE_DATA,
	TCPHS_ROLE_COUNT,
};
const char *tcphs_role_name(enum tcphs_role role); /* NULL for NONE */

/* What became of a segment, as far as the capture proves it. */
enum tcphs_fate {
	TCPHS_FATE_UNKNOWN, /* its arrival is assumed */
	TCPHS_DELIVERED,
	TCPHS_LOST,
	TCPHS_COPY,    /* the capture holds the same datagram twice */
	TCPHS_IGNORED, /* it arrived and moved nothing */
	TCPHS_FATE_COUNT,
};
const char *tcphs_fate_name(enum tcphs_fate fate); /* NULL for UNKNOWN */

/* An endpoint's variables (RFC 9293 §3.3.1) after a row, raw; *_known says which are known. */
struct tcphs_vars {
	uint32_t iss, irs, snd_una, snd_nxt, rcv_nxt;
	bool iss_known, irs_known;
};

/* The row of the state table that applied; NULL from/on when nothing moved. */
struct tcphs_rule {
	uint8_t from, to;    /* enum tcphs_state */
	const char *on;      /* "rcv SYN-ACK", "snd FIN", … */
	const char *section; /* of RFC 9293, e.g. "3.10.7.3" */
};

struct tcphs_row {
	uint64_t packet;
	int64_t time;
	uint8_t from;   /* enum tcphs_side */
	uint8_t is_run; /* a folded run of data: the run_* fields count, flags etc. are 0 */
	uint8_t quiet;  /* an ordinary in-order data segment or ACK; a ladder may fold it */
	uint8_t role, fate;
	uint16_t flags;
	uint16_t window;           /* as on the wire, not scaled */
	uint32_t seq, ack, length; /* length: octets of payload */
	uint8_t state[2];          /* enum tcphs_state of [client], [server] */
	bool certain[2];           /* those states are proven, not assumed */
	/* proven to have arrived only after a later captured packet of the receiver had left
	 * (crossing): the receiver's state is that before the arrival */
	bool late;
	int32_t again; /* index of the row that this one repeats (retransmission, copy), or -1 */
	const struct tcphs_rule *rule[2]; /* what moved [client], [server] in this row, or NULL */
	struct tcphs_vars vars[2];
	const struct tcphs_options *options; /* NULL unless the tracker keeps all */
	uint32_t diagnosis, diagnoses;       /* first index and count in analysis.diagnosis[] */
	/* of a run: */
	uint64_t run_last_packet;
	int64_t run_last_time;
	uint64_t run_packets[2], run_bytes[2]; /* from client, from server */
};

#define TCPHS_APART 8

struct tcphs_diagnosis {
	uint16_t code; /* enum tcphs_code, see diagnosis.h */
	uint8_t severity;
	uint8_t numbers;        /* expected and got are meant */
	uint8_t from;           /* enum tcphs_side: whose segment it is about */
	uint8_t segment;        /* seq, ack and end are known */
	uint64_t packet;        /* 0: the connection as a whole */
	uint32_t row;           /* index in analysis.row[], UINT32_MAX if none */
	uint32_t seq, ack, end; /* of the segment; end is behind its last octet, SYN or FIN */
	uint32_t expected, got;
	int64_t detail[2];       /* numbers of the sentence, by code */
	struct tcphs_address by; /* icmp-error, and what it explains: who sent it; else family 0 */
	uint16_t apart[TCPHS_APART]; /* syn-rto: tenths of a second from SYN to SYN; 0 ends it */
};

/* Everything about one connection. Reused from call to call; free with tcphs_analysis_free. */
struct tcphs_analysis {
	struct tcphs_connection connection;
	struct tcphs_row *row;
	size_t rows, row_room;
	struct tcphs_diagnosis *diagnosis; /* sorted by packet; those of a row are neighbours */
	size_t diagnoses, diagnosis_room;
	struct tcphs_options *options; /* what rows point to after tcphs_session_unfold() */
};
void tcphs_analysis_free(struct tcphs_analysis *analysis); /* leaves an empty one */

#ifdef __cplusplus
}
#endif
#endif

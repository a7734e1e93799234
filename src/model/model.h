/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The model of one connection: from the events that were kept of it to both endpoints' states,
 * the kinds of open and close, and the diagnoses. A pure function; the workspace only saves
 * allocations.
 */
#ifndef MODEL_MODEL_H
#define MODEL_MODEL_H

#include "model/infer.h"
#include "model/shape.h"

#include <tcphs/connection.h>
#include <tcphs/diagnosis.h>

/* Something about one event that only the whole segment showed (options, checksums, copies). */
struct note {
	uint32_t event;  /* index, NO_EVENT: `packet` says which */
	uint32_t packet; /* behind the connection's first */
	uint16_t code;   /* enum tcphs_code */
	uint8_t side;
	bool numbers;
	uint8_t icmp_type, icmp_code, family; /* icmp-error; the family is that of `sender` */
	union {
		struct {
			uint32_t expected, got;
			int64_t detail;
		};
		uint8_t sender[16]; /* icmp-error */
	};
};
_Static_assert(sizeof(struct note) == 32, "a note is 32 octets");

/* The incarnation of the same 4-tuple before this one, as it was when this one began. */
struct previous {
	bool exists;
	uint8_t state[2]; /* by side of *this* connection */
	bool nxt_known[2], isn_known[2];
	uint32_t nxt[2], isn[2];
	uint32_t tsval[2];
	bool ts[2];
	int64_t quiet; /* ns between its last segment and our first */
	uint32_t id;
};

#define TWO_MSL       (240 * INT64_C(1000000000)) /* RFC 9293 §3.4.2: an MSL is two minutes */
#define TWO_MSL_LINUX (60 * INT64_C(1000000000))  /* TCP_TIMEWAIT_LEN, and of others */

struct model_input {
	const struct event *event;
	size_t events;
	const struct note *note;
	size_t notes;
	const struct tcphs_options *options; /* one an event, or NULL */
	uint64_t first_packet;
	int64_t start;
	int64_t quiet; /* ns since its last segment, as far as the capture's time has come */
	struct tcphs_endpoint end[2]; /* by side; state and certain are filled in */
	bool uncounted;               /* so are packets and bytes: the events tell all of them */
	uint16_t syn_options[2];      /* tcphs_options.present of each side's first SYN */
	uint8_t tfo_length[2];
	uint32_t syn_tsval[2];
	bool answers_last; /* of several SYNs the SYN-ACK echoes the last one's own TSval */
	struct previous previous;
	bool has_next; /* another attempt on the same 4-tuple came later */
	bool self;
	/* NULL, or a reading of the same connection folded: its connection and its diagnoses are
	 * taken, and only the rows are made of these events (track/whole.h). */
	const struct tcphs_analysis *said;
	int said_client; /* model.client of that reading */
};

struct model {
	struct infer infer;
	struct shape *shapes; /* [SHAPES], or NULL until the first is known */
	/* the rest is scratch of one call */
	const struct model_input *in;
	struct tcphs_analysis *out;
	bool shaped; /* read by its shape, in which no SYN and no SYN-ACK comes twice */
	bool failed;
	int client;                 /* side of the client */
	uint32_t syn[2], synack[2]; /* first of each side, NO_EVENT */
	uint32_t good_synack;       /* first that acknowledges the client's SYN */
	uint32_t third;             /* first segment of the client that acknowledges it */
	uint32_t fin[2],
	    fin_ack[2]; /* first real FIN of each side, the first that acknowledges it */
	uint32_t fin_end[2];
	uint32_t rst;                    /* the RST that ended it */
	uint32_t rst_received;           /* index of its arrival in the log, or NO_EVENT */
	uint32_t first_ack[2];           /* first bare ACK of each side before its own SYN */
	uint32_t max_ack[2], max_end[2]; /* over the whole connection */
	bool ack_seen[2], end_seen[2], passed[2];
	uint32_t segments[2];
};

/* Fills *out: the connection's open, close, vantage, endpoints' states and roles, diagnoses,
 * and with `rows` the rows. out->connection's identity and counters are the caller's. */
bool model_analyse(struct model *model, const struct model_input *input, bool rows,
                   struct tcphs_analysis *out);
void model_free(struct model *model);

/* ---- between the model's own files ------------------------------------------------- */

/* Adds a diagnosis about event `event` (NO_EVENT: none). */
struct tcphs_diagnosis *model_emit(struct model *model, enum tcphs_code code, uint32_t event);
/* The same with what was expected and got. */
struct tcphs_diagnosis *model_emit_numbers(struct model *model, enum tcphs_code code,
                                           uint32_t event, uint32_t expected, uint32_t got);
/* The same, with details that follow from events and facts: connections of one shape share it. */
void model_emit_shaped(struct model *model, enum tcphs_code code, uint32_t event);
/* With the numbers of its sentence; model/sentence.h says which. */
void model_emit_details(struct model *m, enum tcphs_code code, uint32_t event, int64_t first,
                        int64_t second);
void model_emit_notes(struct model *model);       /* what the tracker noted */
void model_finish_diagnoses(struct model *model); /* sorts them and finds the worst */
uint64_t model_packet(const struct model *model, uint32_t event); /* 0 for NO_EVENT */
int64_t model_time(const struct model *model, uint32_t event);

/* The client or the server. */
static inline uint8_t model_word(const struct model *model, int x)
{
	return x == model->client ? TCPHS_CLIENT : TCPHS_SERVER;
}

void model_forget_facts(struct model *model);    /* of the connection before */
void model_facts(struct model *model);           /* facts.c: what there is */
void model_classify_open(struct model *model);   /* open.c: the kind, whether complete */
void model_fill_open(struct model *model);       /* packets, times, ISNs */
void model_check_open(struct model *model);      /* check_open.c */
void model_check_handshake(struct model *model); /* check_handshake.c, called by the former */
void model_check_agreed(struct model *model);    /* check_agreed.c, too */
void model_detail(const struct model *model, struct tcphs_diagnosis *diagnosis); /* detail.c */
void model_classify_close(struct model *model); /* close.c: kind, initiator, whether complete */
void model_fill_close(struct model *model);     /* packets, duration */
void model_check_close(struct model *model);    /* check_close.c */
void model_check_waits(struct model *model);    /* those of them that depend on times alone */
void model_check_sequence(struct model *model); /* check_sequence.c */
void model_check_reuse(struct model *model);    /* check_reuse.c, by model_check_open() */
/* The SYN was an old duplicate, which the client undid; check_open.c. */
bool model_undoes_old_duplicate(const struct model *model);
/* The server reset what its client had left half open; check_open.c. */
bool model_given_up(const struct model *model);
/* Does p show that its sender had received the ACK of its SYN-ACK? Data of one that took a SYN's does
 * not (RFC 7413 §4.2.2). check_handshake.c */
bool model_heard_third(const struct model *model, const struct event *p, uint32_t synack);
/* Something that another connection of the same 4-tuple proves about this one; check_reuse.c. */
bool model_has_pseudo(const struct model *model, enum pseudo what);
bool model_rst_met_nothing(const struct model *model); /* its RST says "no such connection" */
bool model_rst_replies(const struct model *m);         /* its number is that of an answer */
void model_find_cause(struct model *model);            /* cause.c, once all diagnoses are there */
bool model_rows(struct model *model);                  /* rows.c */
/* paint.c: side x's states into the rows; row_of[i] is the row of event i. */
void model_paint(struct model *model, const uint32_t *row_of, int x);
/* expire.c: the event from which on side x is no longer in TIME-WAIT; NO_EVENT: none. */
uint32_t model_expired(const struct model *model, int x);
void model_expire(const struct model *model, struct tcphs_endpoint end[2]); /* likewise by now */
void model_close_expired(struct tcphs_endpoint *end);
bool model_repeats(struct model *model);                                    /* repeats.c */
void model_fates(struct model *model); /* fates.c, of what was repeated */

#endif

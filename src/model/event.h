/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a connection keeps of a segment that matters: 24 octets.
 *
 * Times and packet numbers are counted from the connection's first segment. A run of ordinary
 * data is folded into one or two events with EVENT_RUN, one a direction: `seq` is then the
 * number after its last octet, `ack` and `window` are the last ones, `length` counts packets.
 * A pseudo event (EVENT_PSEUDO) is no segment: something that another connection of the same
 * 4-tuple proves about this one; `seq` says what (enum pseudo), `ack` and `window` are the number
 * and the control bits of the segment that showed it.
 */
#ifndef MODEL_EVENT_H
#define MODEL_EVENT_H

#include <stdbool.h>
#include <stdint.h>
#include <tcphs/segment.h>

enum event_bit {
	EVENT_FLAGS = 0x01ff,   /* enum tcphs_flag */
	EVENT_FROM_1 = 0x0200,  /* sent by side 1 (side 0 sent the first segment captured) */
	EVENT_RUN = 0x0400,     /* a folded run */
	EVENT_QUIET = 0x0800,   /* ordinary: would have been folded if not all were kept */
	EVENT_DEAD = 0x1000,    /* moves nothing: broken header, SYN with RST, no flags */
	EVENT_DROPPED = 0x2000, /* the receiver drops it: bad checksum, PAWS, unsigned */
	EVENT_COPY = 0x4000,    /* the capture holds the datagram twice */
	EVENT_PSEUDO = 0x8000,
};

enum pseudo {
	PSEUDO_GONE,      /* this side has no TCB any more: it opened or answered a newer one */
	PSEUDO_SPOKE_OLD, /* this side spoke in an older incarnation: our SYN moved nothing there */
	PSEUDO_RESET_OLD, /* this side reset that older incarnation (RFC 9293 Figure 9) */
	PSEUDO_RENEWED, /* the SYN-ACK before is the first that counts: `ack` is what follows it */
};

struct event {
	uint32_t seq, ack;
	uint32_t packet;   /* behind the first */
	uint32_t time_low; /* behind the first, signed 48 bits with time_high, event_time() */
	int16_t time_high;
	uint16_t bits;
	uint16_t length; /* octets of payload; EVENT_LENGTH_MAX: at least that many */
	uint16_t window; /* as on the wire */
};
_Static_assert(sizeof(struct event) == 24, "an event is 24 octets");

#define EVENT_LENGTH_MAX 65535u

static inline int event_side(const struct event *event)
{
	return (event->bits & EVENT_FROM_1) != 0;
}

/* Signed time in a number of bits: nanoseconds in the half of them that is nearest to zero, beyond
 * that units of 1.024 µs, rounded down. */
#define TIME_COARSE 1024

static inline int64_t time_pack(int64_t time, unsigned bits)
{
	int64_t fine = INT64_C(1) << (bits - 2), first = -2 * fine, last = 2 * fine - 1;

	if (time > fine) {
		time = fine + (time - fine) / TIME_COARSE;
		return time < last ? time : last;
	}
	if (time < -fine) {
		time = -fine + (time + fine - (TIME_COARSE - 1)) / TIME_COARSE;
		return time > first ? time : first;
	}
	return time;
}

static inline int64_t time_unpack(int64_t packed, unsigned bits)
{
	int64_t fine = INT64_C(1) << (bits - 2);

	if (packed < -fine)
		return -fine + (packed + fine) * TIME_COARSE;
	return packed <= fine ? packed : fine + (packed - fine) * TIME_COARSE;
}

static inline bool time_is_exact(int64_t packed, unsigned bits)
{
	int64_t fine = INT64_C(1) << (bits - 2);

	return packed >= -fine && packed <= fine;
}

#define EVENT_TIME_BITS 48 /* fine for 19 hours, enough for two years */

static inline int64_t event_time(const struct event *event)
{
	return time_unpack((int64_t)event->time_high * (INT64_C(1) << 32) + event->time_low,
	                   EVENT_TIME_BITS);
}

static inline void event_set_time(struct event *event, int64_t behind)
{
	int64_t packed = time_pack(behind, EVENT_TIME_BITS);

	event->time_low = (uint32_t)packed;
	event->time_high = (int16_t)(packed >> 32);
}

/* The number after the segment's last octet; SYN and FIN take one each (RFC 9293 §3.4). */
static inline uint32_t event_end(const struct event *event)
{
	if (event->bits & EVENT_RUN)
		return event->seq;
	return event->seq + event->length + ((event->bits & TCPHS_SYN) != 0) +
	       ((event->bits & TCPHS_FIN) != 0 && !(event->bits & TCPHS_SYN));
}

static inline bool event_is(const struct event *event, unsigned flags, unsigned mask)
{
	return (event->bits & mask) == flags && !(event->bits & EVENT_RUN);
}

static inline bool event_is_syn(const struct event *event) /* bare */
{
	return event_is(event, TCPHS_SYN, TCPHS_SYN | TCPHS_ACK | TCPHS_RST);
}

static inline bool event_is_synack(const struct event *event)
{
	return event_is(event, TCPHS_SYN | TCPHS_ACK, TCPHS_SYN | TCPHS_ACK | TCPHS_RST);
}

static inline bool event_is_rst(const struct event *event)
{
	return event_is(event, TCPHS_RST, TCPHS_RST | TCPHS_SYN);
}

static inline bool event_has_fin(const struct event *event) /* a SYN's FIN is not processed */
{
	return event_is(event, TCPHS_FIN, TCPHS_FIN | TCPHS_SYN | TCPHS_RST);
}

static inline bool event_has_ack(const struct event *event)
{
	return (event->bits & TCPHS_ACK) != 0;
}

/* A segment, or a run of them, that a stack would look at. */
static inline bool event_counts(const struct event *event)
{
	return !(event->bits & (EVENT_PSEUDO | EVENT_COPY | EVENT_DEAD));
}

/* Octets of payload; those of a run are not known to the event. */
static inline uint32_t event_data(const struct event *event)
{
	return event->bits & EVENT_RUN ? 0 : event->length;
}

#endif

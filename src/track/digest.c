/* SPDX-License-Identifier: BSD-3-Clause */
#include "track/digest.h"

#include "model/event.h"

#include <string.h>

/* Multiply and fold: strong enough with a secret key, three cycles. */
static inline uint64_t mix(uint64_t a, uint64_t b)
{
	__extension__ unsigned __int128 product = (unsigned __int128)a * b;

	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static inline uint64_t load64(const uint8_t *octets)
{
	uint64_t value;

	memcpy(&value, octets, sizeof(value));
	return value;
}

/* Both directions hash alike: what is mixed does not depend on which end comes first. */
static inline uint64_t hash_v4(const uint64_t key[2], uint64_t pair, uint32_t ports)
{
	uint64_t a = (pair & 0xffffffffu) << 16 | (ports & 0xffffu);
	uint64_t b = pair >> 32 << 16 | ports >> 16;

	return mix((a < b ? a : b) ^ key[0], (a < b ? b : a) ^ key[1]);
}

static inline uint64_t end_hash(const uint64_t key[2], const struct tcphs_address *address,
                                uint16_t port)
{
	return mix(load64(address->octets) ^ key[0],
	           load64(address->octets + 8) ^ key[1] ^ ((uint64_t)port << 32 | port));
}

static uint64_t hash_v6(const uint64_t key[2], const struct tcphs_segment *s)
{
	uint64_t a = end_hash(key, &s->src, s->sport), b = end_hash(key, &s->dst, s->dport);

	return (a + b) ^ key[1] ^ (a ^ b) * UINT64_C(0x9e3779b97f4a7c15);
}

/* What the first multiplication leaves of a pattern goes with the second. */
static inline uint32_t tag_of(const uint64_t key[2], uint64_t hash)
{
	return (uint32_t)mix(hash ^ key[0], UINT64_C(0x9e3779b97f4a7c15));
}

uint32_t digest_tag(const uint64_t key[2], const struct tcphs_segment *s)
{
	if (s->src.family == 6)
		return tag_of(key, hash_v6(key, s));
	return tag_of(key, hash_v4(key, digest_pair(s->src.octets, s->dst.octets),
	                           digest_ports(s->sport, s->dport)));
}

/* Without the key: which copies the few places forget early must not change from run to run. */
static inline uint64_t fingerprint(const struct tcphs_segment *s)
{
	return mix(((uint64_t)s->seq << 32 | s->ack) ^ UINT64_C(0x9e3779b97f4a7c15),
	           ((uint64_t)s->checksum << 48 | (uint64_t)s->ip_id << 32 |
	            (((uint32_t)s->flags << 20) ^ s->length)) ^
	               UINT64_C(0xc2b2ae3d27d4eb4f));
}

/* FIN, SYN, RST and ACK, and which of them together no check remarks. */
#define CONTROL      (TCPHS_FIN | TCPHS_SYN | TCPHS_RST | TCPHS_ACK)
#define PLAIN(flags) (1u << (flags))
#define PLAIN_CONTROLS                                                                             \
	(PLAIN(TCPHS_SYN) | PLAIN(TCPHS_SYN | TCPHS_ACK) | PLAIN(TCPHS_ACK) |                      \
	 PLAIN(TCPHS_FIN | TCPHS_ACK) | PLAIN(TCPHS_RST) | PLAIN(TCPHS_RST | TCPHS_ACK))
#define ONLY_SYN (TCPHS_OPT_MSS | TCPHS_OPT_WSCALE | TCPHS_OPT_SACK_PERMITTED)
#define IN_A_RUN (TCPHS_OPT_TIMESTAMPS | TCPHS_OPT_SACK | TCPHS_OPT_MD5 | TCPHS_OPT_OTHER)
_Static_assert(CONTROL < 32, "PLAIN() has a bit for each");

static inline unsigned kind_of(const struct tcphs_segment *s)
{
	unsigned present = s->options.present, flags = s->flags;
	unsigned odd = s->trouble | s->reserved |
	               (present & (TCPHS_OPT_CUT | TCPHS_OPT_MALFORMED)) |
	               (s->checksum_state > TCPHS_CHECKSUM_GOOD);
	unsigned data;

	if (odd != 0 || !(PLAIN_CONTROLS >> (flags & CONTROL) & 1))
		return 0;
	if (s->urgent != 0 && !(flags & TCPHS_URG))
		return 0;
	if ((!(flags & TCPHS_ACK) & (s->ack != 0)) |
	    (!(flags & TCPHS_SYN) & ((present & ONLY_SYN) != 0)))
		return 0;
	/* which changes at random: no branch depends on it */
	data = ((flags & (CONTROL | TCPHS_URG)) == TCPHS_ACK) & !(present & ~(unsigned)IN_A_RUN) &
	       (s->length < EVENT_LENGTH_MAX);
	return DIGEST_CLEAN | data * DIGEST_DATA;
}

/* Without the key, as the print, and alike for both directions. */
static inline unsigned half_of(const struct tcphs_segment *s)
{
	uint64_t ends = load64(s->src.octets) ^ load64(s->dst.octets) ^ load64(s->src.octets + 8) ^
	                load64(s->dst.octets + 8);
	uint32_t sum =
	    (uint32_t)(ends ^ ends >> 32) + (uint32_t)(s->sport ^ s->dport) * 0x9e3779b1u;

	return sum * 0x9e3779b9u >> 31;
}

/* `half`: half_of(). Its place among the segments aside. */
static inline void digest_fill(struct digest *digest, const uint64_t key[2],
                               const struct tcphs_segment *s, unsigned half)
{
	unsigned kind = kind_of(s) | half * DIGEST_HALF;
	uint64_t hash;

	digest->print = fingerprint(s);
	digest->pair = digest_pair(s->src.octets, s->dst.octets);
	digest->ports = digest_ports(s->sport, s->dport);
	if (s->src.family == 6) {
		hash = hash_v6(key, s);
		kind |= DIGEST_V6;
	} else {
		hash = hash_v4(key, digest->pair, digest->ports);
	}
	digest->tag = tag_of(key, hash);
	digest->kind = (uint16_t)kind;
	digest->recent = digest_recent(kind, digest->print);
}

void digest_segments(const uint64_t key[2], const struct tcphs_segment *segment, size_t count,
                     struct digest *digest)
{
	for (size_t i = 0; i < count; i++) {
		digest_fill(&digest[i], key, &segment[i], half_of(&segment[i]));
		digest[i].segment = (uint16_t)i;
	}
}

void digest_halves(const uint64_t key[2], const struct tcphs_segment *segment, size_t count,
                   struct digest *const digest[2], size_t digests[2])
{
	digests[0] = digests[1] = 0;
	for (size_t i = 0; i < count; i++) {
		unsigned half = half_of(&segment[i]);
		struct digest *made = &digest[half][digests[half]++];

		digest_fill(made, key, &segment[i], half);
		made->segment = (uint16_t)i;
	}
}

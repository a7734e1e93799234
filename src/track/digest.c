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

/* Both directions hash alike: each end is mixed alone, and the two are combined in an order
 * that does not depend on the direction. */
static inline uint64_t end_hash(const uint64_t key[2], const struct tcphs_address *address,
                                uint16_t port)
{
	uint64_t low = load64(address->octets), high = load64(address->octets + 8); /* IPv4: 0 */

	return mix(low ^ key[0], high ^ key[1] ^ ((uint64_t)port << 32 | port));
}

uint32_t digest_tag(const uint64_t key[2], const struct tcphs_segment *s)
{
	uint64_t a = end_hash(key, &s->src, s->sport), b = end_hash(key, &s->dst, s->dport);
	uint64_t h = mix((a + b) ^ key[1], (a ^ b) ^ key[0] ^ UINT64_C(0x9e3779b97f4a7c15));

	return (uint32_t)(h ^ h >> 32);
}

/* Without the key: which copies the few places forget early must not change from run to run. */
static inline uint64_t fingerprint(const struct tcphs_segment *s)
{
	return mix(((uint64_t)s->seq << 32 | s->ack) ^ UINT64_C(0x9e3779b97f4a7c15),
	           ((uint64_t)s->checksum << 48 | (uint64_t)s->ip_id << 32 |
	            (((uint32_t)s->flags << 20) ^ s->length)) ^
	               UINT64_C(0xc2b2ae3d27d4eb4f));
}

/* FIN, SYN, RST and ACK as a number of four bits, and which of them no check remarks. */
#define CONTROL(flags) (((flags) & (TCPHS_FIN | TCPHS_SYN | TCPHS_RST)) | ((flags)&TCPHS_ACK) >> 1)
#define PLAIN(flags)   (1u << CONTROL(flags))
#define PLAIN_CONTROLS                                                                             \
	(PLAIN(TCPHS_SYN) | PLAIN(TCPHS_SYN | TCPHS_ACK) | PLAIN(TCPHS_ACK) |                      \
	 PLAIN(TCPHS_FIN | TCPHS_ACK) | PLAIN(TCPHS_RST) | PLAIN(TCPHS_RST | TCPHS_ACK))
#define ONLY_SYN (TCPHS_OPT_MSS | TCPHS_OPT_WSCALE | TCPHS_OPT_SACK_PERMITTED)
#define IN_A_RUN (TCPHS_OPT_TIMESTAMPS | TCPHS_OPT_SACK | TCPHS_OPT_MD5 | TCPHS_OPT_OTHER)

static inline uint16_t kind_of(const struct tcphs_segment *s)
{
	unsigned present = s->options.present, flags = s->flags;

	if (s->trouble != 0 || s->reserved != 0 || s->checksum_state > TCPHS_CHECKSUM_GOOD ||
	    (present & (TCPHS_OPT_CUT | TCPHS_OPT_MALFORMED)) ||
	    !(PLAIN_CONTROLS >> CONTROL(flags) & 1))
		return 0;
	if (!(flags & TCPHS_URG) && s->urgent != 0)
		return 0;
	if (!(flags & TCPHS_ACK) && s->ack != 0)
		return 0;
	if (!(flags & TCPHS_SYN) && (present & ONLY_SYN))
		return 0;
	if (CONTROL(flags) == CONTROL(TCPHS_ACK) && !(flags & TCPHS_URG) &&
	    !(present & ~(unsigned)IN_A_RUN) && s->length < EVENT_LENGTH_MAX)
		return DIGEST_CLEAN | DIGEST_DATA;
	return DIGEST_CLEAN;
}

/* Without the key, as the print, and alike for both directions. */
static inline uint16_t half_of(const struct tcphs_segment *s)
{
	uint64_t ends = (load64(s->src.octets) ^ load64(s->dst.octets)) +
	                (load64(s->src.octets + 8) ^ load64(s->dst.octets + 8)) +
	                (uint64_t)(s->sport ^ s->dport) * UINT64_C(0x9e3779b1);

	return (ends ^ ends >> 32) * UINT64_C(0x9e3779b97f4a7c15) >> 63 ? DIGEST_HALF : 0;
}

static inline struct digest digest_of(const uint64_t key[2], const struct tcphs_segment *s,
                                      size_t i)
{
	return (struct digest){.print = fingerprint(s),
	                       .tag = digest_tag(key, s),
	                       .kind = kind_of(s) | half_of(s),
	                       .segment = (uint16_t)i};
}

void digest_segments(const uint64_t key[2], const struct tcphs_segment *segment, size_t count,
                     struct digest *digest)
{
	for (size_t i = 0; i < count; i++)
		digest[i] = digest_of(key, &segment[i], i);
}

void digest_halves(const uint64_t key[2], const struct tcphs_segment *segment, size_t count,
                   struct digest *const digest[2], size_t digests[2])
{
	digests[0] = digests[1] = 0;
	for (size_t i = 0; i < count; i++) {
		struct digest made = digest_of(key, &segment[i], i);
		int half = (made.kind & DIGEST_HALF) != 0;

		digest[half][digests[half]++] = made;
	}
}

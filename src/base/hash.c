/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/hash.h"

#include <string.h>
#include <sys/random.h>
#include <time.h>

struct sip {
	uint64_t v0, v1, v2, v3;
};

static uint64_t rotate_left(uint64_t x, unsigned bits)
{
	return x << bits | x >> (64 - bits);
}

static void sip_round(struct sip *s)
{
	s->v0 += s->v1;
	s->v1 = rotate_left(s->v1, 13) ^ s->v0;
	s->v0 = rotate_left(s->v0, 32);
	s->v2 += s->v3;
	s->v3 = rotate_left(s->v3, 16) ^ s->v2;
	s->v0 += s->v3;
	s->v3 = rotate_left(s->v3, 21) ^ s->v0;
	s->v2 += s->v1;
	s->v1 = rotate_left(s->v1, 17) ^ s->v2;
	s->v2 = rotate_left(s->v2, 32);
}

static void sip_word(struct sip *s, uint64_t word)
{
	s->v3 ^= word;
	sip_round(s);
	s->v0 ^= word;
}

static uint64_t little_endian(const unsigned char *octets, size_t count)
{
	uint64_t word = 0;

	for (size_t i = 0; i < count; i++)
		word |= (uint64_t)octets[i] << (8 * i);
	return word;
}

struct hash_key hash_key_make(const uint64_t seed[2])
{
	struct hash_key key = {{seed[0], seed[1]}};
	struct timespec now;

	if (seed[0] != 0 || seed[1] != 0)
		return key;
	if (getrandom(key.word, sizeof(key.word), GRND_NONBLOCK) != (ssize_t)sizeof(key.word)) {
		/* Early in a boot: a guessable key is a slow table at worst, never a wrong one. */
		clock_gettime(CLOCK_REALTIME, &now);
		key.word[0] = (uint64_t)now.tv_nsec;
		key.word[1] = (uint64_t)now.tv_sec;
	}
	return key;
}

uint64_t hash_octets(const struct hash_key *key, const void *octets, size_t count)
{
	const unsigned char *p = octets;
	const size_t whole = count & ~(size_t)7;
	struct sip s = {
	    key->word[0] ^ 0x736f6d6570736575u,
	    key->word[1] ^ 0x646f72616e646f6du,
	    key->word[0] ^ 0x6c7967656e657261u,
	    key->word[1] ^ 0x7465646279746573u,
	};

	for (size_t i = 0; i < whole; i += 8)
		sip_word(&s, little_endian(p + i, 8));
	sip_word(&s, (uint64_t)count << 56 | little_endian(p + whole, count - whole));
	s.v2 ^= 0xff;
	sip_round(&s);
	sip_round(&s);
	sip_round(&s);
	return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}
